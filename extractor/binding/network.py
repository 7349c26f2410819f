"""Choosing the value of every field of all numbers of an article at once, with a small recurrent network.

A number's surroundings, the way from the number before, and each candidate are sets of named features; a set is the sum
of its features' vectors. A bidirectional GRU runs over the numbers of the article, so that a choice may rest on what
stands above and below; a candidate's score comes from its own features together with the number's state. Weights
(``models/binding.npz``) come from ``scripts/train_binding.py``.

Sums are taken in double precision over weights stored in half precision, so that the last bits, in which machines
differ, decide nothing that is printed. A choice between equals goes to the earlier candidate.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate, count, repeat
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from extractor.binding.linear import Candidate
from extractor.binding.spot import Spot
from extractor.errors import ExtractorError

MODEL = Path(__file__).resolve().parent / "models" / "binding.npz"

#: Fields with the same classes for every number, and fields whose candidates come from the text.
CLASSED = ("role", "status")
PROPOSED = ("indicator", "period", "place")
FIELDS = (*CLASSED, *PROPOSED)

Array = np.ndarray[Any, np.dtype[Any]]
Choice = tuple[int, float]

_EPSILON = 1e-5
_SEPARATOR = "\0"
_ZEROS, _UNSEEN = repeat(0), repeat(-1)
_BLOCK = 32  # numbers that are looked at at once
_KEPT = 2048  # sets of features that are kept for each field


@dataclass(slots=True)
class Case:
    """A number to decide: its surroundings, the way from the number before, and the candidates of each field."""

    spot: Spot
    around: list[str]
    step: list[str]
    candidates: dict[str, Sequence[Candidate]]


class Bag:
    """Vectors of named features; a set of features is the sum of its known ones and of the constant vector 0."""

    def __init__(self, names: Sequence[str], vectors: Array) -> None:
        self.index = {name: i + 1 for i, name in enumerate(names)}
        self.vectors = vectors.astype(np.float32)  # half the memory to go through, and not less exact

    def sums(self, sets: Iterable[Iterable[str]]) -> Array:
        """One row for each set of features, in double precision."""
        get = self.index.get
        rows: list[int] = []
        starts: list[int] = []
        for features in sets:
            starts.append(len(rows))
            rows += dict.fromkeys([0, *map(get, features, _ZEROS)])  # an unknown one is no more than the constant
        out: Array = np.add.reduceat(self.vectors.take(rows, axis=0).astype(np.float64), starts, axis=0)
        return out


class Kept:
    """A row of numbers for each candidate, made from its features, kept for the sets of features seen so far.

    Candidates of periods and places look alike in all articles: six of seven have been met before. What it returns
    does not depend on what it holds.
    """

    def __init__(self, make: Callable[[Sequence[Candidate]], Array], width: int) -> None:
        self._make = make
        self._rows: Array = np.empty((_KEPT, width))
        self._at: dict[str, int] = {}

    def rows(self, candidates: Sequence[Candidate]) -> Array:
        """The rows of `candidates`."""
        # one string each, since tuples of strings would be compared string by string all over the memory
        keys = [_SEPARATOR.join([c.name, *c.features]) for c in candidates]
        found = list(map(self._at.get, keys, _UNSEEN))
        if -1 in found:
            new = {key: c for key, c, at in zip(keys, candidates, found, strict=True) if at < 0}
            first = len(self._at)
            if first + len(new) > _KEPT:
                self._at.clear()
                first, new = 0, dict(zip(keys, candidates, strict=True))
                if len(new) > _KEPT:
                    return self._make(candidates)
            self._rows[first:first + len(new)] = self._make(list(new.values()))
            self._at.update(zip(new, count(first)))
            found = list(map(self._at.__getitem__, keys))
        out: Array = self._rows.take(found, axis=0)
        return out


def _mean(x: Array) -> Array:
    out: Array = np.add.reduce(x, axis=1, keepdims=True) / x.shape[1]
    return out


def _normal(x: Array, gain: Array, bias: Array) -> Array:
    centred = x - _mean(x)
    out: Array = centred / np.sqrt(_mean(centred * centred) + _EPSILON) * gain + bias
    return out


def _halved(into: Array, bias: Array, again: Array, again_bias: Array) -> tuple[Array, Array, Array, Array]:
    """The weights of the GRU with those of its gates halved, and biases that fit its state.

    A gate is a logistic curve, which is a hyperbolic tangent of half the argument; halving is exact.
    """
    half = np.ones(again.shape[2])
    half[:2 * again.shape[1]] = 0.5
    return into * half, bias * half, again * half, (again_bias * half)[:, None]


def _blocks(cases: Sequence[Case]) -> list[Sequence[Case]]:
    """Some numbers at a time: what is worked out for all of a long article at once would fit into no cache.

    So few are also too little work for the matrix library to wake up threads of its own, which cost more than they help.
    """
    return [cases[i:i + _BLOCK] for i in range(0, len(cases), _BLOCK)]


class Network:
    """The weights, ready to choose."""

    def __init__(self, arrays: dict[str, Array], names: dict[str, list[str]], settings: dict[str, Any]) -> None:
        self.a = {k: v.astype(np.float64) for k, v in arrays.items() if not k.startswith("bag.")}
        self.bags = {k: Bag(v, arrays["bag." + k]) for k, v in names.items()}
        self.indicators: dict[str, int] = {name: i for i, name in enumerate(settings["indicators"])}
        self.calibration: dict[str, float] = settings["confidence"]
        self.groups: dict[str, float] = settings["groups"]
        self.subjects: dict[str, float] = settings["subjects"]
        self.statuses: frozenset[str] = frozenset(settings["statuses"])
        self._gru = _halved(*(self.a["gru." + k] for k in ("in", "in_bias", "again", "again_bias")))
        self._kept = {name: Kept(partial(self._own, name), arrays["bag." + name].shape[1]) for name in PROPOSED}

    def _around(self, cases: Sequence[Case]) -> Array:
        """A row for each number: its own surroundings, and the way from the number before."""
        x = self.bags["around"].sums([c.around for c in cases]) + self.bags["step"].sums([c.step for c in cases])
        out: Array = np.maximum(_normal(x, self.a["around.gain"], self.a["around.bias"]), 0.0)
        return out

    def _states(self, cases: Sequence[Case]) -> Array:
        """A row for each number: what stands around it, and what the numbers above and below have to say."""
        into, bias, again, again_bias = self._gru
        width = again.shape[1]
        around = [self._around(block) for block in _blocks(cases)]
        forwards, backwards = (np.concatenate([x @ into[k] + bias[k] for x in around]) for k in (0, 1))
        # both directions in one loop: row 0 reads forwards, row 1 backwards
        gates = np.stack([forwards, backwards[::-1]], axis=1)[:, :, None]
        state = np.zeros((2, 1, width))
        out = np.empty((len(cases), 2, 1, width))
        for t, (near, far) in enumerate(zip(gates[..., :2 * width], gates[..., 2 * width:], strict=True)):
            old = np.matmul(state, again)
            old += again_bias
            both = np.tanh(near + old[..., :2 * width])
            both += 1.0
            both *= 0.5
            fresh = np.tanh(far + both[..., :width] * old[..., 2 * width:])
            state = both[..., width:] * (state - fresh)
            state += fresh
            out[t] = state
        return np.concatenate([np.concatenate(around), out[:, 0, 0], out[::-1, 1, 0]], axis=1)

    def scores(self, cases: Sequence[Case]) -> dict[str, list[list[float]]]:
        """For each field and number the scores of its candidates."""
        states = self._states(cases)
        out: dict[str, list[list[float]]] = {name: [] for name in FIELDS}
        for number, block in enumerate(_blocks(cases)):
            above = states[number * _BLOCK:(number + 1) * _BLOCK]
            for name in CLASSED:
                hidden = np.maximum(above @ self.a[name + ".in"] + self.a[name + ".in_bias"], 0.0)
                out[name] += (hidden @ self.a[name + ".out"] + self.a[name + ".out_bias"]).tolist()
            for name in PROPOSED:
                out[name] += self._proposed(name, block, above)
        return out

    def _own(self, name: str, candidates: Sequence[Candidate]) -> Array:
        """What each candidate of the field `name` is by itself: its score alone, and its part in the hidden layer."""
        out = self.bags[name].sums([k.features for k in candidates])
        out[:, 1:] = _normal(out[:, 1:], self.a[name + ".gain"], self.a[name + ".bias"])
        if name == "indicator":
            get = self.indicators.get
            out[:, 1:] += self.a["indicator.id"][[get(k.name, 0) for k in candidates]]
        return out

    def _proposed(self, name: str, cases: Sequence[Case], states: Array) -> list[list[float]]:
        a = self.a
        sizes = [len(c.candidates[name]) for c in cases]
        own = self._kept[name].rows([k for c in cases for k in c.candidates[name]])
        hidden = (states @ a[name + ".in"] + a[name + ".in_bias"]).repeat(sizes, axis=0)
        hidden += own[:, 1:]
        np.maximum(hidden, 0.0, out=hidden)
        scores = (own[:, 0] + hidden @ a[name + ".out"][:, 0]).tolist()
        ends = accumulate(sizes)
        return [scores[end - size:end] for end, size in zip(ends, sizes, strict=True)]

    def choose(self, cases: Sequence[Case]) -> list[dict[str, Choice]]:
        """For each number and field the index of the best candidate and its probability."""
        scores = self.scores(cases)
        return [{name: best(scores[name][i]) for name in FIELDS} for i in range(len(cases))]


def best(scores: Sequence[float]) -> Choice:
    """The index of the highest score and its probability among all.

    >>> best([0.0, 2.0, 2.0])
    (1, 0.4683105308334812)
    """
    top = max(scores)
    return scores.index(top), 1.0 / sum([math.exp(s - top) for s in scores])


def save(path: Path, arrays: dict[str, Array], names: dict[str, list[str]], settings: dict[str, Any]) -> None:
    """Write a network to a file that `load_network` reads."""
    texts = {"names." + k: np.frombuffer(_SEPARATOR.join(v).encode(), np.uint8) for k, v in names.items()}
    texts["settings"] = np.frombuffer(json.dumps(settings, ensure_ascii=False, sort_keys=True).encode(), np.uint8)
    np.savez_compressed(path, **{k: v.astype(np.float16) for k, v in arrays.items()}, **texts)  # type: ignore[arg-type]


def read_network(path: Path) -> Network:
    """The network of a file; `ExtractorError` where it cannot be read."""
    try:
        with np.load(path, allow_pickle=False) as data:
            found = {k: data[k] for k in data.files}
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise ExtractorError(f"{path.name}: the weights of the binding step cannot be read: {error}") from None
    names = {k.partition(".")[2]: found[k].tobytes().decode().split(_SEPARATOR) for k in found if k.startswith("names.")}
    settings = json.loads(found["settings"].tobytes())
    arrays = {k: v for k, v in found.items() if not k.startswith("names.") and k != "settings"}
    return Network(arrays, names, settings)


@lru_cache(maxsize=1)
def load_network() -> Network:
    """The shipped network."""
    return read_network(MODEL)
