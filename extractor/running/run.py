"""A whole run: from the inputs to the finished output, or on from where an interrupted one was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from extractor.errors import ExtractorError
from extractor.reading import Read
from extractor.running.chunks import chunks
from extractor.running.errors import ErrorFile, problems
from extractor.running.stream import outcomes
from extractor.running.work import Encode
from extractor.running.workplace import BUILDING, PUBLISHING, READING, Checkpoint, Workplace, workplace
from extractor.writing.appended import AppendedFiles
from extractor.writing.encode import Encoder
from extractor.writing.finish import build, check_libraries, publish, sync

_SHOWN: Final = {"extractor": "version of the toolkit", "patterns": "patterns", "inputs": "inputs",
                 "files": "files (by name, size and time)", "reading": "options of reading",
                 "output": "options of the output"}


@dataclass(frozen=True)
class Plan:
    """What a run is to do. ``described``: what makes it the same run as an interrupted one, as values of JSON."""

    encoder: Encoder
    read: Callable[[int], Iterable[Read]]  # the inputs after so many
    described: dict[str, Any]
    workers: int = 1
    resume: bool = False
    overwrite: bool = False
    patterns: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Summary:
    """How a run ended; ``before``: the output was whole before it began."""

    good: int
    failed: int
    before: bool = False

    @property
    def status(self) -> int:
        """The exit status: 0 all were read, 1 some were not, 2 none was."""
        return 0 if not self.failed else 1 if self.good else 2

    def __add__(self, other: Summary) -> Summary:
        """The sums of both."""
        return Summary(self.good + other.good, self.failed + other.failed)


def run(plan: Plan, progress: Callable[[int, int], None]) -> Summary:
    """Carry out a plan; `progress` is told after each chunk how many articles were passed and how many failed.

    Where no article at all could be read there is no output, only the list of errors. `ExtractorError` where the
    output cannot be written, or must not be.
    """
    output = plan.encoder.output
    check_libraries(output)
    try:
        with workplace(output) as place:
            checkpoint = _begin(place, plan)
            if checkpoint is None:
                return Summary(*_counted(place), before=True)
            if checkpoint.stage == READING:
                checkpoint = _read(place, plan, checkpoint, progress)
            _finish(place, plan, checkpoint)
            return Summary(checkpoint.good, checkpoint.failed)
    except OSError as error:
        kept = " (what was read is kept: go on with --resume)" if output.beside(".partial").exists() else ""
        raise ExtractorError(f"{output.name}: cannot be written: {error.strerror or error}{kept}") from None


def _begin(place: Workplace, plan: Plan) -> Checkpoint | None:
    """Where to begin: anew, or where an interrupted run was; None where all is done."""
    name = place.output.name
    there = [target for target in place.output.finished().values() if target.exists()]
    found = place.checkpoint()
    if found is not None and plan.resume:
        _check_same(name, found.run, plan.described)
        return found
    if found is not None and not plan.overwrite:
        raise ExtractorError(f"{name}: a run on it was interrupted: go on with --resume, or start again with --overwrite")
    if there and plan.resume:
        return None
    if there and not plan.overwrite:
        raise ExtractorError(f"{name}: exists; --overwrite replaces it, --resume goes on with an interrupted run")
    place.clear()
    return Checkpoint(plan.described)


def _check_same(name: str, then: dict[str, Any], now: dict[str, Any]) -> None:
    for key in (k for k in now if then.get(k) != now[k]):
        raise ExtractorError(f"{name}: the interrupted run had other {_SHOWN.get(key, key)}"
                             f"{_difference(then.get(key), now[key])}; start again with --overwrite")


def _difference(then: Any, now: Any) -> str:
    """What differs, if it is short enough to be shown."""
    if isinstance(then, dict) and isinstance(now, dict):
        return "".join(f" ({k}: {then.get(k)!r}, now {now.get(k)!r})" for k in now if then.get(k) != now[k])
    shown = f" ({then}, now {now})"
    return shown if len(shown) < 200 else ""


def _read(place: Workplace, plan: Plan, start: Checkpoint, progress: Callable[[int, int], None]) -> Checkpoint:
    """Read what is left of the inputs, making sure of the output after every batch."""
    now = start
    fresh = not start.lengths
    with closing(ErrorFile(place.errors, start.errors)) as errors, \
            AppendedFiles(place.data, plan.encoder, None if fresh else start.lengths) as files:
        def keep(stage: str) -> Checkpoint:
            kept = replace(now, stage=stage, lengths=files.commit(), errors=errors.commit())
            place.keep(kept)
            return kept

        if fresh:
            now = keep(READING)
        results = outcomes(chunks(plan.read(now.reads)), Encode(plan.encoder, plan.patterns), plan.workers)
        with closing(results):
            for chunk, outcome in results:
                files.write(outcome.value)
                for problem in problems(chunk, outcome):
                    errors.write(problem)
                now = replace(now, reads=now.reads + len(chunk.reads), good=now.good + outcome.good,
                              failed=now.failed + len(chunk.reads) - outcome.good)
                progress(now.reads, now.failed)
                if chunk.ends_batch:
                    now = keep(READING)
        return keep(BUILDING)


def _finish(place: Workplace, plan: Plan, checkpoint: Checkpoint) -> None:
    """Make the finished files and give them their names; whatever of this was done before is done again or left."""
    if checkpoint.good or not checkpoint.failed:
        building = checkpoint.stage == BUILDING
        if building:
            with AppendedFiles(place.data, plan.encoder, checkpoint.lengths) as files:
                files.end()
        made = build(place.data, plan.encoder, again=building)
        if building:
            place.keep(replace(checkpoint, stage=PUBLISHING))
        publish(made)
    if not checkpoint.failed:
        place.errors_finished.unlink(missing_ok=True)
    elif place.errors.exists():
        place.errors.replace(place.errors_finished)
    sync(place.errors_finished.parent)
    place.forget()


def _counted(place: Workplace) -> tuple[int, int]:
    """Articles of a finished output: all that is known of them is whether some failed."""
    try:
        return 1, sum(1 for _ in place.errors_finished.open("rb"))
    except FileNotFoundError:
        return 1, 0
