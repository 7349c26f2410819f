"""What stands around a bare name: a place, a person, a street, a company. The first rule that answers decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.places.found import Found, Reading

_FARTHEST = 11  # tokens from a place back to the first word of the body it is part of
_SMALL = 6  # of which in small letters
HOUSE_DIGITS = 3

#: what a rule may answer: it is a place, it is none, or (None) the next rule is asked
Rule = Callable[[Reading, Found, "Found | None"], "bool | None"]


def after_honorific(r: Reading, f: Found, _: Found | None) -> bool | None:
    """"ông Hòa Bình", "anh Thái Bình": a person; "trẻ em Hà Giang" isn't."""
    before = f.first - 1
    if before < 0 or r.text[before] not in r.words.honorific:
        return None
    return None if before and r.text[before - 1] in r.words.not_honorific else False


def street_or_river(r: Reading, f: Found, _: Found | None) -> bool | None:
    """"phố Huế", "đường Điện Biên", "sông Đồng Nai"."""
    if r.words.neutral.before(r.text, f.first) < f.first:
        return None
    for phrases in (r.words.street, r.words.feature):
        if phrases.before(r.text, f.first) < f.first:
            return False
    return None


def house_number(r: Reading, f: Found, _: Found | None) -> bool | None:
    """"4/19 Hậu Giang", "số 21 Tân An": a number right before that is no date and counts nothing is a house's."""
    return False if r.small_number(f.first - 1, HOUSE_DIGITS) else None


def capitals_before(r: Reading, f: Found, earlier: Found | None) -> bool | None:
    """"Nguyễn Thái Bình", "Becamex Bình Dương": the name is the end of a longer one."""
    if r.in_capitals(f.first, f.last):
        return None
    begin = r.run_begin(f.first)
    if begin == f.first or (earlier is not None and earlier.last == f.first and earlier.level):
        return None
    if begin == f.first - 1 and r.all_caps(begin) and r.all_caps(f.first) and len(r.text[f.first]) > 1:
        return None
    if r.text[begin] in r.words.honorific or r.text[begin] in r.words.surname:
        return False
    for k in range(begin, f.first):
        if r.words.state.after(r.text, k) > k or r.words.body.after(r.text, k) > k:
            return None
    if begin == f.first - 1 and r.all_caps(begin) and f.last - f.first > 1:
        return None  # "GDTX Sơn La": part of a body's name
    return None if begin == f.first - 1 and r.begins(begin) else False


def capitals_after(r: Reading, f: Found, _: Found | None) -> bool | None:
    """"Thái Bình Seed", "Hà Nội FC"; a person's name may follow ("Sở Y tế Hà Nội Nguyễn Văn Tám")."""
    end = r.run_end(f.last)
    if end == f.last or r.in_capitals(f.first, f.last):
        return None
    if r.text[f.last] in r.words.any_surname and end - f.last >= 2:
        return None
    return False


#: Asked in this order about every bare name.
RULES: Sequence[Rule] = (after_honorific, street_or_river, house_number, capitals_before, capitals_after)


def own_class(r: Reading, f: Found) -> str | None:
    """What the class word means that is part of the name ("TP.HCM", "TP Hồ Chí Minh"), None without one."""
    for word, kind in r.words.prefixes.items():
        if f.key.startswith(word + " ") or (f.key.startswith(word) and not word.isalpha()):
            return kind
    return None


def may_be_place(r: Reading, f: Found, earlier: Found | None) -> bool:
    """Whether the bare name `f` may be a place's; `earlier` is the name before it.

    A name that brings its class word along ("TP.HCM") is one.
    """
    if own_class(r, f) is not None:
        return True
    for rule in RULES:
        answer = rule(r, f, earlier)
        if answer is not None:
            return answer
    return True


def body_of(r: Reading, f: Found) -> str:
    """"state" or "body" if the name is the end of such a body's name ("Sở Y tế Hà Nội", "Báo Cao Bằng"), else ""."""
    text, kinds, words = r.text, r.kind, r.words
    small = 0
    for k in range(f.outer - 1, max(-1, f.outer - _FARTHEST), -1):
        word = text[k]
        if kinds[k] not in ("word", "abbr", "number") and word not in _INSIDE:
            break
        for phrases, answer in ((words.body, "body"), (words.state, "state")):
            upto = phrases.after(text, k)
            if k < upto <= f.outer and _names_a_body(r, k, upto, f):
                return _longer(r, k, upto) or answer
        if word in words.stop and not r.cap(k) and not (word in words.join and k + 1 < f.outer and r.cap(k + 1)):
            break
        small += not r.cap(k)
        if small > _SMALL:
            break
    return "body" if _after_abbreviation(r, f) else ""


def _after_abbreviation(r: Reading, f: Found) -> bool:
    """"VNPT Hà Nội": capitals throughout right before make a body, whichever it is."""
    k = f.outer - 1
    return k >= 0 and r.all_caps(k) and r.kind[k] == "word" and len(r.text[k]) > 2 and not r.all_caps(f.first)


def _names_a_body(r: Reading, k: int, upto: int, f: Found) -> bool:
    """Whether tokens [k, upto) are the first noun of a body's name: a short one needs the name right after it."""
    if any(k - back >= 0 and r.words.neutral.after(r.text, k - back) >= k + 1 + (back == 0) * (upto - k) for back in (0, 1)):
        return False
    if upto - k > 1 or (r.all_caps(k) and len(r.text[k]) > 1):
        return True
    return (upto == f.outer or r.cap(upto)) and (len(r.text[k]) > 2 or not r.text[k].isascii() or r.all_caps(k))


def _longer(r: Reading, k: int, upto: int) -> str:
    """The body whose longer name ends with the one at token `k` ("trường đại học" of "đại học")."""
    for answer, phrases in (("body", r.words.body), ("state", r.words.state)):
        if phrases.before(r.text, upto) < k:
            return answer
    return ""


_INSIDE = frozenset({"-", "&", ".", "/"})
