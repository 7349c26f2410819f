"""Tokens of press text: syllables, whole numbers, whole document numbers, abbreviations, single marks.

One regular expression cuts the normalised text from left to right; what it must keep whole (abbreviations with a
full stop, "LĐ-TB&XH") is listed in ``patterns/tokens.toml``. What a token is called (its kind) and how it is folded
depend on its own characters only, so both are looked up instead of being worked out for every token.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, compress
from typing import Final

from extractor.text.normalize import Memo, fold

_LETTER: Final = r"[^\W\d_]"
# Latin letters as plain ranges: one look-up in a table each, where `_LETTER` is a chain of tests.
_LATIN: Final = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_SMALL: Final = "".join(c for c in map(chr, [*range(0x61, 0x250), *range(0x1E00, 0x1F00)]) if c.islower())
_SYLLABLE: Final = rf"[{_LATIN}][{_SMALL}]*+"
_CODE: Final = rf"{_LETTER}[\w&]*(?:[-–.][\w&]+)*"
_CODES: Final = rf"{_CODE}(?:/{_CODE})*"
# After the slash of a document number: "KH-UBND", "QĐ", "Ctr-TU", but not a name ("2/Bảo").
_CODE_BEGINS: Final = r"(?=[A-ZĐ][a-zđ]{0,3}[-–A-ZĐ])"
_WEB: Final = r"""[^\s<>()\[\]"”]"""

_NEWLINE: Final = r"\n+"
_URL: Final = (rf"""(?:https?://|www\.){_WEB}*(?<![.,;:!?…])"""
               r"|(?<![\w.+-])[\w.+-]{1,64}+@[\w-]+(?:\.[\w-]+)+")
_NUMBER_OF_DOCUMENT: Final = (rf"\d{{1,5}}[a-zđ]?(?:/\d{{4}})?/{_CODE_BEGINS}{_CODES}"
                              rf"|\d{{1,4}}-(?=[A-ZĐ]{{2}}){_CODES}")
_DATE: Final = (r"\d{1,2}/\d{1,2}/\d{4}(?!\d)|\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}-\d{1,2}-\d{4}(?!\d)"
                r"|\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}(?!\d)")
_NUMBER: Final = r"\d+(?:[.,]\d+)*"
_WORD: Final = rf"{_LETTER}+(?:['’]{_LETTER}+)*(?:&{_LETTER}+)*"
_MARK: Final = r"\.\.\.|\.?/\.(?=\s|$)|\S"


# After its full stop an abbreviation may touch a name or a number ("TP.Hà Giang", "Q.1"), but not a lone letter ("P.V"
# is two initials) or more dots ("v.v..."). Any other one ends where the word ends.
_AFTER_STOP: Final = rf"(?!{_LETTER}(?!\w)|\.\.)"
_AFTER_LETTER: Final = r"(?!\w)"


def _any_of(words: Iterable[str], before: str = "") -> str:
    """One expression for all of `words`, the longest that fits first, which branches letter by letter.

    ``before`` is the letter that stands before them.
    """
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    branches = [re.escape(letter) + _any_of(rest, letter) for letter, rest in sorted(tails.items()) if letter]
    if "" in tails:
        branches.append(_AFTER_STOP if before == "." else _AFTER_LETTER)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


class TokenPattern:
    """The token expression, and the kind and the folded form of each token it cuts.

    ``abbreviations``: strings that are kept whole (they end in a full stop or hold marks); case matters.
    """

    def __init__(self, abbreviations: Iterable[str]) -> None:
        kept = {a for a in abbreviations if a}
        # A figure may stand right before one: "1.200m2".
        abbreviation = rf"(?<!{_LETTER}){_any_of(kept)}" if kept else r"(?!)"
        groups = {"newline": _NEWLINE, "url": _URL, "abbr": abbreviation, "code": _NUMBER_OF_DOCUMENT, "date": _DATE,
                  "number": _NUMBER, "word": _WORD, "mark": _MARK}
        # Three of four tokens are a syllable with a space, a comma or a line end after it, which can be nothing else,
        # unless an abbreviation goes on there: they don't go through all the alternatives.
        heads = {head[0] for a in kept if (head := re.match(rf"{_SYLLABLE}(?=[ ,])", a))}
        plain = (rf"(?!{_any_of(heads)}[ ,])" if heads else "") + rf"{_SYLLABLE}(?=[ ,\n])"
        figures = rf"(?=\d)(?:{_NUMBER_OF_DOCUMENT}|{_DATE}|{_NUMBER})"
        self._cut = re.compile(f"({plain}|{_NEWLINE}|{_URL}|{abbreviation}|{figures}|{_WORD}|{_MARK})")
        self._named = re.compile("|".join(f"(?P<{name}>{group})" for name, group in groups.items()))
        self.kinds = Memo(self._kind)
        self.folds = Memo(fold)

    def _kind(self, token: str) -> str:
        match = self._named.fullmatch(token)
        return match.lastgroup or "mark" if match else "mark"

    def cut(self, norm: str) -> list[str]:
        """`norm` in pieces that add up to it: white space (or nothing) and tokens in turn."""
        return self._cut.split(norm)


def compile_tokens(abbreviations: Iterable[str]) -> TokenPattern:
    """The token expression that keeps `abbreviations` whole."""
    return TokenPattern(abbreviations)


class Tokens:
    """The tokens of a text as parallel lists, offsets into the normalised text.

    ``start``, ``end``: offsets; ``form``: the characters of ``norm``; ``text``: the folded form (lower case) that
    lexicons are matched against; ``kind``: newline, url, abbr, code, date, number, word or mark.
    """

    __slots__ = ("end", "form", "kind", "start", "text")

    def __init__(self, pattern: TokenPattern, norm: str) -> None:
        pieces = pattern.cut(norm)
        ends = list(accumulate(map(len, pieces)))
        self.form: list[str] = pieces[1::2]
        self.start: list[int] = ends[:-1:2]
        self.end: list[int] = ends[1::2]
        self.kind: list[str] = list(map(pattern.kinds.__getitem__, self.form))
        self.text: list[str] = list(map(pattern.folds.__getitem__, self.form))

    def __len__(self) -> int:
        return len(self.start)


def where(words: Sequence[str], wanted: Collection[str]) -> list[int]:
    """The places of `words` (or kinds) at which one of `wanted` stands, found at the speed of C."""
    return list(compress(range(len(words)), map(wanted.__contains__, words)))
