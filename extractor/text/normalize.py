"""The text as given, and the view of it that rules match on, with a map between their offsets.

Rules should not care whether an article writes "hoà" or "hòa", "tỉ lệ" or "tỷ lệ", composed or decomposed
letters, Ð (U+00D0) or Đ (U+0110), no-break spaces, soft hyphens or CRLF. `Text` holds three strings:

* ``raw``: the text as given; every offset that leaves the toolkit refers to it;
* ``norm``: composed (NFC), plain spaces and newlines, invisible characters gone, new-style tone placement;
* ``fold``: ``norm`` in lower case with y/i unified and dashes and quotation marks made plain.

``norm`` and ``fold`` have the same length and share offsets.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping
from itertools import accumulate, compress
from typing import Final, Generic, TypeVar

_SPACES = "\t\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_INVISIBLE = (
    "\x00\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufffe"
)
# Eth and "letter D with stroke" of other scripts stand for the Vietnamese letter in old or scanned texts.
_REPLACED = {"\xd0": "\u0110", "\u0189": "\u0110", "\xf0": "\u0111", **dict.fromkeys(_SPACES, " "),
             **dict.fromkeys(_BREAKS, "\n")}
_SPECIAL = re.compile("[" + re.escape("".join(_REPLACED)) + "]")
# Signs that combine with the letter before them, as far as composition (NFC) concerns European scripts.
_MARKS = "\u0300-\u034e\u0350-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
# Characters that change offsets or need the careful path: a text without any of them and in NFC maps one to one.
_CAREFUL = re.compile("[" + re.escape(_INVISIBLE) + "\r\u0300-\u036f]")
# A letter with its marks (invisible characters may stand between), a line end, or invisible characters alone.
_CLUSTER = re.compile(rf"\r\n?|[{re.escape(_INVISIBLE)}]+|.(?:[{re.escape(_INVISIBLE)}]{{0,8}}[{_MARKS}]){{0,30}}", re.DOTALL)
# The same, with ASCII and Latin letters that no mark follows in one piece, where most of the text is such: they stay
# as they are (but for the letters that are replaced).
_STRETCH = re.compile(rf"[\n -~\xc0-\xcf\xd1-\xef\xf1-\u0188\u018a-\u024f\u1e00-\u1eff]+(?![{re.escape(_INVISIBLE)}{_MARKS}])"
                      rf"|{_CLUSTER.pattern}", re.DOTALL)
_FEW: Final = 40  # one character in so many that needs care
_DROPPED = str.maketrans("", "", _INVISIBLE)

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MEMO_SIZE: Final = 50_000
_MEMO_KEY: Final = 80  # characters: what is longer hardly comes again, and would make the bound on memory meaningless


T = TypeVar("T")


class Memo(dict[str, T], Generic[T]):
    """The results of a pure function of strings, kept for the strings seen so far; emptied when it grows too large.

    ``map(memo.__getitem__, strings)`` runs at the speed of C for all but new strings. What it returns never depends on
    what it holds.
    """

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: str) -> T:
        value = self._function(key)
        if len(key) <= _MEMO_KEY:
            if len(self) >= _MEMO_SIZE:
                self.clear()
            self[key] = value
        return value

    def __reduce__(self) -> tuple[type[Memo[T]], tuple[Callable[[str], T]]]:
        return Memo, (self._function,)


def _replace_all(text: str, wanted: re.Pattern[str], by: Mapping[str, str]) -> str:
    """`text` with every character that `wanted` finds replaced; many times faster than `str.translate`."""
    for character in sorted(set(wanted.findall(text))):
        text = text.replace(character, by[character])
    return text


def _composed(base: str, tone: str) -> str:
    return unicodedata.normalize("NFC", base + tone)


def _tone_pairs() -> dict[str, str]:
    """Old-style endings ("oà", "uý") and their new-style forms ("òa", "úy"), both cases, same length."""
    pairs: dict[str, str] = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for tone in _TONES:
            for f in (first, first.upper()):
                for s in (second, second.upper()):
                    pairs[f + _composed(s, tone)] = _composed(f, tone) + s
    return pairs


_TONE_PAIRS = _tone_pairs()
# "quý" is one spelling in both traditions (qu + ý), and "hoàn" has its tone where it must be. Two plain sets of
# characters first: so the search skips at the speed of C what can't be; `_TONE_PAIRS` then says what is one.
_OLD_TONE = re.compile(
    "[ouOU][" + "".join(sorted({pair[1] for pair in _TONE_PAIRS})) + rf"](?![\w{_MARKS}])(?<![qQ]..)")

_Y = {"y": "i", **{_composed("y", t): _composed("i", t) for t in _TONES}}
# A whole syllable of one of these initials and a kind of y; the look-behinds come last for the same reason.
_Y_SYLLABLE = re.compile(
    "[" + "".join(_Y) + r"](?!\w)(?:(?<=[hklmst].)(?<!\w[hklmst].)|(?<=qu.)(?<!\wqu.))")
_PLAIN: Final = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043", "-"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'), **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"),
    "\u2044": "/", "\u2215": "/", "\uff05": "%"}
_DASHES_AND_QUOTES = re.compile("[" + "".join(_PLAIN) + "]")


def _lower(text: str) -> str:
    """Lower case of the same length (a few capitals, such as U+0130, would otherwise grow)."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low


def fold(norm: str) -> str:
    """The form in which word lists and texts are compared; same length as `norm`."""
    low = _replace_all(_lower(norm), _DASHES_AND_QUOTES, _PLAIN)
    return _Y_SYLLABLE.sub(lambda m: _Y[m[0]], low)


def _new_tones(norm: str) -> str:
    return _OLD_TONE.sub(lambda m: _TONE_PAIRS.get(m[0], m[0]), norm)


def _compose(cluster: str) -> str:
    """What a cluster of the text as given is in ``norm``: one character, none for invisible ones, or the stretch itself."""
    if cluster[0] == "\r":
        return "\n"
    bare = cluster.translate(_DROPPED)
    return unicodedata.normalize("NFC", _REPLACED.get(bare[0], bare[0]) + bare[1:]) if bare else ""


_COMPOSED = Memo(_compose)


def _align(clusters: list[str], pieces: list[str]) -> tuple[list[int], list[int]]:
    """For each character of the joined `pieces` the offsets where its part of its cluster starts and ends."""
    ends = list(accumulate(map(len, clusters)))
    starts = [0, *ends]
    starts.pop()
    lengths = list(map(len, pieces))
    if set(lengths) == {1}:
        return starts, ends
    from_: list[int] = []
    to: list[int] = []
    done = 0
    for i in [i for i, length in enumerate(lengths) if length > 1]:
        from_ += compress(starts[done:i], lengths[done:i])  # one character or none each
        to += compress(ends[done:i], lengths[done:i])
        a, b, length, done = starts[i], ends[i], lengths[i], i + 1
        first_end = b - length + 1
        if first_end <= a:  # more than the cluster has
            from_ += [a] * length
            to += [b] * length
        else:  # marks that no letter takes up are the last ones of their cluster
            from_ += [a, *range(first_end, b)]
            to += range(first_end, b + 1)
    from_ += compress(starts[done:], lengths[done:])
    to += compress(ends[done:], lengths[done:])
    return from_, to


class Text:
    r"""One text: ``raw`` as given, ``norm`` and ``fold`` for matching, and the way back to raw offsets.

    >>> t = Text("Tỉ\xa0lệ ở Hoà An")
    >>> t.norm, t.fold
    ('Tỉ lệ ở Hòa An', 'tỉ lệ ở hòa an')
    >>> t.raw_span(8, 11)
    (8, 11)
    """

    __slots__ = ("_ends", "_fold", "_starts", "norm", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._fold: str | None = None
        self._starts: list[int] | None = None
        self._ends: list[int] | None = None
        if _CAREFUL.search(raw) is None and unicodedata.is_normalized("NFC", raw):
            norm = _replace_all(raw, _SPECIAL, _REPLACED)
        else:
            few = len(_CAREFUL.findall(raw)) * _FEW < len(raw)
            clusters = (_STRETCH if few else _CLUSTER).findall(raw)
            pieces = list(map(_COMPOSED.__getitem__, clusters))
            self._starts, self._ends = _align(clusters, pieces)
            norm = "".join(pieces)
        self.norm = _new_tones(norm)

    @property
    def fold(self) -> str:
        """``norm`` as rules compare it, made when it is first asked for."""
        if self._fold is None:
            self._fold = fold(self.norm)
        return self._fold

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The span in ``raw`` of the span [start, end) in ``norm``; an empty span stays empty."""
        if self._starts is None or self._ends is None:
            return start, end
        if start >= end:
            at = self._starts[start] if start < len(self._starts) else len(self.raw)
            return at, at
        return self._starts[start], self._ends[end - 1]

    def norm_offset(self, at: int) -> int:
        """The offset in ``norm`` of the character at raw offset `at`, or of the next one that is kept."""
        if self._starts is None:
            return at
        i = bisect_right(self._starts, at)
        if i and self._starts[i - 1] <= at < (self._ends or [])[i - 1]:
            while i > 1 and self._starts[i - 2] == self._starts[i - 1]:
                i -= 1
            return i - 1
        return i
