"""What could not be read: told to the user, kept as JSON Lines beside the output, summed up at the end."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from extractor.reading import Read
from extractor.running.chunks import Chunk
from extractor.running.work import Outcome

_FEW: Final = 5
# What tells one error from another of the same kind: figures, names in quotation marks, all after a colon or bracket.
_PARTICULAR: Final = re.compile(r"(?: \(|[:;,] ).*|\d[\d.,]*|'[^']*'")


class Problem(NamedTuple):
    """An input, or a line of one, that gave no article or no extraction, and why."""

    source: str
    line: int | None
    error: str

    def __str__(self) -> str:
        """One line that names the source, once."""
        if self.error.startswith(self.source):
            return self.error
        return f"{self.source}: {f'line {self.line}: ' if self.line is not None else ''}{self.error}"

    def to_json(self) -> str:
        """The line of the error file."""
        error = self.error.removeprefix(f"{self.source}: ")
        if self.line is not None:
            error = error.removeprefix(f"line {self.line}: ")
        return json.dumps({"source": self.source, "line": self.line, "error": error}, ensure_ascii=False)


def sum_up(path: Path) -> list[str]:
    """The problems of an error file in a few lines: each of a few, else how many there are of each kind."""
    with path.open(encoding="utf-8") as file:
        first = [Problem(**json.loads(line)) for _, line in zip(range(_FEW + 1), file, strict=False)]
        if len(first) <= _FEW:
            return [str(problem) for problem in first]
        file.seek(0)
        kinds = Counter(_PARTICULAR.sub("", json.loads(line)["error"]).strip() for line in file)
    return [f"{count:,} × {kind}" for kind, count in kinds.most_common(_FEW)]


def problems(chunk: Chunk, outcome: Outcome[Any]) -> list[Problem]:
    """All that went wrong in a chunk, in the order of the inputs."""
    failed = {f.place: f.message for f in outcome.failures}
    found: list[Problem] = []
    index = 0
    for read in chunk.reads:
        if read.article is None:
            found.append(_problem(read, str(read.error)))
        else:
            if index in failed:
                found.append(_problem(read, failed[index]))
            index += 1
    return found


def _problem(read: Read, message: str) -> Problem:
    return Problem(read.source, read.line, " ".join(message.split()))


class ErrorFile:
    """The growing error file of a run, cut back to `length` bytes first."""

    def __init__(self, path: Path, length: int = 0) -> None:
        self._file: IO[bytes] = path.open("r+b" if path.exists() else "w+b")
        self._file.truncate(length)
        self._file.seek(0, os.SEEK_END)

    def write(self, problem: Problem) -> None:
        """Add a line."""
        self._file.write(problem.to_json().encode("utf-8", "backslashreplace") + b"\n")

    def commit(self) -> int:
        """Make sure that all is on the disk; the length of the file."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def close(self) -> None:
        """Close the file; what a full disk refuses is cut off by the next run."""
        try:
            self._file.close()
        except OSError:
            return
