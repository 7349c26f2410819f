"""From inputs and options to the plan of a run, with what makes it the same run as an interrupted one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from extractor.errors import ExtractorError
from extractor.patterns import load_patterns
from extractor.reading import Read, ReadOptions, find_sources
from extractor.running.run import Plan
from extractor.version import __version__
from extractor.writing.encode import Encoder
from extractor.writing.outputs import Output


def plan_of(inputs: list[str], reading: ReadOptions, encoder: Encoder, read: Callable[[int], Iterable[Read]], *,
            workers: int, resume: bool, overwrite: bool, dedup: bool = False, ask_model: bool = False,
            patterns: tuple[Path, ...] = ()) -> Plan:
    """The plan of reading `inputs`; `read` gives them after so many. An output that is an input is refused."""
    output = encoder.output
    described: dict[str, Any] = {
        "extractor": __version__, "patterns": load_patterns(*patterns).digest, "inputs": inputs,
        "files": _files(inputs, output),
        "reading": {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(reading).items()} | {"dedup": dedup, "ask_model": ask_model},
        "output": {"format": output.format + (".gz" if output.packed else ""), "tables": list(output.tables),
                   "folder": output.folder, **asdict(encoder.options)}}
    return Plan(encoder, read, described, workers, resume, overwrite, patterns)


def _files(inputs: list[str], output: Output) -> str:
    """A hash over the names, sizes and times of all files that are read."""
    total = hashlib.sha256()
    written = {_place(path) for path in output.finished().values() if path.exists()}
    for source in find_sources(inputs):
        total.update(source.name.encode("utf-8", "surrogatepass") + b"\0")
        if source.path is None:
            continue
        try:
            found = source.path.stat()
        except OSError:
            continue
        if (found.st_dev, found.st_ino) in written:
            raise ExtractorError(f"{output.name}: is read and cannot be written at the same time")
        total.update(f"{found.st_size} {found.st_mtime_ns}\0".encode())
    return total.hexdigest()


def _place(path: Any) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
