"""Linear-chain CRF weights as `underthesea` ships them, in CRFsuite's file format, as plain arrays.

Also here: `Memo`, the bounded cache that the modules around this one share.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from extractor.errors import ExtractorError

Floats = NDArray[np.float64]
Value = TypeVar("Value")

_HEADER = struct.Struct("<4sI4s9I")
_TABLE = struct.Struct("<4s5I")
_RECORD = struct.Struct("<2I")
_FEATURES = struct.Struct("<4s2I")
_FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])
_LONGEST_KEY = 80  # characters: a longer key is as good as never seen again and would make the bound meaningless


class Memo(dict[str, Value]):
    """A cache of `make(key)` that is emptied when it holds `limit` entries; read it with `memo[key]`.

    Emptying is cruder than dropping the oldest, but a hit stays one C-level dictionary look-up, which is what the
    inner loops live on (`map(memo.__getitem__, keys)` runs no Python code for a hit).
    """

    def __init__(self, make: Callable[[str], Value], limit: int) -> None:
        super().__init__()
        self._make = make
        self._limit = limit

    def __missing__(self, key: str) -> Value:
        value = self._make(key)
        if len(key) <= _LONGEST_KEY:
            if len(self) >= self._limit:
                self.clear()
            self[key] = value
        return value


class Weights(NamedTuple):
    """One model: its labels, its attributes, the weight of (attribute, label) and of (label, next label)."""

    labels: tuple[str, ...]
    attributes: tuple[str, ...]
    state: Floats
    transitions: Floats


def read_weights(path: Path) -> Weights:
    """Read the CRFsuite model in the file `path`; `ExtractorError` when it is missing or is something else."""
    try:
        data = path.read_bytes()
        magic, _, kind, _, _, _, _, features_at, labels_at, attributes_at, *_ = _HEADER.unpack_from(data)
        if (magic, kind) != (b"lCRF", b"FOMC"):
            raise ValueError("not a CRFsuite model")
        labels = tuple(_strings(data, labels_at))
        attributes = tuple(_strings(data, attributes_at))
        _, _, count = _FEATURES.unpack_from(data, features_at)
        features = np.frombuffer(data, _FEATURE, count, features_at + _FEATURES.size)
        state = np.zeros((len(attributes), len(labels)))
        transitions = np.zeros((len(labels), len(labels)))
        for number, matrix in enumerate((state, transitions)):
            rows = features[features["kind"] == number]
            matrix[rows["source"], rows["target"]] = rows["weight"]
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise ExtractorError(f"cannot read the CRF model {path}: {error}") from error
    return Weights(labels, attributes, state, transitions)


def _strings(data: bytes, at: int) -> Iterator[str]:
    """The strings of the CQDB table that starts at byte `at`, in the order of their numbers."""
    magic, _, _, _, count, links_at = _TABLE.unpack_from(data, at)
    if magic != b"CQDB":
        raise ValueError("no string table where one should be")
    for link in np.frombuffer(data, "<u4", count, at + links_at).tolist():
        _, size = _RECORD.unpack_from(data, at + link)
        start = at + link + _RECORD.size
        yield data[start:start + size - 1].decode()  # the size counts a closing NUL
