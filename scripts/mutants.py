#!/usr/bin/env python3
"""Mutation testing of the steps that read numbers: are their tests able to notice a mistake?

    python scripts/mutants.py                        # 150 mutants of each package; a quarter of an hour
    python scripts/mutants.py --each 25              # what .ci/run does
    python scripts/mutants.py binding --all          # every mutant of one package; hours

The mutants are mutmut's (extra ``mutants``): each a small change of one operator, constant, argument, assignment or
condition. mutmut's own runner imports the toolkit with all mutants inside and takes about ten seconds for each; here
a child is forked for each mutant after the heavy libraries have been imported, the module is imported as mutated, and
the package's tests run until the first that fails. Mutants are drawn with a fixed seed, so that the same commit gives the
same result; a mutant that hangs is killed and counts so. The survivors are printed as diffs. Exit status 1 where fewer than ``--least`` of a package's mutants are
killed.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import importlib
import importlib.machinery
import importlib.util
import os
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.abc import MetaPathFinder
from operator import itemgetter
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest
from mutmut.mutation.file_mutation import create_mutations, deep_replace

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("quantities", "periods", "binding")
# The quickest first: a package's own tests, then the examples of the pattern files, then the corpus.
SHARED = ("tests/test_patterns.py::test_every_example_does_what_it_says", "tests/test_counts.py")
# What is chosen for the fields shows in their accuracies on the corpus.
GATE = "tests/test_gate.py::test_no_measure_falls_below_its_floor"
HEAVY = ("numpy", "pandas", "regex", "hypothesis", "jsonschema")
LEAST = 0.8
EACH = 150
SEED = 20240314
MEMORY = 4 << 30  # of a mutant that never ends; bytes
PATIENCE = 5  # a mutant may take this many times as long as the tests without one, else it hangs


@dataclass(frozen=True)
class Mutant:
    """One changed module."""

    path: Path
    before: str
    after: str

    @property
    def module(self) -> str:
        """Its dotted name."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts)

    def diff(self) -> str:
        """What is changed."""
        lines = difflib.unified_diff(self.before.splitlines(), self.after.splitlines(), lineterm="", n=0)
        return "\n".join([self.path.relative_to(ROOT).as_posix(), *(line for line in lines if not line.startswith(("---", "+++ ")))])


def mutants_of(package: str, seed: int) -> list[Callable[[], Mutant]]:
    """What makes each mutant of a package, in an order that only the seed and the changed code itself decide.

    So the first 25 are among the first 150, and a new line elsewhere draws no other mutants.
    """
    made: list[tuple[str, Callable[[], Mutant]]] = []
    for path in sorted((ROOT / "extractor" / package).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        module, mutations, *_ = create_mutations(str(path), source)
        alike: Counter[str] = Counter()
        for mutation in mutations:
            old, new = mutation.original_node, mutation.mutated_node
            what = f"{seed} {path.name}: {module.code_for_node(old)} -> {module.code_for_node(new)}"
            alike[what] += 1
            made.append((hashlib.sha256(f"{what} {alike[what]}".encode()).hexdigest(), partial(_made, path, source, module, old, new)))
    return [make for _, make in sorted(made, key=itemgetter(0))]


def _made(path: Path, source: str, module: Any, old: Any, new: Any) -> Mutant:
    changed: Any = deep_replace(module, old, new)
    return Mutant(path, source, changed.code)


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002
        return compile(self._source, self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    """Imports one module from other source than its file holds."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None,  # noqa: ARG002
                  ) -> importlib.machinery.ModuleSpec | None:
        mutant = self._mutant
        if fullname != mutant.module:
            return None
        return importlib.util.spec_from_file_location(fullname, mutant.path, loader=_Loader(fullname, str(mutant.path), mutant.after))


def tests_of(package: str) -> list[str]:
    """What is run against a mutant, in this order."""
    return [f"tests/{package}", *SHARED, *([GATE] if package == "binding" else [])]


def _child(tests: Sequence[str], mutant: Mutant | None, output: Path) -> int:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with output.open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    if mutant is not None:
        sys.meta_path.insert(0, _Finder(mutant))
    code = pytest.main(["-x", "-q", "--no-header", "--tb=line", "-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:hypothesispytest",
                        *tests])
    sys.stdout.flush()
    return int(code)


def run(tests: Sequence[str], mutant: Mutant | None, output: Path, limit: float) -> str:
    """Run `tests` against `mutant` (or none) in a forked child: "survived", "killed" or "timeout"."""
    pid = os.fork()
    if pid == 0:
        code = 3
        try:
            code = _child(tests, mutant, output)
        finally:
            os._exit(code)
    until = time.monotonic() + limit
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return "killed" if os.waitstatus_to_exitcode(status) else "survived"
        if time.monotonic() > until:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return "timeout"
        time.sleep(0.01)


def examine(package: str, each: int | None, seed: int, output: Path, *, verbose: bool) -> float:
    """The share of a package's mutants that are killed; the survivors are printed."""
    tests = tests_of(package)
    started = time.monotonic()
    if run(tests, None, output, 600) != "survived":
        sys.exit(f"{package}: the tests fail without any mutant:\n" + output.read_text(encoding="utf-8", errors="replace"))
    limit = PATIENCE * (time.monotonic() - started) + 5
    every = mutants_of(package, seed)
    drawn = every if each is None else every[:each]
    found: Counter[str] = Counter()
    for make in drawn:
        mutant = make()
        end = run(tests, mutant, output, limit)
        found[end] += 1
        if end == "survived":
            print(mutant.diff(), flush=True)
        elif verbose:
            last = output.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
            print(f"{end}: {mutant.diff()}\n    " + "\n    ".join(last), flush=True)
    share = 1 - found["survived"] / len(drawn)
    print(f"{package}: {len(drawn)} of {len(every)} mutants tried, {share:.1%} killed ({found['timeout']} hung), {found['survived']} survived, "
          f"{time.monotonic() - started:.0f} s", flush=True)
    return share


def main(arguments: list[str] | None = None) -> int:
    """Print survivors and a line for each package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=f"of {', '.join(PACKAGES)}; all if none is given")
    parser.add_argument("--each", type=int, default=EACH, help="mutants of each package (%(default)s)")
    parser.add_argument("--all", action="store_true", help="every mutant")
    parser.add_argument("--seed", type=int, default=SEED, help="which are drawn (%(default)s)")
    parser.add_argument("--least", type=float, default=LEAST, help="share that must be killed (%(default)s)")
    parser.add_argument("--verbose", action="store_true", help="also what killed each")
    options = parser.parse_args(arguments)
    for unknown in set(options.packages) - set(PACKAGES):
        parser.error(f"no package {unknown!r}; there are {', '.join(PACKAGES)}")
    os.chdir(ROOT)
    os.environ.pop("PYTEST_ADDOPTS", None)
    sys.path.insert(0, str(ROOT))
    for name in HEAVY:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        shares = [examine(package, None if options.all else options.each, options.seed, Path(folder) / "output", verbose=options.verbose)
                  for package in options.packages or PACKAGES]
    return int(min(shares) < options.least)


if __name__ == "__main__":
    sys.exit(main())
