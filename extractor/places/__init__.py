"""Places in running text: which words name one, which official unit it is, and what the article is about."""

from __future__ import annotations

from extractor.draft import Draft, PlaceMention
from extractor.places.document import document_provinces
from extractor.places.found import Found, Reading
from extractor.places.judge import Judge
from extractor.places.mentions import Reader
from extractor.places.regions import find_regions
from extractor.places.resolve import Resolver
from extractor.places.time_of import time_of
from extractor.places.units import Units, units


def find_places(draft: Draft) -> None:
    """Fill ``draft.places`` (in order of the text) and ``draft.document_provinces``."""
    reading = Reading(draft)
    reader = Reader(reading)
    found = reader.read()
    time, day = time_of(draft, found), draft.meta.published or draft.article.published or ""
    regions = find_regions(reading)
    places = Judge(reading, found, time, day).judge()
    abroad = [m.start for m in regions if m.level == "foreign"]
    kept, named = _meant(Resolver(reading, places, time, day, abroad).resolve())
    table = draft.patterns.part(units)
    mentions = [_mention(draft, table, f, time) for f in kept]
    draft.places = _with_sentences(draft, mentions + _apart(regions, mentions))
    bodies = _with_sentences(draft, [_mention(draft, table, f, time) for f in named if f.body == "state"])
    draft.document_provinces = document_provinces(draft, bodies, reader.scopes)


def _apart(regions: list[PlaceMention], mentions: list[PlaceMention]) -> list[PlaceMention]:
    """The regions that share no character with a mention ("Lào" in "Lào Cai")."""
    taken = {c for m in mentions for c in range(m.outer_start, m.end)}
    return [m for m in regions if m.start not in taken and m.end - 1 not in taken]


def _with_sentences(draft: Draft, mentions: list[PlaceMention]) -> list[PlaceMention]:
    """The mentions in order of the text, each with its sentence and section."""
    for mention in mentions:
        sentence = draft.sentence_at(mention.start)
        if sentence is not None:
            mention.sentence, mention.section = sentence.index, sentence.section
    return sorted(mentions, key=lambda m: m.start)


def _meant(found: list[Found]) -> tuple[list[Found], list[Found]]:
    """The mentions of places that are meant; and those of places that are only part of the name of a body.

    "UBND tỉnh Cao Bằng" means the province, "Sở Y tế Hà Nội" and "Báo Cao Bằng" alone don't.
    """
    def place(f: Found) -> tuple[str, str | None, str]:
        return f.level, f.province, f.key if f.level != "province" else ""

    meant = {place(f) for f in found if not f.body or (f.kinds and f.body == "state")}
    return [f for f in found if place(f) in meant], [f for f in found if place(f) not in meant]


def _mention(draft: Draft, table: Units, f: Found, time: str) -> PlaceMention:
    tokens = draft.tokens
    name, code = f.name, f.unit.code if f.unit else None
    if f.level == "province" and f.province:
        name = f.province
        day = draft.meta.published or draft.article.published or {"34": "2025-07-01"}.get(time)
        unit = table.province(name, day)
        code = unit.code if unit else None
    elif f.unit is not None:
        name = f.unit.name
    first = f.outer if f.how == "number" else f.first  # the class word is part of a number's name
    return PlaceMention(tokens.start[first], tokens.end[f.last - 1], tokens.start[f.outer], f.level, name,
                        f.province, f.district, code, f.how, in_organization=bool(f.body))
