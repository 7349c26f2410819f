"""Worker processes that do chunks, in order and bounded; one that dies costs only the article that killed it.

Each worker answers in the order in which it was asked, so when one dies, the first chunk without an answer is the one
that it was at. Its articles are then tried one by one on new workers; those that kill again are failures, and the
others are done together once more, so that the chunk gives what it would have given without them.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final, Generic, NamedTuple, TypeVar

from extractor.errors import ExtractorError
from extractor.running.chunks import Chunk
from extractor.running.work import Failure, Outcome, Work
from extractor.running.worker import READY, command, receive, send

T = TypeVar("T")

_DEPTH: Final = 3  # chunks that a worker has at hand, so that it never waits for the next one
_WINDOW: Final = 8  # chunks per worker that may be under way or wait for an earlier one
_CHARACTERS: Final = 32_000_000  # of text under way; one article alone may be longer
_STARTS: Final = 3  # workers in a row that may die before they are ready
_ONE_THREAD: Final = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # each worker has one core
_ROUNDS: Final = 3  # times that a chunk may kill a worker without one article alone doing so


class _Task(NamedTuple):
    """Articles of a chunk, by their places there; ``trial``: whether it is to be seen if this one kills."""

    chunk: Chunk
    indices: tuple[int, ...]
    trial: bool = False


@dataclass(eq=False)
class _Worker:
    process: subprocess.Popen[bytes]
    source: IO[bytes]
    sink: IO[bytes]
    tasks: deque[_Task] = field(default_factory=deque)
    ready: bool = False


@dataclass
class _Suspect:
    """A chunk that a worker died of: how often, the trials still to come, and the failures so far."""

    rounds: int = 0
    open: int = 0
    failures: list[Failure] = field(default_factory=list)


class Pool(Generic[T]):
    """`count` worker processes for one kind of work; use it in a ``with`` statement."""

    def __init__(self, work: Work[T], count: int) -> None:
        self._work, self._count = work, count
        self._workers: list[_Worker] = []
        self._inbox: queue.SimpleQueue[tuple[_Worker, Any]] = queue.SimpleQueue()
        self._todo: deque[_Task] = deque()
        self._suspects: dict[int, _Suspect] = {}
        self._failed_starts = 0

    def __enter__(self) -> Pool[T]:
        return self

    def __exit__(self, *_: object) -> None:
        """End all workers at once: they hold nothing that could be lost."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.wait()
        self._workers.clear()

    def run(self, chunks: Iterator[Chunk]) -> Iterator[tuple[Chunk, Outcome[T]]]:
        """The outcomes of the chunks, in their order."""
        under_way: dict[int, Chunk] = {}
        done: dict[int, Outcome[T]] = {}
        waiting: Chunk | None = next(chunks, None)
        due = waiting.number if waiting else 0
        characters = 0
        while waiting is not None or under_way:
            while waiting is not None and len(under_way) < _WINDOW * self._count and (
                    not under_way or characters + waiting.characters <= _CHARACTERS) and self._has_room():
                under_way[waiting.number] = waiting
                characters += waiting.characters
                self._todo.append(_Task(waiting, tuple(range(len(waiting.articles)))))
                self._give()
                waiting = next(chunks, None)
            self._give()
            done.update(self._answers())
            while due in done:
                chunk = under_way.pop(due)
                characters -= chunk.characters
                yield chunk, done.pop(due)
                due += 1

    # --- giving tasks -------------------------------------------------------------------------------------------------

    def _has_room(self) -> bool:
        return not self._todo and (len(self._workers) < self._count or any(len(w.tasks) < _DEPTH for w in self._workers))

    def _give(self) -> None:
        while self._todo:
            while len(self._workers) < self._count:
                self._start()
            idle = min(self._workers, key=lambda w: len(w.tasks))
            if len(idle.tasks) >= _DEPTH:
                return
            task = self._todo.popleft()
            idle.tasks.append(task)
            articles = task.chunk.articles
            _try_to_send(idle, [articles[i] for i in task.indices])

    def _start(self) -> None:
        # in a group of its own, so that Ctrl-C reaches this process alone, which then ends its workers
        apart: dict[str, Any] = {} if sys.platform == "win32" else {"process_group": 0}
        try:
            process = subprocess.Popen(command(sys.path), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       env={**_ONE_THREAD, **os.environ}, **apart)
        except OSError as error:
            raise ExtractorError(f"worker processes cannot start: {error.strerror or error}") from None
        assert process.stdin is not None
        assert process.stdout is not None
        worker = _Worker(process, process.stdout, process.stdin)
        self._workers.append(worker)
        threading.Thread(target=self._listen, args=(worker,), daemon=True).start()
        _try_to_send(worker, self._work)

    def _listen(self, worker: _Worker) -> None:
        """Put what a worker says into the inbox, at last None: it is dead."""
        try:
            while True:
                self._inbox.put((worker, pickle.loads(receive(worker.source))))
        except (EOFError, OSError, ValueError):
            self._inbox.put((worker, None))

    # --- taking answers -----------------------------------------------------------------------------------------------

    def _answers(self) -> dict[int, Outcome[T]]:
        """Wait for the next thing that a worker says; the outcomes that are whole by it."""
        worker, message = self._inbox.get()
        if message is None:
            return self._bury(worker)
        if message == READY:
            worker.ready, self._failed_starts = True, 0
            return {}
        task = worker.tasks.popleft()
        outcome: Outcome[T] = message
        if task.trial:
            return self._tried(task.chunk, [])
        failures = [Failure(task.indices[f.place], f.message) for f in outcome.failures]
        suspect = self._suspects.pop(task.chunk.number, None)
        if suspect is not None:
            failures = sorted(failures + suspect.failures)
        return {task.chunk.number: Outcome(outcome.value, outcome.good, failures)}

    def _bury(self, worker: _Worker) -> dict[int, Outcome[T]]:
        """A worker has died: its tasks go to others, the one that it was at with care."""
        self._workers.remove(worker)
        how = _how(worker.process.wait())
        worker.source.close()
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise ExtractorError(f"worker processes cannot start: {how}")
            self._todo.extendleft(reversed(worker.tasks))
            return {}
        if not worker.tasks:
            return {}
        task = worker.tasks.popleft()
        self._todo.extendleft(reversed(worker.tasks))
        if task.trial:
            return self._tried(task.chunk, [Failure(task.indices[0], f"a worker process was lost over it: {how}")])
        suspect = self._suspects.setdefault(task.chunk.number, _Suspect())
        suspect.rounds += 1
        suspect.open = len(task.indices)
        if suspect.rounds > _ROUNDS:
            # no article kills alone, but together they do: give up on them, and not for ever on the run
            suspect.failures += [Failure(i, f"worker processes were lost over it and its neighbours: {how}")
                                 for i in task.indices]
            self._todo.appendleft(_Task(task.chunk, ()))
        else:
            self._todo.extendleft(_Task(task.chunk, (i,), trial=True) for i in reversed(task.indices))
        return {}

    def _tried(self, chunk: Chunk, failures: list[Failure]) -> dict[int, Outcome[T]]:
        """An article has been tried alone; after the last of its chunk those that passed are done together."""
        suspect = self._suspects[chunk.number]
        suspect.failures += failures
        suspect.open -= 1
        if not suspect.open:
            bad = {f.place for f in suspect.failures}
            self._todo.appendleft(_Task(chunk, tuple(i for i in range(len(chunk.articles)) if i not in bad)))
        return {}


def _try_to_send(worker: _Worker, message: Any) -> None:
    """Send; that a worker is dead is noticed by who listens to it."""
    try:
        send(worker.sink, message)
    except OSError:
        return


def _how(status: int) -> str:
    """How a process ended, in words."""
    if status >= 0:
        return f"it ended with status {status}"
    name = signal.Signals(-status).name if -status in set(signal.Signals) else str(-status)
    return f"it was ended by {name}" + (", most often for want of memory" if name == "SIGKILL" else "")


def cores() -> int:
    """The processor cores that this process may use."""
    if hasattr(os, "process_cpu_count"):  # from Python 3.13
        return os.process_cpu_count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
