"""A worker process: takes tasks from standard input, gives outcomes to standard output, ends when its parent does.

It is started as ``python -c`` and not through `multiprocessing`, which would run the user's script again in every
worker: so scripts and notebooks need no guard, and nothing of the parent is inherited.
"""

from __future__ import annotations

import os
import pickle
import queue
import struct
import sys
import threading
from typing import IO, Any, Final

_LENGTH: Final = struct.Struct("<Q")
READY: Final = "ready"


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes:
    """Read one message, still pickled; `EOFError` where there is no whole one any more."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _take(source: IO[bytes], tasks: queue.SimpleQueue[bytes]) -> None:
    """Empty the pipe at all times, so that the parent never waits; without a parent there is nothing left to do."""
    while True:
        try:
            tasks.put(receive(source))
        except (EOFError, OSError):
            os._exit(0)


def main() -> None:
    """Do tasks until the parent is gone. First comes the work itself, then tasks: articles, answered by an outcome."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the answers
    tasks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_take, args=(source, tasks), daemon=True).start()

    from extractor.patterns import load_patterns

    work = pickle.loads(tasks.get())
    load_patterns()
    send(sink, READY)
    while True:
        articles = pickle.loads(tasks.get())
        try:
            send(sink, work(articles))
        except BrokenPipeError:
            os._exit(0)


#: The program of a worker, after which the parent's ``sys.path`` follows as arguments.
PROGRAM: Final = "import sys; sys.path[:] = sys.argv[1:]; from extractor.running.worker import main; main()"


def command(path: list[str]) -> list[str]:
    """The command that starts a worker which imports from `path`."""
    return [sys.executable, "-c", PROGRAM, *path]
