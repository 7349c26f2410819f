"""Vectors of syllables and pairs of syllables from unlabelled articles, for `scripts/binding_network.py`.

Words that stand among the same words get similar vectors, so that a word that no labelled article has can be treated like
its neighbours. The method is Levy & Goldberg's (2014): positive pointwise mutual information of a word and the syllables
within a window around it (context counts smoothed by the power 0.75), reduced by a singular value decomposition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import svds

from extractor.binding.network import Array

WIDTH = 64
WINDOW = 6
LEAST = 10
_SMOOTHING = 0.75


@dataclass(frozen=True)
class WordVectors:
    """A unit vector for each known syllable ("nghèo") and pair of syllables ("hộ nghèo")."""

    index: dict[str, int]
    vectors: Array

    def get(self, word: str) -> Array | None:
        """The vector of `word`, None if it is too rare."""
        at = self.index.get(word)
        return None if at is None else self.vectors[at]


def word_vectors(texts: Iterable[Sequence[str]]) -> WordVectors:
    """Vectors from `texts`, each a sequence of tokens; a word must occur `LEAST` times."""
    # articles one after the other, parted by as many gaps as the window is wide, so that no window spans two
    tokens: list[str] = []
    for text in texts:
        tokens += [*text, *[""] * WINDOW]
    pairs = [f"{a} {b}" if a and b else "" for a, b in pairwise(tokens)]
    counts = Counter(tokens) + Counter(pairs)
    known = [w for w, n in counts.most_common() if n >= LEAST and w]
    index = {w: i for i, w in enumerate(known)}
    contexts = {w: i for i, w in enumerate(w for w in known if " " not in w)}
    around = np.array([contexts.get(w, -1) for w in tokens])
    table = csr_matrix((len(index), len(contexts)), dtype=np.float64)
    for words, width in ((tokens, 1), (pairs, 2)):
        rows = np.array([index.get(w, -1) for w in words])
        for step in range(1, WINDOW + 1):
            table = table + _beside(rows, around, step + width - 1, table.shape) + _beside(rows, around, -step, table.shape)
    return WordVectors(index, _reduced(table))


def _beside(rows: Array, around: Array, step: int, shape: tuple[int, int]) -> csr_matrix:
    """How often each context stands `step` tokens after (before, if negative) each word."""
    first, last = max(0, -step), min(len(rows), len(around) - step)
    a, b = rows[first:last], around[first + step:last + step]
    both = (a >= 0) & (b >= 0)
    return coo_matrix((np.ones(int(both.sum())), (a[both], b[both])), shape=shape).tocsr()


def _reduced(table: csr_matrix) -> Array:
    total, row = table.sum(), np.asarray(table.sum(axis=1)).ravel()
    column = np.asarray(table.sum(axis=0)).ravel() ** _SMOOTHING
    column *= total / column.sum()
    cells = table.tocoo()
    information = np.log(cells.data * total / (row[cells.row] * column[cells.col]))
    above = information > 0
    positive = csr_matrix((information[above], (cells.row[above], cells.col[above])), shape=table.shape)
    left, sizes, _ = svds(positive, k=WIDTH, random_state=0)
    vectors = left * np.sqrt(sizes)
    out: Array = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return out
