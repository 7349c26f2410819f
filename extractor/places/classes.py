"""Class words in the text: "huyện", "TP.", "các huyện, thị xã", and what may stand between them and the name."""

from __future__ import annotations

from typing import NamedTuple

from extractor.places.found import Reading
from extractor.places.words import ClassWord

# Tokens of class words in a row ("xã, phường, thị trấn"); what goes on longer is no Vietnamese.
_LONGEST_ROW = 24
_MODIFIERS = 3
_LONGEST_INTRODUCTION = 9
VILLAGE = frozenset({"village"})
OPENING = frozenset({":", "(", '"', "-"})
_WITHIN = frozenset({",", "(", '"'})


class ClassPhrase(NamedTuple):
    """Class words that stand together: tokens [first, last), the units they mean, and whether they announce several.

    ``levels`` are the levels that all of them have in common ("tỉnh, thành phố": province).
    """

    first: int
    last: int
    kinds: tuple[str, ...]
    levels: frozenset[str]
    several: bool


def class_word(r: Reading, i: int) -> tuple[ClassWord, int] | None:
    """The class word that begins at token `i`, and the token after it."""
    for tokens, forms, word in r.words.classes.get(r.text[i], ()) if 0 <= i < r.n else ():
        end = i + len(tokens)
        if r.text[i:end] == tokens and (not forms or r.printed(i, end) in forms):
            return word, end
    return None


def is_name(r: Reading, i: int) -> bool:
    """"Sóc Trăng", "Buôn Hồ": the first syllable of the name happens to be a class word."""
    at = class_word(r, i) if r.cap(i) else None
    return at is not None and "village" in at[0].levels and r.match(i) > at[1]


def class_phrase(r: Reading, i: int) -> ClassPhrase | None:
    """The class words at token `i`, None where they are part of another word or name."""
    at = class_word(r, i)
    if at is None or r.words.compound.before(r.text, at[1]) < i:
        return None
    word, end = at
    earlier = class_word(r, i - 1) if word.levels == VILLAGE else None
    if earlier is not None and earlier[1] == i and earlier[0].levels == VILLAGE:
        return None  # "phum sóc Trà Vinh"
    kinds, levels, several = [word.kind], word.levels, False
    while end < r.n and end - i < _LONGEST_ROW:
        step = r.text[end] in r.words.join
        following = class_word(r, end + step)
        if following is None or is_name(r, end + step):
            break
        if not step and levels == VILLAGE:
            return None  # "buôn làng", "phum sóc": villages in general
        common = levels & following[0].levels
        kinds = [*kinds, following[0].kind] if common else [following[0].kind]
        levels, several, end = common or following[0].levels, bool(common), following[1]
    if _inside_name(r, i, levels):
        return None
    several = several or r.word(i - 1) in r.words.plural or (i > 0 and r.kind[i - 1] == "number")
    return ClassPhrase(i, end, tuple(kinds), levels, several)


def _inside_name(r: Reading, i: int, levels: frozenset[str]) -> bool:
    """"Ngũ Xã": a capital between capitals is no class word."""
    return (not levels & {"province", "district"} and r.cap(i) and r.cap(i - 1) and r.kind[i - 1] == "word"
            and not r.all_caps(i - 1))


def names_one(r: Reading, c: ClassPhrase) -> bool:
    """Whether class words of provinces without a name mean the article's own ("toàn tỉnh"), not any ("cấp tỉnh")."""
    return ("province" in c.levels and not c.several and r.word(c.first - 1) not in r.words.not_scope
            and r.word(c.last) not in r.words.not_scope_after)


def name_begins(r: Reading, c: ClassPhrase) -> int:
    """The token at which the name may begin: right after the class words, or after what describes or announces it."""
    i = c.last
    for _ in range(_MODIFIERS):
        upto = r.words.modifier.after(r.text, i)
        if upto == i or (r.cap(i) and r.match(i) > upto):
            break
        i = upto
    if i < r.n and not r.cap(i) and (c.several or r.text[i] == ":"):
        i = _introduced(r, i, c.levels == VILLAGE)
    return c.last if i >= r.n or r.kind[i] == "newline" else i


def _introduced(r: Reading, i: int, villages: bool) -> int:
    """"hai huyện khó khăn nhất là Bảo Lâm": the name after the word that announces it, else `i`."""
    for k in range(i, min(i + _LONGEST_INTRODUCTION, r.n)):
        upto = r.words.introducer.after(r.text, k)
        if upto > k:
            if villages and upto == i + 1 and r.text[i] == ":" and r.cap(upto):
                return upto
            if r.cap(upto) or r.word(upto) in OPENING:
                upto += r.text[upto] in OPENING
                return upto if r.cap(upto) and r.match(upto) > upto else i
        if r.cap(k) or r.text[k] in r.words.classes or (r.kind[k] not in ("word", "number") and r.text[k] not in _WITHIN):
            return i
    return i
