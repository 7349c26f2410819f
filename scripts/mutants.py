#!/usr/bin/env python3
"""Mutation testing of the steps that read numbers: are their tests able to notice a mistake?

    python scripts/mutants.py                        # 200 mutants of each package; about ten minutes
    python scripts/mutants.py --each 25              # what .ci/run does
    python scripts/mutants.py binding --all          # every mutant of one package; hours

The mutants are mutmut's (extra ``mutants``): each a small change of one operator, constant, argument, assignment or
condition. mutmut's own runner imports the toolkit with all mutants inside and takes about ten seconds for each; here
a child is forked for each mutant after the heavy libraries have been imported, the module is imported as mutated, and
the package's tests run until the first that fails. Mutants are drawn with a fixed seed, so that the same commit gives the
same result. The survivors are printed as diffs. Exit status 1 where fewer than ``--least`` of a package's mutants are
killed.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import importlib.machinery
import importlib.util
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("quantities", "periods", "binding")
# The quickest first: a package's own tests, then the examples of the pattern files, then the corpus.
SHARED = ("tests/test_patterns.py::test_every_example_does_what_it_says", "tests/test_counts.py")
# What is chosen for the fields shows in their accuracies on the corpus.
GATE = "tests/test_gate.py::test_no_measure_falls_below_its_floor"
HEAVY = ("numpy", "pandas", "regex", "pytest", "_pytest.doctest", "hypothesis", "jsonschema")
LEAST = 0.8
EACH = 200
SEED = 20240314
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


def mutants_of(package: str) -> list[Callable[[], Mutant]]:
    """What makes each mutant of a package, in the order of its files."""
    from mutmut.mutation.file_mutation import create_mutations, deep_replace

    made: list[Callable[[], Mutant]] = []
    for path in sorted((ROOT / "extractor" / package).glob("*.py")):
        source = path.read_text(encoding="utf-8")
        module, mutations, *_ = create_mutations(str(path), source)
        made += [partial(lambda p, s, m, n: Mutant(p, s, deep_replace(m, n.original_node, n.mutated_node).code), path, source, module, n)
                 for n in mutations]
    return made


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
    import pytest

    os.setsid()
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


def examine(package: str, each: int | None, seed: int, output: Path, *, verbose: bool) -> tuple[int, list[Mutant], int]:
    """How many mutants of a package were tried, those that survived, and how many hung."""
    tests = tests_of(package)
    started = time.monotonic()
    if run(tests, None, output, 600) != "survived":
        sys.exit(f"{package}: the tests fail without any mutant:\n" + output.read_text(encoding="utf-8", errors="replace"))
    limit = PATIENCE * (time.monotonic() - started) + 5
    every = mutants_of(package)
    drawn = every if each is None else random.Random(seed).sample(every, min(each, len(every)))
    survivors: list[Mutant] = []
    hung = 0
    for make in drawn:
        mutant = make()
        found = run(tests, mutant, output, limit)
        hung += found == "timeout"
        if found == "survived":
            survivors.append(mutant)
            print(mutant.diff(), flush=True)
        elif verbose:
            last = output.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
            print(f"{found}: {mutant.diff()}\n    " + "\n    ".join(last), flush=True)
    print(f"{package}: {len(drawn)} of {len(every)} mutants tried, {len(drawn) - len(survivors)} killed "
          f"({1 - len(survivors) / len(drawn):.1%}; {hung} of them hung), {len(survivors)} survived, "
          f"{time.monotonic() - started:.0f} s", flush=True)
    return len(drawn), survivors, hung


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
    sys.path.insert(0, str(ROOT))
    for name in HEAVY:
        importlib.import_module(name)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for package in options.packages or PACKAGES:
            tried, survivors, _ = examine(package, None if options.all else options.each, options.seed, Path(folder) / "output",
                                          verbose=options.verbose)
            failed |= len(survivors) > (1 - options.least) * tried
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
