"""Joins syllables to words as `underthesea.word_tokenize` does, only faster.

The model has two labels, "a word begins here" and "it goes on", so all that counts is the *difference* of their scores:
one number per position, the sum of what the syllables around it add.  What a single syllable adds is remembered for
each, what two or three add together is in tables of those that the model or the dictionary knows.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from sys import intern
from typing import Any

from extractor.errors import ExtractorError
from extractor.people.crf import Memo, read_weights
from extractor.people.viterbi import largest_score, tolerance

_PLAIN, _LOWER, _DICT, _TITLE, _DIGIT = "", ".lower", ".is_in_dict", ".istitle", ".isdigit"
_FUNCTIONS = (_PLAIN, _LOWER, _DICT, _TITLE, _DIGIT)
_SINGLES: list[tuple[int, ...]] = [(0,), (1,), (-1,), (2,), (-2,)]
_PAIRS: list[tuple[int, ...]] = [(-2, -1), (-1, 0), (0, 1), (1, 2)]
_TRIPLES: list[tuple[int, ...]] = [(-2, 0), (-1, 1), (0, 2)]
_HANDLED = frozenset(
    f"T[{','.join(map(str, where))}]{function}"
    for function, places in {
        _PLAIN: _SINGLES + _PAIRS + _TRIPLES,
        _LOWER: _SINGLES + _PAIRS,
        _DICT: _SINGLES + _PAIRS + _TRIPLES,
        _TITLE: [*_SINGLES, (0, 1), (0, 2)],
        _DIGIT: _SINGLES[:3],
    }.items()
    for where in places)

# What three add at, one after and two after the first; what two add one before, at, one after and two after the first,
# and what more if a certain third one follows.
_Triple = tuple[float, float, float]
_Pair = tuple[float, float, float, float, dict[str, _Triple] | None]
# In lower case; what it adds two after, one after, at, one before and two before itself; whether it is a title; the
# pairs that begin with it as it is written, and in lower case.
_Syllable = tuple[str, float, float, float, float, float, bool, dict[str, _Pair], dict[str, _Pair]]
_NONE: dict[str, _Pair] = {}
_NO_ADDS = (0.0,) * 5


class Segmenter:
    """The word segmentation model, loaded; a caller keeps one."""

    def __init__(self) -> None:
        package = importlib.import_module("underthesea.pipeline.word_tokenize")
        joblib = importlib.import_module("joblib")
        core = importlib.import_module("underthesea_core")
        folder = Path(str(package.__file__)).parent / "models" / "ws_crf_vlsp2013_20230727"
        weights = read_weights(folder / "models.bin")
        try:
            features: list[str] = joblib.load(folder / "features.bin")
            self._dictionary: set[str] = joblib.load(folder / "dictionary.bin")
        except OSError as error:
            raise ExtractorError(f"cannot read the word segmentation model: {error}") from error
        if weights.labels != ("B-W", "I-W") or len(features) != len(_HANDLED) or set(features) != _HANDLED:
            raise ExtractorError("this version of underthesea has another word segmentation model")
        # What the original calls lower case, a title and a digit, in its own words (Rust's, not Python's).
        self._describe: Any = core.CRFFeaturizer(["T[0].lower", "T[0].istitle", "T[0].isdigit"], set())

        self._weight: dict[str, dict[str, float]] = {name: {} for name in features}
        for attribute, (begins, goes_on) in zip(weights.attributes, weights.state.tolist(), strict=True):
            name, value = attribute.split("=", 1)
            if name in self._weight:
                self._weight[name][value] = begins - goes_on
        (self._bb, self._bi), (self._ib, self._ii) = weights.transitions.tolist()
        self._largest = largest_score(weights, len(features))
        self._fill_tokens()
        self._fill_pairs()
        self._two_titles = self._of((0, 1), _TITLE, "True") - self._of((0, 1), _TITLE, "False")
        self._three_titles = self._of((0, 2), _TITLE, "True") - self._of((0, 2), _TITLE, "False")
        self._edges = [
            self._beyond("BOS", [(-2, -1), (-1, 0), (-2, 0), (-1, 1)]), self._beyond("BOS", [(-2, -1), (-2, 0)]),
            self._beyond("EOS", [(1, 2), (0, 2)]), self._beyond("EOS", [(0, 1), (1, 2), (0, 2), (-1, 1)])]
        self._before, self._after = self._outside("BOS"), self._outside("EOS")
        self._weight.clear()  # all of it is in the tables now
        self._syllables = Memo(self._syllable, 30_000)

    def words(self, sentence: str, tokens: list[str]) -> list[str]:
        """`tokens`, which are those of `sentence`, joined with a space where the model sees one word."""
        if len(tokens) < 2:
            return list(tokens)
        goes_on = self._decode(self._scores(tokens))
        if goes_on is None:
            words: list[str] = importlib.import_module("underthesea").word_tokenize(sentence)
            return words
        output: list[str] = []
        word = tokens[0]
        for token, joined in zip(tokens[1:], goes_on[1:], strict=True):
            if joined:
                word += " " + token
            else:
                output.append(word)
                word = token
        output.append(word)
        return output

    def _scores(self, tokens: list[str]) -> list[float]:
        """By how much each position favours "begins"; for two tokens or more."""
        syllables = [self._before, self._before, *map(self._syllables.__getitem__, tokens), self._after, self._after]
        scores = [0.0]  # one position before the first and two after the last, for what pairs add there
        scores += [a[1] + b[2] + c[3] + d[4] + e[5] for a, b, c, d, e in zip(
            syllables, syllables[1:], syllables[2:], syllables[3:], syllables[4:], strict=False)]
        scores += [0.0, 0.0]
        edges = self._edges
        scores[1] += edges[0]
        scores[2] += edges[1]
        scores[-4] += edges[2]
        scores[-3] += edges[3]
        following = [*tokens[1:], ""]
        triples = zip(syllables[2:], syllables[3:-2], syllables[4:], strict=False)
        for at, (first, second, third) in enumerate(triples):
            pair = first[7].get(following[at])
            if pair is not None:
                scores[at] += pair[0]
                scores[at + 1] += pair[1]
                scores[at + 2] += pair[2]
                scores[at + 3] += pair[3]
                if pair[4] and following[at + 1] in pair[4]:
                    _add(scores, at + 1, pair[4][following[at + 1]])
            pair = first[8].get(second[0])
            if pair is not None:
                scores[at] += pair[0]
                scores[at + 1] += pair[1]
                scores[at + 2] += pair[2]
                scores[at + 3] += pair[3]
                if pair[4] and third[0] in pair[4]:
                    _add(scores, at + 1, pair[4][third[0]])
            if first[6] and second[6]:
                scores[at + 1] += self._two_titles
                if third[6]:
                    scores[at + 1] += self._three_titles
        return scores[1:-2]

    def _decode(self, scores: list[float]) -> list[bool] | None:
        """For each position whether a word goes on there; None when that is too close to call."""
        bb, bi, ib, ii = self._bb, self._bi, self._ib, self._ii
        lead = scores[0]  # by how much "begins" leads over "goes on"
        leads = [lead]
        for score in scores[1:]:
            kept, left = lead + bb, lead + bi
            lead = score + (kept if kept > ib else ib) - (left if left > ii else ii)
            leads.append(lead)
        margin = tolerance(len(scores), self._largest)
        path: list[bool] = []
        limit = 0.0
        for lead in reversed(leads):
            if -margin < lead - limit < margin:
                return None
            goes_on = lead < limit
            path.append(goes_on)
            limit = ii - bi if goes_on else ib - bb  # the lead that "begins" needs to be the label before this one
        path.reverse()
        return path

    def _fill_pairs(self) -> None:
        """Build the tables of groups, first token -> second token -> what they add: as written, and in lower case."""
        self._plain_after = _table(
            {text: [self._of(where, _PLAIN, text) for where in _PAIRS]
             for text in set().union(*(self._weight[_name(where)] for where in _PAIRS))},
            {text: [self._of(where, _PLAIN, text) for where in _TRIPLES]
             for text in set().union(*(self._weight[_name(where)] for where in _TRIPLES))})
        by_size = [text for text in self._dictionary if text.count(" ") == 1]
        in_dictionary = [self._of(where, _DICT, "True") - self._of(where, _DICT, "False") for where in _PAIRS]
        pairs = dict.fromkeys(by_size, in_dictionary)
        for text in set().union(*(self._weight[_name(where) + _LOWER] for where in _PAIRS)):
            known = pairs.get(text, [0.0] * len(_PAIRS))
            pairs[text] = [self._of(where, _LOWER, text) + extra for where, extra in zip(_PAIRS, known, strict=True)]
        in_dictionary = [self._of(where, _DICT, "True") - self._of(where, _DICT, "False") for where in _TRIPLES]
        self._lower_after = _table(
            pairs, {text: in_dictionary for text in self._dictionary if text.count(" ") == 2})

    def _syllable(self, token: str) -> _Syllable:
        """What the tables hold on one token."""
        lower, title, digit = (text.split("=", 1)[1] for text in self._describe.process([[[token]]])[0][0])
        a, b = self._known_tokens.get(token, _NO_ADDS), self._known_lowers.get(lower, _NO_ADDS)
        c = self._kinds[lower in self._dictionary, title == "True", digit == "True"]
        return (lower, a[0] + b[0] + c[0], a[1] + b[1] + c[1], a[2] + b[2] + c[2], a[3] + b[3] + c[3],
                a[4] + b[4] + c[4], title == "True",
                self._plain_after.get(token, _NONE), self._lower_after.get(lower, _NONE))

    def _fill_tokens(self) -> None:
        """Build the tables of single tokens: as written, in lower case, and by what kind they are."""
        places: list[tuple[int, ...]] = [(offset,) for offset in range(-2, 3)]
        self._known_tokens = {token: tuple(self._of(where, _PLAIN, token) for where in places)
                              for token in set().union(*(self._weight[_name(where)] for where in places))}
        self._known_lowers = {token: tuple(self._of(where, _LOWER, token) for where in places)
                              for token in set().union(*(self._weight[_name(where) + _LOWER] for where in places))}
        # Of the groups of two and three around a position the usual value is "no" wherever they can say yes or no.
        usual = sum(self._group(where, "False") for where in _PAIRS + _TRIPLES)
        self._kinds: dict[tuple[bool, bool, bool], tuple[float, ...]] = {
            (known, title, digit): tuple(
                self._of(where, _DICT, str(known)) + self._of(where, _TITLE, str(title))
                + self._of(where, _DIGIT, str(digit)) + (usual if where == (0,) else 0.0) for where in places)
            for known in (False, True) for title in (False, True) for digit in (False, True)}

    def _outside(self, value: str) -> _Syllable:
        """What stands before the sentence ("BOS") or after it ("EOS"), as if it were a syllable."""
        back2, back1, _, next1, next2 = (self._group((offset,), value) for offset in range(-2, 3))
        return "", back2, back1, 0.0, next1, next2, False, _NONE, _NONE

    def _beyond(self, value: str, places: Iterable[tuple[int, ...]]) -> float:
        """How groups that reach out of the sentence differ from the usual ones."""
        return sum(self._group(where, value) - self._group(where, "False") for where in places)

    def _of(self, where: tuple[int, ...], function: str, value: str) -> float:
        """By how much the feature favours "a word begins here"; 0 when the model does not have it."""
        values = self._weight.get(_name(where) + function)
        return values.get(value, 0.0) if values else 0.0

    def _group(self, where: tuple[int, ...], value: str) -> float:
        """The sum over all features of one place that have this value."""
        return sum(self._of(where, function, value) for function in _FUNCTIONS)


@cache
def _name(where: tuple[int, ...]) -> str:
    return f"T[{','.join(map(str, where))}]"


def _add(scores: list[float], at: int, three: _Triple) -> None:
    scores[at] += three[0]
    scores[at + 1] += three[1]
    scores[at + 2] += three[2]


def _table(pairs: Mapping[str, Sequence[float]], triples: Mapping[str, Sequence[float]]) -> dict[str, dict[str, _Pair]]:
    """Lay out what groups of two and three tokens add (in the order of `_PAIRS` and `_TRIPLES`) as they are sought.

    Keys that are not such groups stay out: "BOS" and "EOS", which are counted at the edges.
    """
    thirds: dict[str, dict[str, _Triple]] = {}
    for text, (two_after, one_after, here) in triples.items():
        if text.count(" ") == 2:
            opening, _, third = text.rpartition(" ")
            thirds.setdefault(opening, {})[intern(third)] = (here, one_after, two_after)
    table: dict[str, dict[str, _Pair]] = {}
    shared: dict[tuple[float, ...], _Pair] = {}  # most pairs are in the dictionary and no more: one tuple for all
    nothing = [0.0] * len(_PAIRS)
    for text in pairs.keys() | thirds.keys():
        first, space, second = text.partition(" ")
        if space:
            two_after, one_after, here, before = pairs.get(text, nothing)
            pair: _Pair = (before, here, one_after, two_after, thirds.get(text))
            if pair[4] is None:
                pair = shared.setdefault(pair[:4], pair)
            table.setdefault(intern(first), {})[intern(second)] = pair
    return table
