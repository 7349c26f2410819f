"""Where the number holds: a place of its sentence, one carried from before, the article's own, the country, or none."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.binding.linear import Candidate
from extractor.binding.spot import Spot, near
from extractor.draft import Bound, Draft, PlaceMention
from extractor.patterns import Patterns
from extractor.places.units import units
from extractor.text.normalize import fold

COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A place as the output names it: the path, its province, district and code."""

    path: str
    province: str | None = None
    district: str | None = None
    level: str = ""


def _class_words(patterns: Patterns) -> dict[tuple[str, str], str]:
    """What a printed class word or its abbreviation is in full, by level: ("district", "tx.") → its kind."""
    return {(str(r.get("level")), fold(str(r.get("word")))): str(r.get("kind") or r.get("word")).split(" (")[0]
            for r in patterns.rules.get("classword", ())}


def _named(draft: Draft, level: str, name: str, province: str | None, printed: str) -> str:
    """The name of a unit below the province with its class word, from the text or else from the tables of units."""
    kind = draft.patterns.part(_class_words).get((level, printed))
    if kind is None:
        table = draft.patterns.part(units)
        rows = table.districts(name, province) if level == "district" else table.communes(name, province)
        kind = rows[0].kind.split(" (")[0] if rows else printed
    return name if not kind or name.casefold().startswith(kind) else f"{kind} {name}"


def value_of(draft: Draft, mention: PlaceMention) -> PlaceValue:
    """The place of a mention: a province by its name, a smaller unit with its class word and the units it lies in."""
    if mention.level == "province":
        return PlaceValue(mention.name, mention.name, None, "province")
    if mention.level in ("country", "region", "foreign"):
        return PlaceValue(mention.name, None, None, mention.level)
    printed = draft.text.fold[mention.outer_start:mention.start].strip()
    parts = [_named(draft, mention.level, mention.name, mention.province, printed)]
    if mention.level != "district" and mention.district:
        parts.append(_named(draft, "district", mention.district, mention.province, ""))
    if mention.province:
        parts.append(mention.province)
    district = mention.name if mention.level == "district" else mention.district
    return PlaceValue(", ".join(parts), mention.province, district, mention.level)


def candidates(spot: Spot, indicator: str, status: str) -> list[Candidate]:
    """The places that may be meant, None (cannot be said) last."""
    article, view, q = spot.article, spot.view, spot.q
    draft = article.draft
    best: dict[PlaceValue, tuple[tuple[int, ...], str, tuple[int, int, int], int, PlaceMention]] = {}
    for m in view.places:
        a, b = view.token_at(m.outer_start), view.token_at(m.end)
        if b <= q.first:
            side, gap, distance = "L", spot.gap(b, q.first), q.first - b
        else:
            side, gap, distance = "R", spot.gap(q.last, a), max(0, a - q.last)
        cost = (gap[1] + m.in_organization, gap[2] + (side == "R"), gap[0], distance)
        value = value_of(draft, m)
        if value not in best or cost < best[value][0]:
            best[value] = (cost, side, gap, distance, m)
    order = sorted(best, key=lambda v: (best[v][0], v.path))
    previous, earlier = spot.previous_bound(), spot.previous_sentence_bound()
    values: dict[PlaceValue, list[str]] = {}
    spans: dict[PlaceValue, tuple[int, int]] = {}
    rules: dict[PlaceValue, str] = {}

    def add(value: PlaceValue | None, how: str, features: list[str], span: tuple[int, int] | None) -> None:
        if value is None:
            return
        if value not in values:
            rules[value] = f"place:{how}"
        values.setdefault(value, []).extend(features)
        if span is not None:
            spans.setdefault(value, span)

    for rank, value in enumerate(order):
        _, side, gap, distance, m = best[value]
        a = view.token_at(m.outer_start)
        word = draft.tokens.text[a - 1] if a > view.first else "^"
        add(value, f"sentence:{side}", [
            f"pos={side}{near(distance)}.{m.level}", f"pos={side}.{gap[2]}.{gap[1]}.{m.level}", f"c={side}{gap[0]}",
            f"rank={min(rank, 3)}.{side}", f"org={m.in_organization}.{m.level}", f"w={word}.{side}", f"w={word}.{m.level}",
            f"lv={m.level}.{side}", f"touch={side}.{distance <= 1}.{m.level}", f"n={min(len(order), 3)}.{min(rank, 2)}"],
            (m.start, m.end))
    cache = draft.cache
    if previous is not None:
        gap = spot.gap(previous.quantity.last, q.first)
        add(previous_value(previous), "previous", ["prev", f"prev.{gap[0]}.{gap[1]}", f"prev.here={bool(order)}",
            f"prev.{previous.indicator == indicator}"], previous.evidence.get("place"))
    if earlier is not None:
        same = view.sentence.paragraph == earlier.sentence.paragraph
        steps = min(view.sentence.index - earlier.sentence.index, 3)
        add(previous_value(earlier), "earlier", ["earlier", f"earlier.{same}.{steps}", f"earlier.here={bool(order)}",
            f"earlier.{earlier.indicator == indicator}"], earlier.evidence.get("place"))
    scopes = [h.entry.id for h in view.hits.get("scope", ())]
    near_scope = [h.entry.id for h in spot.left("scope")[:1]]
    latest = cache["latest_places"].get(view.sentence.index, {})
    for level in ("province", "district", "commune", "village"):
        m = latest.get(level)
        if m is not None:
            add(value_of(draft, m), f"latest:{level}", [f"latest.{level}", f"latest.{level}.scope={level in scopes}",
                f"latest.{level}.near={level in near_scope}", f"latest.{level}.here={bool(order)}"], (m.start, m.end))
    main: list[str] = cache["main_places"]
    for i, name in enumerate(main[:2]):
        add(PlaceValue(name, name, None, "province"), "document", [
            f"doc{i}", f"doc{i}.n={min(len(main), 2)}", f"doc{i}.here={bool(order)}", f"doc{i}.scope={'+'.join(sorted(set(scopes)))}",
            f"doc{i}.near={'+'.join(near_scope)}"], None)
    smallest: PlaceMention | None = cache["main_unit"]
    if smallest is not None:
        add(value_of(draft, smallest), "document:unit", [f"unit.{smallest.level}", f"unit.{smallest.level}.here={bool(order)}",
            f"unit.{smallest.level}.near={'+'.join(near_scope)}"], (smallest.start, smallest.end))
    title: PlaceMention | None = cache["title_place"]
    if title is not None:
        add(value_of(draft, title), "title", [f"title.{title.level}", f"title.{title.level}.here={bool(order)}"],
            (title.start, title.end))
    country = PlaceValue(cache["country"], None, None, COUNTRY)
    add(country, "country", ["vn", f"vn.doc={min(len(main), 2)}", f"vn.scope={'country' in scopes}", f"vn.here={bool(order)}",
        f"vn.near={'+'.join(near_scope)}", f"vn.ind={indicator}", f"vn.status={status}", f"vn.places={min(len(draft.places), 3)}",
        f"vn.foreign={cache['foreign']}", f"vn.mention={cache['country_mentions']}"], None)
    out = [Candidate(v, spans.get(v), rules[v], [f"lv={v.level}", f"lv={v.level}.{status}", *fs]) for v, fs in values.items()]
    out.append(Candidate(None, None, "place:none", [
        "none", f"none.doc={min(len(main), 2)}", f"none.here={bool(order)}", f"none.kind={q.kind}", f"none.ind={indicator == 'other'}",
        f"none.places={min(len(draft.places), 3)}", f"none.foreign={cache['foreign']}", f"none.scope={'+'.join(sorted(set(scopes)))}",
        f"none.country={cache['country_mentions']}", f"none.ind={indicator}",
        *([f"none.prev={previous.place is None}"] if previous is not None else
          [f"none.earlier={earlier.place is None}"] if earlier is not None else [])]))
    return out


def previous_value(bound: Bound) -> PlaceValue | None:
    """The place of an earlier decision as a candidate."""
    if bound.place is None:
        return None
    level = "province" if bound.place == bound.province else "district" if bound.province else COUNTRY
    return PlaceValue(bound.place, bound.province, bound.district, bound.place_level or level)
