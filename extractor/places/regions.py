"""The country, its regions, and places abroad: word lists, with a check of capitals and of what stands around."""

from __future__ import annotations

from functools import cache

from extractor.draft import PlaceMention
from extractor.places.found import Reading
from extractor.rules.lexicon import Hit


def find_regions(r: Reading) -> list[PlaceMention]:
    """Mentions of the levels country, region and foreign."""
    draft = r.draft
    hits = [h for name in ("region", "place_abroad") for h in draft.hits.get(name, ())]
    out: list[PlaceMention] = []
    end = -1
    for hit in sorted(hits, key=lambda h: (h.first, -h.last)):
        if hit.first < end or not _written(r, hit):
            continue
        rule = hit.entry.data
        level = str(rule.get("level", "foreign"))
        if level == "foreign" and not _is_place(r, hit):
            continue
        name = str(rule.get("name") or r.printed(hit.first, hit.last))
        end = hit.last
        out.append(PlaceMention(hit.start, hit.end, hit.start, level, name, rule=rule.table,
                                in_organization=level == "country" and _in_name(r, hit)))
    return out


def _written(r: Reading, hit: Hit) -> bool:
    """Whether the capitals of the phrase are capitals in the text."""
    phrase = hit.entry.phrase
    if r.word(hit.first - 1) == "." and r.start[hit.first] == r.end[hit.first - 1]:
        return False  # "vov.vn"
    words, capitals = _capitals(phrase)
    if phrase[0].isupper() and not r.cap(hit.first):
        return False
    if not capitals:
        return True
    if hit.entry.data.get("level") == "region" and r.cap(hit.last) and r.kind[hit.last] == "word":
        return False  # "phía Nam Hà Nội"
    if words != hit.last - hit.first:
        return r.cap(hit.first)
    return all(r.cap(hit.first + k) for k in capitals)


@cache
def _capitals(phrase: str) -> tuple[int, tuple[int, ...]]:
    """How many words a phrase of the lists has, and which of them begin with a capital."""
    words = phrase.split()
    return len(words), tuple(k for k, word in enumerate(words) if word[0].isupper())


def _is_place(r: Reading, hit: Hit) -> bool:
    """A name abroad: no part of a longer name; one of a single syllable needs a word of place or another country."""
    if r.run_end(hit.last) > hit.last and not r.all_caps(hit.first):
        return False
    begin = r.run_begin(hit.first)
    if begin < hit.first and not (begin == hit.first - 1 and r.begins(begin)):
        return False
    before = r.text[hit.first - 1] if hit.first else ""
    if before in r.words.honorific or r.words.street.before(r.text, hit.first) < hit.first:
        return False
    if hit.last - hit.first > 1 or hit.end - hit.start > _SHORT:
        return True
    if r.words.not_abroad.after(r.text, hit.first) > hit.first:
        return False
    return not r.begins(hit.first) and (before in r.words.at or before in r.words.abroad or before in r.words.join)


_SHORT = 4


def _in_name(r: Reading, hit: Hit) -> bool:
    """"Ngân hàng Nhà nước Việt Nam": a capital right before, or the state's body."""
    return r.cap(hit.first - 1) or r.words.body.before(r.text, hit.first) < hit.first
