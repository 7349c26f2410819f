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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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
# Sets summed at a time: the vectors of all features of an article of nothing but numbers would fill the memory.
_BLOCK = 256
_SEPARATOR = "\0"


@dataclass(slots=True)
class Case:
    """A number to decide: its surroundings, the way from the number before, and the candidates of each field."""

    spot: Spot
    around: list[str]
    step: list[str]
    candidates: dict[str, list[Candidate]]


class Bag:
    """Vectors of named features; a set of features is the sum of its known ones and of the constant vector 0."""

    def __init__(self, names: Sequence[str], vectors: Array) -> None:
        self.index = {name: i + 1 for i, name in enumerate(names)}
        self.vectors = vectors.astype(np.float64)

    def sums(self, sets: Sequence[Sequence[str]]) -> Array:
        """One row for each set of features, in double precision."""
        out: Array = np.empty((len(sets), self.vectors.shape[1]))
        for at in range(0, len(sets), _BLOCK):
            self._add(sets[at:at + _BLOCK], out[at:at + _BLOCK])
        return out

    def _add(self, sets: Sequence[Sequence[str]], out: Array) -> None:
        get = self.index.get
        rows: list[int] = []
        starts: list[int] = []
        for features in sets:
            starts.append(len(rows))
            rows.append(0)
            rows.extend(filter(None, map(get, dict.fromkeys(features))))  # row numbers of features begin at 1
        np.add.reduceat(self.vectors.take(rows, axis=0), starts, axis=0, out=out)


def _normal(x: Array, gain: Array, bias: Array) -> Array:
    centred = x - x.mean(axis=1, keepdims=True)
    out: Array = centred / np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _EPSILON) * gain + bias
    return out


def _sigmoid(x: Array) -> Array:
    out: Array = 0.5 * (1.0 + np.tanh(0.5 * x))
    return out


class Network:
    """The weights, ready to choose."""

    def __init__(self, arrays: dict[str, Array], names: dict[str, list[str]], settings: dict[str, Any]) -> None:
        self.a = {k: v.astype(np.float64) for k, v in arrays.items() if not k.startswith("bag.")}
        self.bags = {k: Bag(v, arrays["bag." + k]) for k, v in names.items()}
        self.indicators: dict[str, int] = {name: i for i, name in enumerate(settings["indicators"])}
        self.calibration: dict[str, float] = settings["confidence"]
        self.groups: dict[str, float] = settings["groups"]

    def _states(self, cases: Sequence[Case]) -> Array:
        """A row for each number: its own surroundings and what the numbers above and below have to say."""
        a = self.a
        x = self.bags["around"].sums([c.around for c in cases]) + self.bags["step"].sums([c.step for c in cases])
        x = np.maximum(_normal(x, a["around.gain"], a["around.bias"]), 0.0)
        # both directions in one loop: row 0 reads forwards, row 1 backwards
        gates = np.stack([x @ a["gru.in"][0] + a["gru.in_bias"][0], (x @ a["gru.in"][1] + a["gru.in_bias"][1])[::-1]], axis=1)
        again, bias = a["gru.again"], a["gru.again_bias"]
        width = again.shape[1]
        state = np.zeros((2, 1, width))
        out = np.empty((len(cases), 2, width))
        for t in range(len(cases)):
            old = np.matmul(state, again)[:, 0] + bias
            new = gates[t]
            both = _sigmoid(new[:, :2 * width] + old[:, :2 * width])
            fresh = np.tanh(new[:, 2 * width:] + both[:, :width] * old[:, 2 * width:])
            keep = both[:, width:]
            state = (fresh + keep * (state[:, 0] - fresh))[:, None]
            out[t] = state[:, 0]
        return np.concatenate([x, out[:, 0], out[::-1, 1]], axis=1)

    def scores(self, cases: Sequence[Case]) -> dict[str, list[list[float]]]:
        """For each field and number the scores of its candidates."""
        states = self._states(cases)
        out: dict[str, list[list[float]]] = {}
        for name in CLASSED:
            hidden = np.maximum(states @ self.a[name + ".in"] + self.a[name + ".in_bias"], 0.0)
            out[name] = (hidden @ self.a[name + ".out"] + self.a[name + ".out_bias"]).tolist()
        for name in PROPOSED:
            out[name] = self._proposed(name, cases, states)
        return out

    def _proposed(self, name: str, cases: Sequence[Case], states: Array) -> list[list[float]]:
        a = self.a
        sizes = [len(c.candidates[name]) for c in cases]
        sums = self.bags[name].sums([k.features for c in cases for k in c.candidates[name]])
        own = _normal(sums[:, 1:], a[name + ".gain"], a[name + ".bias"])
        if name == "indicator":
            get = self.indicators.get
            own = own + a["indicator.id"][[get(k.name, 0) for c in cases for k in c.candidates[name]]]
        context = np.repeat(states @ a[name + ".in"] + a[name + ".in_bias"], sizes, axis=0)
        scores = (sums[:, 0] + np.maximum(context + own, 0.0) @ a[name + ".out"][:, 0]).tolist()
        ends = np.cumsum(sizes).tolist()
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
