"""Tags of words — part of speech, chunk, entity — as `underthesea.ner` gives them, from the weights it ships.

All three models look at the words around a position, so their weights for a word share one row of one table (37
labels side by side, five distances from the word), and one sum over the rows of a sentence serves all three.  The
chunk and entity models also look at the parts of speech around a position: a second, small table.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from extractor.errors import ExtractorError
from extractor.people.crf import Floats, Memo, Weights, read_weights
from extractor.people.viterbi import ClimbingDecoder, PruningDecoder

_TEMPLATE = re.compile(r"T\[(-?\d+)(?:,(-?\d+))?\](?:\[(\d+)\])?(?:\.(lower|istitle))?")
_REACH = 2  # features look at words up to this far away
_SLOTS = 2 * _REACH + 1
_ANY_OTHER = ""  # among words in lower case; no word is empty
_UNSET = "X"  # what the original puts where a model would see its own earlier labels


class Template(NamedTuple):
    """One feature template of a model: the words from `first` to `last` away, a column, a function of the text."""

    name: str
    first: int
    last: int
    column: int
    function: str | None


class _Model:
    """One of the three: its labels, its templates, and the original for when two readings are too close."""

    def __init__(self, package: str, predictor: str, file: str, unset: int) -> None:
        """`unset`: the column with the model's own labels, which the original leaves `_UNSET`."""
        module = importlib.import_module(f"underthesea.pipeline.{package}.model_crf")
        self.path = Path(str(module.__file__)).parent / file
        self.unset = unset
        self.original: Any = getattr(module, predictor).Instance()
        self.labels: list[str] = self.original.model.labels()
        self.templates = [_template(name) for name in self.original.transformer.template]

    def read(self) -> Weights:
        """The weights, which are needed only to build tables of them."""
        weights = read_weights(self.path)
        if list(weights.labels) != self.labels:
            raise ExtractorError(f"underthesea reads other labels than this toolkit from {self.path}")
        return weights

    def entries(self, weights: Weights) -> Iterator[tuple[Template, str, Floats]]:
        """Each attribute of the model that a template of it can produce: the template, the value, the weights."""
        named = {template.name: template for template in self.templates}
        for attribute, row in zip(weights.attributes, weights.state, strict=True):
            name, value = attribute.split("=", 1)
            if name in named:
                yield named[name], value, row

    def settle(self, found: list[int] | None, columns: list[list[str]]) -> list[int]:
        """`found`, or if that is None what the original finds in `columns`: the words and, if it looks, their tags."""
        if found is None:
            tags = self.original.model.tag(list(self._features(columns)))
            found = [self.labels.index(tag) for tag in tags]
        return found

    def _features(self, columns: list[list[str]]) -> Iterator[list[str]]:
        """The features of each position written out as the original does."""
        size = len(columns[0])
        for at in range(size):
            features = []
            for name, first, last, column, function in self.templates:
                if at + first < 0:
                    value = "BOS"
                elif at + last >= size:
                    value = "EOS"
                elif column == self.unset:
                    value = " ".join([_UNSET] * (last - first + 1))
                else:
                    value = " ".join(columns[column][at + first:at + last + 1])
                    value = value.lower() if function == "lower" else value
                    value = str(is_title(value)) if function == "istitle" else value
                features.append(f"{name}={value}")
            yield features


class _Part(NamedTuple):
    """A model with its place in the tables, and what goes there."""

    model: _Model
    columns: tuple[int, int]
    entries: list[tuple[Template, str, Floats]]


class WordTagger:
    """The three models, loaded; a caller keeps one."""

    def __init__(self) -> None:
        self._pos = _Model("pos_tag", "CRFPOSTagPredictor", "pos_crf_2017_10_11.bin", unset=1)
        self._chunk = _Model("chunking", "CRFChunkingPredictor", "chunk_crf_2017_10_12.bin", unset=2)
        self._ner = _Model("ner", "CRFNERPredictor", "ner_crf_2017_10_12.bin", unset=3)
        models = (self._pos, self._chunk, self._ner)
        weights = [model.read() for model in models]
        features = max(len(model.templates) for model in models)
        self._first = PruningDecoder(weights[0], features)
        self._second = ClimbingDecoder(weights[1:], features)
        edges = [0, *accumulate(len(model.labels) for model in models)]
        self._width = edges[-1]
        self._outside = len(self._pos.labels)  # a part of speech for what lies outside the sentence
        parts = [_Part(model, columns, list(model.entries(part)))
                 for model, columns, part in zip(models, pairwise(edges), weights, strict=True)]
        self._fill_words(parts)
        self._fill_tags(parts[1:])
        self._fill_head(parts)
        self._rows = Memo(self._row, 50_000)

    def tag(self, words: list[str]) -> tuple[list[str], list[str], list[str]]:
        """For each word its part of speech, its chunk label and its entity label."""
        size = len(words)
        if not size:
            return [], [], []
        sums = self._sum(words)
        outside = self._outside
        pos = self._pos.settle(self._first.decode(sums[:, :outside]), [words])
        around = [outside, outside, *pos, outside, outside]
        pairs = self._tag_table.take([a * (outside + 1) + b for a, b in pairwise(around)], axis=0)
        rest = sums[:, outside:]
        rest += _diagonals(pairs, size).sum(axis=1)
        chunk, ner = self._second.decode(rest)
        tags = [self._pos.labels[label] for label in pos]
        columns = [words, tags]
        return (tags, [self._chunk.labels[label] for label in self._chunk.settle(chunk, columns)],
                [self._ner.labels[label] for label in self._ner.settle(ner, columns)])

    def _sum(self, words: list[str]) -> Floats:
        """What words and groups of two words add up to: positions × labels of all three models."""
        size = len(words)
        rows = self._table.take([0, 0, *map(self._rows.__getitem__, words), 1, 1], axis=0)
        padded = np.zeros((size + 3, self._width))  # one more before, two more after: room for pairs at the edges
        sums: Floats = padded[1:size + 1]
        np.add.reduce(_diagonals(rows, size), axis=1, out=sums)
        sums[:3] += self._head[:size]
        known = self._pairs
        for at, pair in enumerate(pairwise(words)):
            row = known.get(" ".join(pair))
            if row is not None:
                padded[at:at + 4] += row
        return sums

    def _row(self, word: str) -> int:
        """The row of a word in the table."""
        row = self._known.get(word)
        if row is None:  # an unknown word: its lower case may still be known, and its capitals count
            row = self._lower.get(word.lower(), self._lower[_ANY_OTHER]) + is_title(word)
        return row

    def _fill_words(self, parts: list[_Part]) -> None:
        """Build the tables of words and of pairs of words.

        Row 0 stands before the sentence, row 1 after it, then come the words that a model knows, then for each lower
        case that a model knows, and for any other, a row for words without capitals and one for words with them.
        Slot s of a row is what the word adds to the position 2 - s after it.
        """
        singles = {function: {value: None for part in parts for template, value, _ in part.entries
                              if template[1:] == (template.first, template.first, 0, function)}
                   for function in (None, "lower")}
        self._known = {word: number for number, word in enumerate(singles[None], start=2)}
        base = 2 + len(self._known)
        self._lower = {word: base + 2 * number for number, word in enumerate([*singles["lower"], _ANY_OTHER])}
        size = base + 2 * len(self._lower)
        titled = np.zeros(size, bool)
        titled[base + 1::2] = True
        rows = {word: [row, row + 1] for word, row in self._lower.items()}
        for word, row in self._known.items():
            titled[row] = is_title(word)
            if word.lower() in rows:
                rows[word.lower()].append(row)
        by_title = {str(title): np.flatnonzero(titled == title)[0 if title else 2:] for title in (False, True)}
        self._table = np.zeros((size, _SLOTS, self._width))
        self._pairs: dict[str, Floats] = {}
        for part in parts:
            columns = slice(*part.columns)
            for (_, first, last, column, function), value, weights in part.entries:
                # A group of words counts as outside when its first word is, or else when its last one is.
                if value == "BOS" and first < 0 and column != part.model.unset:
                    self._table[0, first + _REACH, columns] += weights
                if value == "EOS" and last > 0:
                    self._table[1, last + _REACH, columns] += weights
                if column:
                    continue
                if first != last:
                    if value not in self._pairs:
                        self._pairs[value] = np.zeros((4, self._width))
                    self._pairs[value][1 - first, columns] += weights
                elif function == "istitle":
                    self._table[by_title.get(value, []), first + _REACH, columns] += weights
                else:
                    self._table[rows[value] if function else self._known[value], first + _REACH, columns] += weights

    def _fill_tags(self, parts: list[_Part]) -> None:
        """Build the table of pairs of parts of speech: slot s is what a pair adds at position 2 - s from its first.

        What a single part of speech adds is counted in the pair that begins with it, but for what it adds two
        positions before itself: that is in the pair that ends with it.  Outside the sentence all is counted with the
        words.
        """
        numbers = {name: number for number, name in enumerate(self._pos.labels)}
        size = len(numbers) + 1
        table = np.zeros((size, size, 4, self._width - self._outside))
        for part in parts:
            columns = slice(*(edge - self._outside for edge in part.columns))
            for template, value, weights in part.entries:
                tags = value.split(" ")
                if template.column != 1 or not all(tag in numbers for tag in tags):
                    continue
                first, *second = (numbers[tag] for tag in tags)
                if second:
                    table[first, second[0], template.first + 2, columns] += weights
                elif template.first == _REACH:
                    table[:, first, 3, columns] += weights
                else:
                    table[first, :, template.first + 2, columns] += weights
        self._tag_table = table.reshape(size * size, 4, -1)

    def _fill_head(self, parts: list[_Part]) -> None:
        """Add what the columns of labels not yet known add, which depends on the position alone.

        What they add from the fourth position on goes into the table of words, where each position finds it with its
        own word; the difference to that at the first three is kept apart.
        """
        values = np.zeros((4, self._width))
        for part in parts:
            for template, value, weights in part.entries:
                if template.column == part.model.unset:
                    inside = " ".join([_UNSET] * (template.last - template.first + 1))
                    for at in range(4):
                        if value == ("BOS" if at + template.first < 0 else inside):
                            values[at, slice(*part.columns)] += weights
        self._table[2:, _REACH] += values[3]
        self._head: Floats = values[:3] - values[3]


def _diagonals(rows: Floats, size: int) -> Floats:
    """A view of `rows` (positions × slots × labels) in which slot s of position p is slot s of row p + s."""
    position, slot, label = rows.strides
    return np.ndarray((size, *rows.shape[1:]), rows.dtype, rows, 0, (position, position + slot, label))


def _template(name: str) -> Template:
    found = _TEMPLATE.fullmatch(name)
    if not found:
        raise ExtractorError(f"this version of underthesea has a feature that is not known here: {name}")
    first, last, column, function = found.groups()
    return Template(name, int(first), int(last or first), int(column or 0), function)


def is_title(word: str) -> bool:
    """Whether each part of `word` between spaces begins with a capital; an empty part does not."""
    return all(part[:1].istitle() for part in word.split(" "))
