"""What stands around a bare name: a place, a person, a street, a company. The first rule that answers decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.places.found import Found, Reading

_FARTHEST = 11  # tokens from a place back to the first word of the body it is part of
_SMALL = 6  # of which in small letters

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
    for phrases in (r.words.street, r.words.feature):
        if phrases.before(r.text, f.first) < f.first:
            return False
    return None


def capitals_before(r: Reading, f: Found, earlier: Found | None) -> bool | None:
    """"Nguyễn Thái Bình", "Becamex Bình Dương": the name is the end of a longer one."""
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
    return None if begin == f.first - 1 and r.begins(begin) else False


def capitals_after(r: Reading, f: Found, _: Found | None) -> bool | None:
    """"Thái Bình Seed", "Hà Nội FC"; a person's name may follow ("Sở Y tế Hà Nội Nguyễn Văn Tám")."""
    end = r.run_end(f.last)
    if end == f.last:
        return None
    if r.text[f.last] in r.words.any_surname and end - f.last >= 2:
        return None
    return False


#: Asked in this order about every bare name.
RULES: Sequence[Rule] = (after_honorific, street_or_river, capitals_before, capitals_after)


def may_be_place(r: Reading, f: Found, earlier: Found | None) -> bool:
    """Whether the bare name `f` may be a place's; `earlier` is the name before it."""
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
            return ""
        for phrases, answer in ((words.body, "body"), (words.state, "state")):
            upto = phrases.after(text, k)
            if k < upto <= f.outer:
                longer = _longer(r, k, upto)
                return longer or answer
        if word in words.stop and not r.cap(k):
            return ""
        small += not r.cap(k)
        if small > _SMALL:
            return ""
    return ""


def _longer(r: Reading, k: int, upto: int) -> str:
    """The body whose longer name ends with the one at token `k` ("trường đại học" of "đại học")."""
    for answer, phrases in (("body", r.words.body), ("state", r.words.state)):
        if phrases.before(r.text, upto) < k:
            return answer
    return ""


_INSIDE = frozenset({"-", "&", ".", "/"})
