"""The name after a class word: one of the tables, a number, a village's, or capitals that no table has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.places.classes import OPENING, ClassPhrase, class_word
from extractor.places.found import Found, Reading
from extractor.places.units import Unit

_LONGEST_UNKNOWN = 3
DISTRICT = frozenset({"district"})
_NUMBERED = frozenset({"commune", "district", "village"})
_DIGITS = 2
#: a capital after a small letter: two words without the blank between them
_GLUED = re.compile(r"[^\W\d_A-Z\u0110](?<=[^A-Z\u0110])[A-Z\u0110\u1ea2]")


def fitting(units: Iterable[Unit], kinds: tuple[str, ...], levels: frozenset[str]) -> list[Unit]:
    """The units that class words of these kinds may mean, those of the very kind first; one level only."""
    fit = [u for u in units if u.level in levels]
    exact = [u for u in fit if u.kind in kinds]
    if "province" in levels and "district" in levels:
        provinces = [u for u in fit if u.level == "province"]
        return ([u for u in exact if u.level == "province"] or [u for u in provinces if not u.kind]
                or [u for u in exact or fit if u.level == "district"] or provinces)
    if levels == DISTRICT and exact:
        return exact  # former kinds have rows of their own: "huyện Hòa Bình" is not the city
    return exact + [u for u in fit if u.kind not in kinds]


def named(r: Reading, first: int, c: ClassPhrase) -> Found | None:
    """The name at token `first` that the class words `c` announce, None if it can't be theirs."""
    between = first > c.last
    if "village" in c.levels:
        if between and r.text[first - 1] != ":":
            return None
        return village(r, first, c.first if first == c.last else first, c.kinds, c.levels)
    known_only = between or _is_short(r, c.first, first)
    last = r.match(first)
    key = r.key(first, last)
    entries = [] if not known_only and _goes_on(r, last) else r.names.entries.get(key, [])
    units = fitting(entries, c.kinds, c.levels)
    outer = first if between else c.first
    if units:
        if _is_where(r, first, c, entries, units):
            return None
        return Found(first, last, outer, key, r.printed(first, last), "class", units, c.kinds, c.levels, units[0].level)
    if known_only or "province" in c.levels or ("district" in c.levels and _is_province(entries)):
        return None
    last = _unknown_end(r, first, c)
    if last == first:
        return None
    return Found(first, last, outer, r.key(first, last), r.printed(first, last), "class", [], c.kinds, c.levels,
                 min(c.levels))


def _is_province(units: Iterable[Unit]) -> bool:
    return any(u.level == "province" for u in units)


def _is_short(r: Reading, i: int, first: int) -> bool:
    """"H.", "TP", and a capital in mid-sentence ("Đại Cồ Việt, Xã Đàn"): class words for names of the tables only."""
    if not r.text[i].isalpha():
        return True
    return not r.all_caps(first) and (r.all_caps(i) or (r.cap(i) and not r.begins(i)))


def _is_where(r: Reading, first: int, c: ClassPhrase, entries: Iterable[Unit], units: Iterable[Unit]) -> bool:
    """"các xã biên giới Lạng Sơn": the name says where the communes are."""
    return (c.several and "province" not in c.levels and _is_province(entries) and r.text[first - 1] not in OPENING
            and (first > c.last or not any(u.kind in c.kinds for u in units)))


def _goes_on(r: Reading, last: int) -> bool:
    """"xã Thanh Khai": whether a single capital follows that is no class word and begins no name of place or person."""
    return (r.cap(last) and r.kind[last] == "word" and r.kind[last - 1] == "word" and not r.all_caps(last)
            and r.run_end(last) == last + 1 and class_word(r, last) is None and r.match(last) == last
            and r.text[last] not in r.words.honorific and r.words.not_name.after(r.text, last) == last)


def _no_name(r: Reading, first: int) -> bool:
    """"xã Nông thôn mới", "bản Hiến pháp"; but "ấp Cầu Ván" has a capital after the word that is often none."""
    last = r.words.not_name.after(r.text, first)
    person = r.text[first] in r.words.honorific and (r.word(last) in r.words.any_surname or r.run_end(last) - last > 1)
    return last > first and (last - first > 1 or not r.cap(last) or person)


def _before_person(r: Reading, first: int, end: int) -> int:
    """Where a person's name begins in the run of capitals [first, end) after a first name, else `end`."""
    for k in range(first + 1, end):
        if r.text[k] in r.words.surname and end - k >= 2:
            return k
    return end


def _unknown_end(r: Reading, first: int, c: ClassPhrase) -> int:
    """Where a name ends that no table has, `first` if it is none: never long, never a person's, no misprint of two words.

    A single syllable is too little for a district, unless it is almost one of the tables, and after a capital.
    """
    end = _before_person(r, first, min(r.run_end(first), first + _LONGEST_UNKNOWN + 1))
    if _no_name(r, first) or r.all_caps(first) or end - first > _LONGEST_UNKNOWN:
        return first
    if r.text[first] in r.words.surname and end - first > 2:
        return first
    if any(_GLUED.search(r.printed(k, k + 1)) for k in range(first, end)):
        return first
    if end == first + 1 and (r.cap(first - 1) or ("district" in c.levels and not r.names.alike(
            "district", r.printed(first, end)))):
        return first
    return end


def numbered(r: Reading, first: int, c: ClassPhrase) -> Iterator[Found]:
    """"quận 3", "Q.4", "thôn 8", "các quận 1, 3 và 4": the class word and the number are the name."""
    level = min(c.levels & _NUMBERED, default="")
    if not level or (c.first and r.kind[c.first - 1] == "number") or (level == "commune" and len(c.kinds) > 1):
        return
    if len(r.text[c.first]) == 1 and r.start[first] > r.end[c.first]:
        return  # "P 5"
    begin = c.first
    while r.small_number(first, _DIGITS) and r.word(first + 1) not in r.words.not_count:
        key = f"{c.kinds[-1]} {int(r.text[first])}"
        units = [u for u in r.names.entries.get(key, ()) if u.level == level]
        if level != "village" and not units:
            return
        name = units[0].name if units else r.printed(begin, first + 1)
        yield Found(first, first + 1, begin, key, name, "number", units, c.kinds, c.levels, level, c.several)
        if not c.several or r.word(first + 1) not in r.words.join:
            return
        first += 2
        begin = first


def village(r: Reading, first: int, outer: int, kinds: tuple[str, ...], levels: frozenset[str]) -> Found | None:
    """The capitals after the class word of a village, with a number that belongs to them ("Huồi Ức 2")."""
    end = r.run_end(first)
    if _no_name(r, first) or _is_head_of_village(r, first, end):
        return None
    end = _before_person(r, first, end)
    if end - first > _LONGEST_UNKNOWN:
        return None
    if r.small_number(end, _DIGITS) and r.word(end + 1) not in r.words.not_count:
        end += 1
    return Found(first, end, outer, r.key(first, end), r.printed(first, end), "class", [], kinds, levels, "village")


def _is_head_of_village(r: Reading, first: int, end: int) -> bool:
    """"trưởng thôn Nguyễn Văn A" is a person; "trưởng xóm Bình Minh, xã Hải Quang" heads a village."""
    if r.words.head.before(r.text, first) == first:
        return False
    if r.text[first] not in r.words.any_surname:
        return False
    at = class_word(r, end + 1) if r.word(end) in r.words.of else None
    commune = at is not None and "village" not in at[0].levels
    return not commune or (end - first > 2 and len(r.text[end - 1]) > 1)
