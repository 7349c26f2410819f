"""The folder beside an output in which a run keeps what it has so far: lock, checkpoint, growing files, errors.

The output gets its name only when it is whole, so a name that is there is a finished output. Everything before is in
``<output>.partial/``; `Checkpoint` says how much of it counts, and is replaced in one move only after the files that
it speaks of are on the disk. So a run may end at any moment and be gone on with.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from extractor.errors import ExtractorError
from extractor.running.lock import holder, locked
from extractor.writing.finish import sync
from extractor.writing.outputs import Output

_CHECKPOINT: Final = "checkpoint.json"
_LOCK: Final = "lock"
_FORM: Final = 1

#: How far a run has come: articles are being read; the files are being finished; they are getting their names.
READING, BUILDING, PUBLISHING = "reading", "building", "publishing"


@dataclass
class Checkpoint:
    """What of the work so far counts: inputs passed, articles good and failed, the lengths of the growing files."""

    run: dict[str, Any]  # what the run was asked to do, and by which code
    stage: str = READING
    reads: int = 0
    good: int = 0
    failed: int = 0
    lengths: dict[str, int] = field(default_factory=dict)
    errors: int = 0
    form: int = _FORM


class Workplace:
    """The folder of one output; use `workplace` to have it locked."""

    def __init__(self, output: Output) -> None:
        self.output = output
        self.folder = output.beside(".partial")
        self.data = self.folder / "data"
        self.errors = self.folder / "errors.part"
        self.errors_finished = output.beside(".errors.jsonl")

    def checkpoint(self) -> Checkpoint | None:
        """How far an earlier run has come; None where there is none."""
        path = self.folder / _CHECKPOINT
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            if found["form"] != _FORM:
                raise ExtractorError(f"{path}: was written by another version; start again with --overwrite")
            return Checkpoint(**found)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            raise ExtractorError(f"{path}: cannot be read as a checkpoint; start again with --overwrite") from None

    def keep(self, checkpoint: Checkpoint) -> None:
        """Replace the checkpoint in one move. What it speaks of must be on the disk."""
        path, new = self.folder / _CHECKPOINT, self.folder / f"{_CHECKPOINT}.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump(asdict(checkpoint), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        sync(self.folder)

    def forget(self) -> None:
        """The run is over: without a checkpoint nothing of the folder is kept."""
        (self.folder / _CHECKPOINT).unlink(missing_ok=True)
        sync(self.folder)

    def clear(self) -> None:
        """Forget an earlier run: first its checkpoint, so that what is left of it cannot be taken for something."""
        self.forget()
        self.errors.unlink(missing_ok=True)
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir()


@contextmanager
def workplace(output: Output) -> Iterator[Workplace]:
    """The folder, made if it is not there and locked against other runs; nothing of it is left when it is empty."""
    place = Workplace(output)
    place.folder.mkdir(exist_ok=True)
    path = place.folder / _LOCK
    with locked(path) as mine:
        if not mine:
            raise ExtractorError(f"{output.name}: another run is writing it (process {holder(path)})")
        try:
            yield place
        finally:
            if not (place.folder / _CHECKPOINT).exists():
                shutil.rmtree(place.folder, ignore_errors=True)
