"""Places in running text: which words name one, which official unit it is, and what the article is about."""

from __future__ import annotations

from extractor.draft import Draft, PlaceMention
from extractor.places.document import document_provinces
from extractor.places.found import Found
from extractor.places.mentions import Reader
from extractor.places.names import names
from extractor.places.regions import find_regions
from extractor.places.resolve import Resolver
from extractor.places.time_of import time_of
from extractor.places.units import Units, units


def find_places(draft: Draft) -> None:
    """Fill ``draft.places`` (in order of the text) and ``draft.document_provinces``."""
    reader = Reader(draft)
    found = reader.read()
    time = time_of(draft, found)
    day = draft.meta.published or draft.article.published
    kept, named = _meant(Resolver(reader.r, draft.patterns.part(names), found, time, day).resolve())
    table = draft.patterns.part(units)
    mentions = [_mention(draft, table, f, time) for f in kept]
    mentions += find_regions(reader.r, [(m.outer_start, m.end) for m in mentions])
    draft.places = _with_sentences(draft, mentions)
    bodies = _with_sentences(draft, [_mention(draft, table, f, time) for f in named if f.body == "state"])
    draft.document_provinces = document_provinces(draft, bodies, reader.scopes)


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

    meant = {place(f) for f in found if not f.body or f.kinds and f.body == "state"}
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
    return PlaceMention(tokens.start[f.first], tokens.end[f.last - 1], tokens.start[f.outer], f.level, name,
                        f.province, f.district, code, f.how, in_organization=bool(f.body))
