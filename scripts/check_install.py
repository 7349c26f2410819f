#!/usr/bin/env python3
"""Build wheel and sdist, install each in clean environments on every Python that is there, and run job and tests.

    python scripts/check_install.py                    # every Python from 3.11 on, wheel and sdist, core and all extras
    python scripts/check_install.py --python 3.13 --no-tests

Pythons are looked for on the PATH and in pyenv; ``--python`` takes a version or the path of an interpreter. An extra that
cannot be installed on a Python (no wheel for it) is named and left out. The tests run away from the tree, against the
installed package. Exit status 1 where anything failed; a line per environment says what.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
TEXT = "Năm 2024, tỉnh Cao Bằng phấn đấu giảm tỷ lệ hộ nghèo từ 4% trở lên.\n"


class FailedError(Exception):
    """A command did not end well; its last lines."""


def run(*command: str | Path, cwd: Path | None = None, timeout: int = 1800) -> str:
    """What a command prints; `FailedError` with its last lines where it fails."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") and k != "VIRTUAL_ENV"}
    try:
        done = subprocess.run([str(c) for c in command], cwd=cwd, env={**clean, "LC_ALL": "C.UTF-8"}, capture_output=True,
                              text=True, encoding="utf-8", errors="replace", check=False, timeout=timeout)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FailedError(str(error)) from None
    if done.returncode:
        raise FailedError("\n".join((done.stdout + done.stderr).strip().splitlines()[-25:]))
    return done.stdout


def pythons() -> dict[str, Path]:
    """Interpreters by version ("3.12"), one each, from 3.11 on."""
    named = [Path(folder) / name for folder in os.environ.get("PATH", "").split(os.pathsep) if folder and Path(folder).is_dir()
             for name in sorted(p.name for p in Path(folder).iterdir()) if re.fullmatch(r"python3\.\d+", name)]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found: dict[str, Path] = {}
    for path in [Path(sys.executable), *sorted(pyenv.glob("*/bin/python3.*[0-9]"), reverse=True), *named]:
        version = version_of(path)
        if version is not None:
            found.setdefault(version, path)
    return dict(sorted(found.items(), key=lambda item: int(item[0].split(".")[1])))


def version_of(path: Path) -> str | None:
    """The version of an interpreter that can make environments; None for one that is too old or does not run."""
    try:
        major, minor = json.loads(run(path, "-c", "import sys, json, venv, ssl; print(json.dumps(sys.version_info[:2]))", timeout=60))
    except (FailedError, ValueError):
        return None
    return f"{major}.{minor}" if (major, minor) >= OLDEST else None


def build(work: Path) -> tuple[Path, Path]:
    """The wheel and the sdist of the tree."""
    tool = environment(Path(sys.executable), work / "build")
    run(tool, "-m", "pip", "install", "-q", "build")
    run(tool, "-m", "build", "--outdir", work / "dist", ROOT)
    return next((work / "dist").glob("*.whl")), next((work / "dist").glob("*.tar.gz"))


def environment(python: Path, folder: Path) -> Path:
    """The interpreter of a new, empty environment."""
    run(python, "-m", "venv", folder)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def extras_of(wheel: Path) -> list[str]:
    """All extras that the package declares."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return re.findall(r"^Provides-Extra: (\S+)", archive.read(name).decode(), re.MULTILINE)


def tests_folder(sdist: Path, work: Path) -> Path:
    """The sdist unpacked, without the package: so that the tests can only find the installed one."""
    folder = work / "unpacked"
    if not folder.exists():
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")
        shutil.rmtree(next(folder.iterdir()) / "extractor")
    return next(folder.iterdir())


def main_job(python: Path, work: Path) -> None:
    """The command line on a text of its own, away from the tree."""
    away = Path(tempfile.mkdtemp(dir=work))
    (away / "x.txt").write_text(TEXT, encoding="utf-8")
    (number,) = json.loads(run(python, "-m", "extractor", "x.txt", cwd=away))["percentages"]
    got = {name: number[name] for name in ("low", "comparator", "status", "indicator", "place", "period")}
    if got != {"low": 4, "comparator": "ge", "status": "target", "indicator": "poverty_rate", "place": "Cao Bằng", "period": "2024"}:
        raise FailedError(f"the main job gave {got}")
    table = "import extractor; print(len(extractor.extract(open('x.txt', encoding='utf-8').read()).to_dataframe()))"
    if run(python, "-c", table, cwd=away).strip() != "1":
        raise FailedError("no table")


def check(python: Path, package: Path, extras: Sequence[str], work: Path, tests: Path | None) -> str:
    """Install `package` with `extras`, run the job and the tests; what there is to say of it."""
    own = environment(python, Path(tempfile.mkdtemp(dir=work)) / "venv")
    run(own, "-m", "pip", "install", "-q", package)
    main_job(own, work)
    left_out = []
    for extra in [*extras, *([] if "test" in extras or tests is None else ["test"])]:
        try:
            run(own, "-m", "pip", "install", "-q", "--prefer-binary", f"{package}[{extra}]")
        except FailedError:
            left_out.append(extra)
    main_job(own, work)
    said = [f"without {', '.join(left_out)}"] if left_out else []
    if tests is not None:
        out = run(own, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests", cwd=tests, timeout=3600)
        said.append(next((line for line in reversed(out.splitlines()) if "passed" in line), "tests ran"))
    shutil.rmtree(own.parent.parent)
    return "; ".join(["ok", *said])


def main(arguments: list[str] | None = None) -> int:
    """Everything in turn, a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", metavar="VERSION", help="only this Python, by version or path")
    parser.add_argument("--package", choices=["wheel", "sdist"], action="append", help="only this kind of package")
    parser.add_argument("--with", dest="parts", choices=["core", "all"], action="append", help="only without, or only with all extras")
    parser.add_argument("--no-tests", action="store_true", help="run the main job only")
    options = parser.parse_args(arguments)
    there = pythons()
    for wanted in options.python or ():
        if wanted not in there and (version := version_of(Path(wanted))) is not None:
            there[version] = Path(wanted)
    print("Pythons:", ", ".join(f"{v} ({p})" for v, p in there.items()), flush=True)
    chosen = {v: p for v, p in there.items() if not options.python or v in options.python or str(p) in options.python}
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wheel, sdist = build(work)
        print(f"built {wheel.name} ({wheel.stat().st_size} bytes), {sdist.name} ({sdist.stat().st_size} bytes)", flush=True)
        tests = None if options.no_tests else tests_folder(sdist, work)
        for version, python in chosen.items():
            for kind, package in (("wheel", wheel), ("sdist", sdist)):
                for part, extras in (("core", []), ("all", extras_of(wheel))):
                    if kind in (options.package or [kind]) and part in (options.parts or [part]):
                        started = time.monotonic()
                        try:
                            said = check(python, package, extras, work, tests)
                        except FailedError as error:
                            failures += 1
                            said = f"FAILED\n{error}"
                        print(f"{version} {kind} {part}: {said} ({time.monotonic() - started:.0f} s)", flush=True)
    print(f"{failures} failed")
    return 1 if failures or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
