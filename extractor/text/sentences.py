"""Where sentences end: an ordered list of small named rules, the first that answers decides.

A rule looks at the mark at token ``i`` and answers True (the sentence ends after it), False (it goes on) or None.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.draft import Draft, SectionSpan, Sentence
from extractor.text.normalize import fold
from extractor.text.tokens import Tokens, where

if TYPE_CHECKING:
    from extractor.patterns import Patterns

_ENDERS = frozenset({".", "!", "?", "…", "...", "./.", "/."})
_CLOSERS = frozenset({'"', "'", ")", "]", "”", "’", "»"})
_OPENERS = frozenset({'"', "'", "(", "[", "“", "‘", "«", "-", "–", "—", "+", "*", "•", "●", "■"})
# "12.", "1.2.", "b.", "VIII.": what numbers the items of a list.
_LIST_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}|[^\W\d_]|[IVX]{1,5}")
_FIRST_OF_LIST = re.compile(r"0?1|[aAI]")
_NEWLINE = ("newline",)
_SHORT_FORM = 3
_MOST_OPENERS = 4
# A capital, or a few consonants: a given name made short ("Đ.", "Kh.").
_INITIAL = re.compile(r"[A-ZĐ][b-df-hj-np-tv-xz]{0,2}")
_GOES_ON = frozenset({",", ";", ":"})
_MARKS = _CLOSERS | _OPENERS | _ENDERS | _GOES_ON
# Sentences of more tokens are cut at a semicolon or a comma: steps that compare all words of a sentence with each other
# must not take for ever over a text without full stops. One of 100,000 sentences of the press is longer.
_LONGEST = 400


@dataclass(slots=True)
class _Mark:
    """The mark at token `i` of `tokens` in its sentence that began at token `first`."""

    tokens: Tokens
    i: int
    first: int

    def kind(self, at: int) -> str:
        kinds = self.tokens.kind
        return kinds[at] if 0 <= at < len(kinds) else "newline"

    def word(self, at: int) -> str:
        forms = self.tokens.form
        return forms[at] if 0 <= at < len(forms) else ""

    def touches_next(self) -> bool:
        t = self.tokens
        return self.i + 1 < len(t) and t.start[self.i + 1] == t.end[self.i]

    def next_word(self) -> str:
        """The first word after opening marks (a quotation mark, a dash)."""
        at = self.i + 1
        while self.word(at) in _OPENERS or self.word(at) in _CLOSERS:
            at += 1
        return self.word(at)


def list_number(mark: _Mark) -> bool | None:
    """"1. Tên mục", "b. Tên mục" at the beginning or within "gồm: 1. Đất; 2. Nhà": it belongs to what follows."""
    number = mark.i - 1
    if mark.word(mark.i) != "." or not _LIST_NUMBER.fullmatch(mark.word(number)):
        return None
    start = mark.first
    while start < number and start < mark.first + _MOST_OPENERS and mark.word(start) in _OPENERS:
        start += 1
    before = mark.word(number - 1)
    if start == number or before == ";" or (before == ":" and _FIRST_OF_LIST.fullmatch(mark.word(number))):
        return False
    return None


def initial(mark: _Mark) -> bool | None:
    """"Đ. T.", "M.P", "Kh. An": a single capital before a full stop is an initial, or consonants without a vowel."""
    if mark.word(mark.i) == "." and _INITIAL.fullmatch(mark.word(mark.i - 1)):
        follows = mark.word(mark.i + 1)
        return False if mark.touches_next() or follows[:1].isupper() else None
    return None


def glued(mark: _Mark) -> bool | None:
    """"98%.Tỷ lệ": a capitalised word stuck to the full stop begins a sentence, a digit or small letter doesn't.

    Nor does what follows a short form in capitals ("ĐH.Vinh"), or a lone capital but after a plain word ("xong.Ở").
    """
    if not mark.touches_next():
        return None
    before, follows = mark.word(mark.i - 1), mark.word(mark.i + 1)
    if follows in _MARKS:
        return None
    if mark.kind(mark.i + 1) == "url":
        return True
    if not follows[:1].isupper() or (before.isupper() and len(before) <= _SHORT_FORM):
        return False
    return before.islower() or (len(follows) > 1 and not (before.isupper() and follows.isupper()))


def goes_on(mark: _Mark) -> bool | None:
    """A small letter or a comma after it, whatever quotation marks stand between: the sentence goes on.

    So it is after "…", after "v.v.", and after speech that is quoted: "“Đi đâu?”, ông hỏi", "“Hay quá!” - bà nói".
    """
    follows = mark.next_word()
    return False if follows[:1].islower() or follows in _GOES_ON else None


RULES: Sequence[Callable[[_Mark], bool | None]] = (list_number, initial, glued, goes_on)


def ends_sentence(mark: _Mark) -> bool:
    """What the first rule that answers says; where none does, an ending mark ends the sentence."""
    for rule in RULES:
        answer = rule(mark)
        if answer is not None:
            return answer
    return True


def split(tokens: Tokens, may_end: Set[str] = _ENDERS) -> list[tuple[int, int]]:
    """Sentences as token ranges [first, last); a newline always ends one, newline tokens are in none.

    ``may_end`` are the (folded) tokens after which one may end: marks, and abbreviations such as "v.v.".
    """
    out: list[tuple[int, int]] = []
    first = done = 0
    n = len(tokens)
    kinds, forms = tokens.kind, tokens.form
    for i in sorted([*where(tokens.text, may_end), *where(kinds, _NEWLINE)]):
        if i < done:
            continue
        if kinds[i] == "newline":
            if i > first:
                out += _cut(forms, first, i)
            first = i + 1
        elif i > first and ends_sentence(_Mark(tokens, i, first)):
            done = i + 1
            while done < n and (forms[done] in _ENDERS or (
                    forms[done] in _CLOSERS and tokens.start[done] == tokens.end[done - 1])):
                done += 1
            out += _cut(forms, first, done)
            first = done
    if first < n:
        out += _cut(forms, first, n)
    return out


def _cut(forms: Sequence[str], first: int, last: int) -> list[tuple[int, int]]:
    """The sentence [first, last), in pieces if it is too long: after the last semicolon that fits, or comma, or token."""
    out: list[tuple[int, int]] = []
    while last - first > _LONGEST:
        fits = range(first + _LONGEST - 1, first + _LONGEST // 2, -1)
        at = next((i for mark in ";," for i in fits if forms[i] == mark), fits[0]) + 1
        out.append((first, at))
        first = at
    out.append((first, last))
    return out


def enders(patterns: Patterns) -> Set[str]:
    """The tokens after which a sentence may end: ending marks, and the abbreviations that say so."""
    return _ENDERS | {fold(phrase) for rule in patterns.rules.get("abbreviation", ()) if rule.get("ends_sentence")
                      for phrase in rule.get("phrases")}


def set_sentences(draft: Draft) -> None:
    """Fill ``draft.sentences``; a sentence's section is that of its first character."""
    tokens, norm = draft.tokens, draft.text.norm
    starts = [s.start for s in draft.sections]
    paragraph, seen = 0, 0
    for index, (first, last) in enumerate(split(tokens, draft.patterns.part(enders))):
        a, b = tokens.start[first], tokens.end[last - 1]
        paragraph += norm.count("\n", seen, a) > 0
        seen = a
        draft.sentences.append(Sentence(index, a, b, first, last, _section(draft.sections, starts, a), paragraph))


def _section(sections: Sequence[SectionSpan], starts: Sequence[int], at: int) -> str:
    i = bisect_right(starts, at) - 1
    return sections[i].kind if i >= 0 and at < sections[i].end else "body"
