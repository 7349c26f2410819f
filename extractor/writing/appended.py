"""Files that grow piece by piece, and can be cut back to where they were when it was last made sure of."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from extractor.writing.encode import Encoder, Payload


class AppendedFiles:
    """The growing files of an output in `folder`.

    ``lengths``, as `commit` gave them, cuts each file back to that length and goes on from there; None begins anew.
    """

    def __init__(self, folder: Path, encoder: Encoder, lengths: Mapping[str, int] | None = None) -> None:
        self._encoder = encoder
        self._heads: dict[str, int] = {}
        self._files: dict[str, IO[bytes]] = {}
        folder.mkdir(exist_ok=True)
        try:
            for table, name in encoder.output.parts.items():
                head = encoder.head(table)
                self._heads[table] = len(head)
                file = self._files[table] = (folder / name).open("wb" if lengths is None else "r+b")
                if lengths is None:
                    file.write(head)
                else:
                    file.truncate(lengths[table])
                    file.seek(0, os.SEEK_END)
        except BaseException:
            self.close()
            raise

    def write(self, payload: Payload) -> None:
        """Add what some articles gave."""
        between = self._encoder.between()
        for table, data in payload.items():
            file = self._files[table]
            if data:
                if between and file.tell() > self._heads[table]:
                    file.write(between)
                file.write(data)

    def commit(self) -> dict[str, int]:
        """Make sure that all is on the disk; the length of each file."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
        return {table: file.tell() for table, file in self._files.items()}

    def end(self) -> None:
        """Write what each file ends with, and make sure of it."""
        for file in self._files.values():
            file.write(self._encoder.tail())
        self.commit()

    def close(self) -> None:
        """Close all files; what could not be written any more is cut off by the next run."""
        for file in self._files.values():
            try:
                file.close()
            except OSError:
                # a full disk refuses the rest of the buffer: the descriptor is closed all the same
                continue

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None,
                 _trace: TracebackType | None) -> None:
        self.close()
