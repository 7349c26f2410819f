"""Two ways to the best label sequence of a linear-chain CRF, both aware of when rounding could decide.

The original sums the same numbers in another order, so two sequences whose totals differ by less than the rounding of
such sums can trade places.  Both decoders look at every choice on the best path and return None where one is that
close; the caller then asks the original.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

import numpy as np

from extractor.people.crf import Floats, Weights

_USUAL_LENGTH = 64  # positions in half a sentence for which a decoder keeps its arrays
_STRETCH = 512  # positions: how much of a sentence is traced back at a time, which bounds the memory
_Room = tuple[Floats, Floats, list[tuple[Floats, Floats, Floats]]]


def tolerance(length: int, largest: float) -> float:
    """The difference of two scores below which another order of summing might turn the decision over.

    `length`: positions in the sentence; `largest`: an upper bound for what one position adds to a score.  Sums of
    doubles drift by at most about length² · largest · 2⁻⁵³; this is several times that, plus a floor.
    """
    return 1e-9 + length * length * largest * 1e-15


def largest_score(weights: Weights, features: int) -> float:
    """An upper bound for what one position with so many `features` can add to the total of a sequence."""
    return features * float(np.abs(weights.state).max()) + float(np.abs(weights.transitions).max())


class PruningDecoder:
    """For many labels and strong evidence: strikes out labels first, then searches what is left in plain Python.

    A label is struck out where the label with the highest score there beats it with *any* neighbours (`_gain` holds
    the most that neighbours can be worth).  Mostly one label is left, and the search is short.
    """

    def __init__(self, weights: Weights, features: int) -> None:
        """`features`: how many attributes one position can have, for the bound on rounding."""
        into = weights.transitions.T  # [label, label before]
        before = (into[None, :, :] - into[:, None, :]).max(axis=2)  # [winner, loser]
        after = (into.T[None, :, :] - into.T[:, None, :]).max(axis=2)
        # At either end of the sentence there is no neighbour: hence never less than zero.
        self._gain = np.maximum(before, 0.0) + np.maximum(after, 0.0)
        self._into: list[list[float]] = into.tolist()
        self._largest = largest_score(weights, features)

    def decode(self, scores: Floats) -> list[int] | None:
        """The best labels, as numbers, for `scores` (positions × labels); None when two sequences are too close."""
        length = len(scores)
        margin = tolerance(length, self._largest)
        winners = scores.argmax(axis=1)
        bar = scores.max(axis=1) - margin
        positions, labels = (scores + self._gain.take(winners, axis=0) >= bar[:, None]).nonzero()
        if len(labels) == length:
            found: list[int] = winners.tolist()
            return found
        ends = positions.searchsorted(np.arange(1, length + 1)).tolist()
        return self._search(labels.tolist(), scores[positions, labels].tolist(), ends, margin)

    def _search(self, labels: list[int], scores: list[float], ends: list[int], margin: float) -> list[int] | None:
        """Viterbi over what is left: the labels of position t end before `labels[ends[t]]`."""
        into = self._into
        path: list[int] = []
        # Positions in doubt since the last certain one: their labels, and for each the totals it can be reached with.
        doubt: list[tuple[list[int], list[list[float]]]] = []
        names: list[int] = []
        totals: list[float] = []
        start = 0
        for end in ends:
            if end == start + 1:
                label = labels[start]
                if doubt:
                    row = into[label]
                    best = _clear_best([total + row[name] for total, name in zip(totals, names, strict=True)], margin)
                    if best < 0 or not _unwind(doubt, best, path, margin):
                        return None
                    doubt = []
                path.append(label)
            else:
                here = labels[start:end]
                if doubt:
                    reached = [[total + row[name] for total, name in zip(totals, names, strict=True)]
                               for row in map(into.__getitem__, here)]
                    totals = [max(ways) + score for ways, score in zip(reached, scores[start:end], strict=True)]
                    doubt.append((here, reached))
                else:
                    totals = scores[start:end]
                    if path:
                        last = path[-1]
                        totals = [score + into[name][last] for score, name in zip(totals, here, strict=True)]
                    doubt = [(here, [])]
                names = here
            start = end
        if doubt:
            best = _clear_best(totals, margin)
            if best < 0 or not _unwind(doubt, best, path, margin):
                return None
        return path


def _unwind(doubt: list[tuple[list[int], list[list[float]]]], last: int, path: list[int], margin: float) -> bool:
    """Add to `path` the best labels of the positions in `doubt`, of which the last is known; whether all are clear."""
    found: list[int] = []
    for names, reached in reversed(doubt):
        found.append(names[last])
        if reached:
            last = _clear_best(reached[last], margin)
            if last < 0:
                return False
    path += reversed(found)
    return True


def _clear_best(totals: list[float], margin: float) -> int:
    """The place of the highest of `totals`, or -1 when another one comes close to it."""
    best = max(totals)
    bar = best - margin
    return totals.index(best) if sum(total >= bar for total in totals) == 1 else -1


class ClimbingDecoder:
    """Viterbi's search for one or more models at once, from both ends of the sentence to its middle.

    At twenty words NumPy spends its time on being called rather than on numbers.  So all goes into one array: the half
    from the left and the half from the right, of each model, are so many chains of positions, climbed together.
    """

    def __init__(self, models: Sequence[Weights], features: int) -> None:
        """`features`: how many attributes one position can have, for the bound on rounding."""
        edges = [0, *accumulate(len(model.labels) for model in models)]
        self._columns = [slice(*edge) for edge in pairwise(edges)]
        self._largest = max(largest_score(model, features) for model in models)
        # The last label is that of a position that is not there, which makes both halves equally long.
        self._width = max(len(model.labels) for model in models) + 1
        steps = np.full((2 * len(models), self._width, self._width), -np.inf)  # [chain, label, label farther out]
        for model, (left, right) in zip(models, zip(steps[::2], steps[1::2], strict=True), strict=True):
            size = len(model.labels)
            left[:size, :size] = model.transitions.T
            right[:size, :size] = model.transitions
            right[:size, -1] = 0.0
        self._steps = steps
        self._chains = np.arange(len(steps))[:, None]
        # Links that are as good as the best, at one step, if all is clear: one per label, all where no label is.
        self._usual = sum(2 * (size + (self._width - size) * self._width) for size in (
            len(model.labels) for model in models))
        # Room to work in, and the views of it that each step needs, made once: making them takes as long as a step.
        self._inward_steps = np.ascontiguousarray(steps.transpose(2, 0, 1))  # [label farther out, chain, label]
        self._reached = np.empty_like(self._inward_steps)
        self._room = self._make_room(_USUAL_LENGTH)

    def decode(self, scores: Floats) -> list[list[int] | None]:
        """The best labels of each model, as numbers; None for a model where two sequences are too close.

        `scores` are positions × labels, the labels of the models one after the other.
        """
        length = len(scores)
        middle = length // 2
        margin = tolerance(length, self._largest)
        totals, inward = self._climb(scores)
        walks: list[list[int]] = []  # the labels of each chain from the middle outward
        clear: list[bool] = []
        for number, columns in enumerate(self._columns):
            ways = scores[middle, columns] + inward[-1, 2 * number:2 * number + 2, :columns.stop - columns.start].sum(0)
            best = _clear_best(ways.tolist(), margin)
            clear.append(best >= 0)
            walks += [best], [best]
        for stop in range(middle, 0, -_STRETCH):
            start = max(0, stop - _STRETCH)
            size = stop - start
            # [step, chain, label, label farther out]: which of the latter are as good as the best, to the margin
            near = totals[start:stop, :, None, :] + self._steps >= inward[start + 1:stop + 1, :, :, None] - margin
            links = near.argmax(axis=3)[::-1].swapaxes(0, 1).tolist()
            for walk, chain in zip(walks, links, strict=True):
                label = walk[-1]
                walk += [label := link[label] for link in chain]
            if np.count_nonzero(near) != size * self._usual:  # something is close: on the way?
                choices = near[np.arange(size - 1, -1, -1), self._chains, [walk[-size - 1:-1] for walk in walks]]
                for number, count in enumerate(np.count_nonzero(choices, axis=(1, 2)).tolist()):
                    clear[number // 2] &= count == size
        return [(left[:0:-1] + right)[:length] if sure else None
                for left, right, sure in zip(walks[::2], walks[1::2], clear, strict=True)]

    def _climb(self, scores: Floats) -> tuple[Floats, Floats]:
        """The best total from the outer end of a chain to each position and label, with and without its own score."""
        middle, odd = divmod(len(scores), 2)
        totals, inward, views = self._room if middle < len(self._room[0]) else self._make_room(middle + 1)
        totals, inward = totals[:middle + 1], inward[:middle + 1]
        totals[0, 1::2] = -np.inf
        for number, columns in enumerate(self._columns):
            size = columns.stop - columns.start
            totals[:, 2 * number, :size] = scores[:middle + 1, columns]
            totals[1 - odd:, 2 * number + 1, :size] = scores[middle:, columns][::-1]
        if not odd:
            totals[0, 1::2, -1] = 0.0
        steps, reached, add, highest = self._inward_steps, self._reached, np.add, np.maximum.reduce
        for outer, here, best in views[:middle]:
            add(steps, outer, reached)
            highest(reached, out=best)
            add(best, here, here)
        return totals, inward

    def _make_room(self, rows: int) -> _Room:
        """Arrays for `totals` and `inward`; labels that are not there stay at minus infinity whatever is added."""
        totals = np.full((rows, len(self._steps), self._width), -np.inf)
        inward = np.zeros(totals.shape)
        return totals, inward, list(zip(totals[:-1].swapaxes(1, 2)[..., None], totals[1:], inward[1:], strict=True))
