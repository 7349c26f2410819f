"""Fit the network of `extractor.binding.network` with PyTorch; `scripts/train_binding.py` calls this.

A feature that names a word has the vector of that feature plus the word's own vector (`scripts/word_vectors.py`), turned by
a matrix for each place that a word can stand at. The file of weights holds the sums.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import torch
from torch import nn
from torch.nn import functional as f
from word_vectors import WordVectors

from extractor.binding.network import CLASSED, FIELDS, PROPOSED, Array, Case
from extractor.binding.role import CLASSES as ROLES
from extractor.binding.status import CLASSES as STATUSES

WIDTH = 64
EPOCHS = 12
BATCH = 10
LONGEST = 40
RATE, DECAY = 0.004, 0.8
DROPOUT = 0.3
FEATURE_DROPOUT = 0.2
#: How often an indicator is shown without its identity, so that one that a user adds is judged by where its phrase stands.
ANONYMOUS = 0.08
LINEAR_PENALTY, VECTOR_PENALTY = 0.3, 0.03
LEAST = 5
#: How often the examples of the rules are shown in a round, so that so few are heard among so many articles.
EXAMPLE_TIMES = 2
_IDENTITY = ("ind=", "ph=")
#: Features that name a word, by where it stands; those of one group share a matrix.
PLACES = {name: place for place, group in enumerate((
    ("lw",), ("lb",), ("rw",), ("pw",), ("pf",), ("l1",), ("l2",), ("r1",), ("r2",), ("first", "first2", "X.w", "X.w2"),
    ("S.w", "S.v"), ("u",))) for name in group}
TURN_PENALTY = 0.06
WORDED = ("around", "step")


class Lesson(Protocol):
    """An article's cases and which candidates are right."""

    cases: list[Case]
    right: list[dict[str, list[bool]]]


@dataclass(frozen=True)
class Background:
    """What unlabelled articles tell: vectors of words, and the features of numbers that are frequent in them."""

    words: WordVectors
    features: dict[str, list[str]]


@dataclass
class Coded:
    """A case as rows of the bags."""

    around: Array
    step: Array
    sets: dict[str, list[Array]]
    anonymous: list[Array]
    ids: list[int]
    right: dict[str, list[bool]]


def _count(sets: Iterable[Sequence[str]], counts: dict[str, int]) -> None:
    for features in sets:
        for name in dict.fromkeys(features):
            counts[name] = counts.get(name, 0) + 1


def _word(feature: str) -> tuple[int, str] | None:
    """Where the word of a feature stands and the word; None for a feature that names none."""
    name, _, word = feature.partition("=")
    place = PLACES.get(name)
    return None if place is None else (place, word)


def vocabulary(lessons: Sequence[Lesson], background: Background | None) -> dict[str, list[str]]:
    """The features of each bag that enough cases have, and those of known words that unlabelled articles have."""
    counts: dict[str, dict[str, int]] = {k: {} for k in ("around", "step", *PROPOSED)}
    for one in lessons:
        for case in one.cases:
            _count([case.around], counts["around"])
            _count([case.step], counts["step"])
            for name in PROPOSED:
                _count([[x for c in case.candidates[name] for x in c.features]], counts[name])
    out = {k: {x for x, n in c.items() if n >= LEAST} for k, c in counts.items()}
    if background is not None:
        for k in WORDED:
            out[k].update(x for x in background.features[k] if (found := _word(x)) and found[1] in background.words.index)
    return {k: sorted(v) for k, v in out.items()}


class _Coder:
    def __init__(self, lessons: Sequence[Lesson], background: Background | None) -> None:
        self.names = vocabulary(lessons, background)
        self.index = {k: {x: i + 1 for i, x in enumerate(v)} for k, v in self.names.items()}
        found = {c.name for one in lessons for case in one.cases for c in case.candidates["indicator"]}
        self.indicators = ["", *sorted(found)]
        self.ids = {x: i for i, x in enumerate(self.indicators)}

    def rows(self, bag: str, features: Iterable[str]) -> Array:
        index = self.index[bag]
        return np.array([0, *(index[x] for x in dict.fromkeys(features) if x in index)])

    def case(self, case: Case, right: dict[str, list[bool]]) -> Coded:
        sets = {k: [self.rows(k, c.features) for c in case.candidates[k]] for k in PROPOSED}
        anonymous = [self.rows("indicator", [x for x in c.features if not x.startswith(_IDENTITY)])
                     for c in case.candidates["indicator"]]
        return Coded(self.rows("around", case.around), self.rows("step", case.step), sets, anonymous,
                     [self.ids[c.name] for c in case.candidates["indicator"]], right)


def _bag(size: int, width: int, linear: bool) -> Any:
    weight = torch.randn(size, width) * 0.05
    if linear:
        weight = torch.cat([torch.zeros(size, 1), weight], 1)
    return nn.Parameter(weight)


def _sums(weight: Any, sets: Sequence[Array], drop: float) -> Any:
    """The summed vectors of each set; all but the constant first row are left out with the chance `drop`."""
    rows = np.concatenate(sets)
    starts = np.cumsum([0, *(len(s) for s in sets[:-1])])
    keep = np.random.rand(len(rows)) >= drop
    keep[starts] = True
    kept = np.add.reduceat(keep, starts)
    starts = np.r_[0, np.cumsum(kept)[:-1]]
    return f.embedding_bag(torch.from_numpy(rows[keep]), weight, torch.from_numpy(starts), mode="sum")


def _named(names: Sequence[str], words: WordVectors | None) -> list[tuple[int, Any, Any]]:
    """For each place of a word: the rows of the bag whose features name a known word there, and those words' vectors."""
    found: dict[int, tuple[list[int], list[Array]]] = {}
    for row, name in enumerate(names, start=1):
        place, word = _word(name) or (-1, "")
        vector = words.get(word) if words is not None and place >= 0 else None
        if vector is not None:
            rows, vectors = found.setdefault(place, ([], []))
            rows.append(row)
            vectors.append(vector)
    return [(place, torch.tensor(rows), torch.tensor(np.array(vectors), dtype=torch.float32))
            for place, (rows, vectors) in sorted(found.items())]


class _Net:
    """The network in PyTorch, layer by layer as `extractor.binding.network` reads it."""

    def __init__(self, coder: _Coder, words: WordVectors | None) -> None:
        self.own = {k: _bag(len(v) + 1, WIDTH, k in PROPOSED) for k, v in coder.names.items()}
        self.id = nn.Embedding(len(coder.indicators), WIDTH)
        self.norm = nn.ModuleDict({k: nn.LayerNorm(WIDTH) for k in ("around", *PROPOSED)})
        self.gru = nn.GRU(WIDTH, WIDTH // 2, bidirectional=True, batch_first=True)
        self.into = nn.ModuleDict({k: nn.Linear(2 * WIDTH, WIDTH) for k in FIELDS})
        sizes = {"role": len(ROLES), "status": len(STATUSES)}
        self.out = nn.ModuleDict({k: nn.Linear(WIDTH, sizes.get(k, 1)) for k in FIELDS})
        self.drop = nn.Dropout(DROPOUT)
        self.named = {k: _named(coder.names[k], words) for k in WORDED}
        self.turn = nn.Parameter(torch.randn(len(set(PLACES.values())), words.vectors.shape[1] if words else 1, WIDTH) * 0.05)
        self.modules = [self.id, self.norm, self.gru, self.into, self.out]

    def parameters(self) -> list[Any]:
        return [*self.own.values(), self.turn, *(p for m in self.modules for p in m.parameters())]

    def bag(self, name: str) -> Any:
        """The vectors of a bag's features: their own, plus those of the words that they name."""
        own = self.own[name]
        parts = self.named.get(name)
        if not parts:
            return own
        rows = torch.cat([rows for _, rows, _ in parts])
        return own.index_add(0, rows, torch.cat([vectors @ self.turn[place] for place, _, vectors in parts]))

    def losses(self, batch: Sequence[Sequence[Coded]]) -> Any:
        """The summed negative log likelihood of the right candidates."""
        flat = [c for article in batch for c in article]
        drop = FEATURE_DROPOUT
        x = _sums(self.bag("around"), [c.around for c in flat], drop) + _sums(self.bag("step"), [c.step for c in flat], drop)
        x = self.drop(torch.relu(self.norm["around"](x)))
        rows = torch.tensor([b for b, article in enumerate(batch) for _ in article])
        columns = torch.tensor([t for article in batch for t in range(len(article))])
        padded = torch.zeros(len(batch), max(map(len, batch)), WIDTH).index_put((rows, columns), x)
        packed = nn.utils.rnn.pack_padded_sequence(padded, [len(a) for a in batch], batch_first=True, enforce_sorted=False)
        around, _ = nn.utils.rnn.pad_packed_sequence(self.gru(packed)[0], batch_first=True)
        h = torch.cat([x, self.drop(around[rows, columns])], 1)
        total = torch.zeros(())
        for name in FIELDS:
            hidden = self.into[name](h)
            if name in CLASSED:
                scores = self.out[name](self.drop(torch.relu(hidden)))
            else:
                scores = self._proposed(name, flat, hidden, drop)
            total = total + _loss(scores, [c.right.get(name) for c in flat])
        return total

    def _proposed(self, name: str, flat: Sequence[Coded], hidden: Any, drop: float) -> Any:
        sets, ids = [s for c in flat for s in c.sets[name]], [i for c in flat for i in c.ids]
        if name == "indicator":
            plain = [s for c in flat for s in c.anonymous]
            hide = np.random.rand(len(sets)) < ANONYMOUS
            sets = [p if h else s for h, p, s in zip(hide, plain, sets, strict=True)]
            ids = [0 if h else i for h, i in zip(hide, ids, strict=True)]
        sums = _sums(self.own[name], sets, drop)
        own = self.norm[name](sums[:, 1:])
        if name == "indicator":
            own = own + self.id(torch.tensor(ids))
        owner = torch.tensor([n for n, c in enumerate(flat) for _ in c.sets[name]])
        place = torch.tensor([i for c in flat for i in range(len(c.sets[name]))])
        score = sums[:, 0] + self.out[name](self.drop(torch.relu(hidden[owner] + own)))[:, 0]
        wide = torch.full((len(flat), int(place.max()) + 1), -1e4)
        return wide.index_put((owner, place), score)

    def penalty(self) -> Any:
        total = TURN_PENALTY / 2 * (self.turn ** 2).sum()
        for name, bag in self.own.items():
            if name in PROPOSED:
                total = total + LINEAR_PENALTY / 2 * (bag[:, 0] ** 2).sum() + VECTOR_PENALTY / 2 * (bag[:, 1:] ** 2).sum()
            else:
                total = total + VECTOR_PENALTY / 2 * (bag ** 2).sum()
        return total

    def arrays(self) -> dict[str, Array]:
        """The weights under the names that `extractor.binding.network` reads."""
        def plain(tensor: Any) -> Array:
            out: Array = tensor.detach().numpy()
            return out

        out = {"bag." + k: plain(self.bag(k)) for k in self.own}
        for k, layer in self.norm.items():
            out[k + ".gain"], out[k + ".bias"] = plain(layer.weight), plain(layer.bias)
        for k in FIELDS:
            out[k + ".in"], out[k + ".in_bias"] = plain(self.into[k].weight).T, plain(self.into[k].bias)
            out[k + ".out"], out[k + ".out_bias"] = plain(self.out[k].weight).T, plain(self.out[k].bias)
        ends = ("l0", "l0_reverse")
        for name, part in (("in", "weight_ih_"), ("again", "weight_hh_")):
            out["gru." + name] = np.stack([plain(getattr(self.gru, part + e)).T for e in ends])
        for name, part in (("in_bias", "bias_ih_"), ("again_bias", "bias_hh_")):
            out["gru." + name] = np.stack([plain(getattr(self.gru, part + e)) for e in ends])
        out["indicator.id"] = plain(self.id.weight)
        return out


def _loss(scores: Any, right: Sequence[list[bool] | None]) -> Any:
    """Over the numbers that have a right candidate: minus the log of the probability of the right ones."""
    rows = [n for n, r in enumerate(right) if r is not None]
    if not rows:
        return torch.zeros(())
    mask = np.zeros((len(rows), scores.shape[1]), dtype=bool)
    for i, n in enumerate(rows):
        good = right[n] or []
        mask[i, :len(good)] = good
    scores = scores[rows]
    chosen = scores.masked_fill(torch.from_numpy(~mask), -1e5)
    return (torch.logsumexp(scores, 1) - torch.logsumexp(chosen, 1)).sum()


def fit(lessons: Sequence[Lesson], examples: Sequence[Lesson], background: Background | None,
        ) -> tuple[dict[str, Array], dict[str, list[str]], list[str]]:
    """Weights, the names of the features of each bag, and the indicators that have a vector."""
    torch.set_num_threads(1)  # the layers are small: more threads wait for each other
    torch.manual_seed(0)
    np.random.seed(0)
    shuffle = random.Random(0)
    everything = [*lessons, *(one for one in examples for _ in range(EXAMPLE_TIMES))]
    coder = _Coder(everything, background)
    articles = []
    for one in everything:
        coded = [coder.case(c, r) for c, r in zip(one.cases, one.right, strict=True)]
        articles += [coded[i:i + LONGEST] for i in range(0, len(coded), LONGEST)]
    net = _Net(coder, background.words if background else None)
    optimizer = torch.optim.Adam(net.parameters(), lr=RATE)
    for module in net.modules:
        module.train()
    for _ in range(EPOCHS):
        order = sorted(range(len(articles)), key=lambda i: len(articles[i]) + 6 * shuffle.random())
        batches = _batches(order, articles)
        shuffle.shuffle(batches)
        total = sum(map(len, articles))
        for batch in batches:
            size = sum(len(a) for a in batch)
            loss = (net.losses(batch) + net.penalty() * size / total) / size
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call,unused-ignore]
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
        for group in optimizer.param_groups:
            group["lr"] *= DECAY
    return net.arrays(), coder.names, coder.indicators


def _batches(order: Sequence[int], articles: Sequence[list[Coded]]) -> list[list[list[Coded]]]:
    """Articles of about the same length together, each batch with about the same number of cases."""
    out: list[list[list[Coded]]] = []
    for i in order:
        if not out or sum(map(len, out[-1])) >= BATCH * 20 or len(out[-1]) >= 6 * BATCH:
            out.append([])
        out[-1].append(articles[i])
    return out
