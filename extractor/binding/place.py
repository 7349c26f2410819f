"""Where the number holds: a place of its sentence, one carried from before, the article's own, the country, or none."""

from __future__ import annotations

from typing import NamedTuple

from extractor.binding.linear import Candidate
from extractor.binding.spot import Spot, near
from extractor.draft import Draft, PlaceMention
from extractor.patterns import Patterns
from extractor.places.units import units
from extractor.text.normalize import fold

COUNTRY = "country"
_SEEN = 6
_LEVELS = ("province", "district", "commune", "village")


class PlaceValue(NamedTuple):
    """A place as the output names it: the path, its province, district and level."""

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
    known: dict[int, PlaceValue] = draft.cache.setdefault("place_values", {})
    value = known.get(mention.start)
    if value is None:
        value = known[mention.start] = _value_of(draft, mention)
    return value


def _value_of(draft: Draft, mention: PlaceMention) -> PlaceValue:
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


class _Pool:
    """Places proposed so far, each with the rule that named it first, its words, and the features of all proposals."""

    __slots__ = ("features", "rules", "spans")

    def __init__(self) -> None:
        self.features: dict[PlaceValue, list[str]] = {}
        self.rules: dict[PlaceValue, str] = {}
        self.spans: dict[PlaceValue, tuple[int, int]] = {}

    def add(self, value: PlaceValue | None, how: str, features: list[str], span: tuple[int, int] | None) -> None:
        if value is None:
            return
        if value not in self.rules:
            self.rules[value] = how
            self.features[value] = list(features)
        else:
            self.features[value] += features
        if span is not None:
            self.spans.setdefault(value, span)


def _in_sentence(spot: Spot, pool: _Pool) -> bool:
    """Propose the places of the sentence, nearest first; whether there are any."""
    view, q = spot.view, spot.q
    draft = spot.article.draft
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
    for rank, value in enumerate(sorted(best, key=lambda v: (best[v][0], v.path))):
        _, side, gap, distance, m = best[value]
        a = view.token_at(m.outer_start)
        word = draft.tokens.text[a - 1] if a > view.first else "^"
        pool.add(value, f"place:sentence:{side}", [
            f"pos={side}{near(distance)}.{m.level}", f"pos={side}.{gap[2]}.{gap[1]}.{m.level}", f"c={side}{gap[0]}",
            f"rank={min(rank, 3)}.{side}", f"org={m.in_organization}.{m.level}", f"w={word}.{side}", f"w={word}.{m.level}",
            f"lv={m.level}.{side}", f"touch={side}.{distance <= 1}.{m.level}", f"n={min(len(best), 3)}.{min(rank, 2)}"],
            (m.start, m.end))
    return bool(best)


def _of_article(spot: Spot, pool: _Pool, here: bool, scopes: str, near_scope: str) -> None:
    """Propose what words such as "toàn tỉnh" may stand for: the last place of each level, the article's own, the title's."""
    cache, draft = spot.article.draft.cache, spot.article.draft
    for level, m in cache["latest_places"].get(spot.view.sentence.index, {}).items():
        if level in _LEVELS:
            pool.add(value_of(draft, m), f"place:latest:{level}", [
                f"latest.{level}", f"latest.{level}.scope={level in scopes}", f"latest.{level}.near={level in near_scope}",
                f"latest.{level}.here={here}"], (m.start, m.end))
    main: list[str] = cache["main_places"]
    for i, name in enumerate(main[:2]):
        pool.add(PlaceValue(name, name, None, "province"), "place:document", [
            f"doc{i}", f"doc{i}.n={min(len(main), 2)}", f"doc{i}.here={here}", f"doc{i}.scope={scopes}",
            f"doc{i}.near={near_scope}"], None)
    unit: PlaceMention | None = cache["main_unit"]
    if unit is not None:
        pool.add(value_of(draft, unit), "place:document:unit", [
            f"unit.{unit.level}", f"unit.{unit.level}.here={here}", f"unit.{unit.level}.near={near_scope}"],
            (unit.start, unit.end))
    title: PlaceMention | None = cache["title_place"]
    if title is not None:
        pool.add(value_of(draft, title), "place:title", [f"title.{title.level}", f"title.{title.level}.here={here}"],
                 (title.start, title.end))
    at = spot.q.start
    provinces = min(cache["province_names"], 3)
    for m, n, rank in cache["mentioned"]:
        pool.add(value_of(draft, m), "place:article", [
            f"often.{m.level}.{rank}", f"often.{m.level}.{rank}.n={min(n, 4)}.of={provinces}", f"often.{m.level}.here={here}",
            f"often.{m.level}.after={m.start > at}", f"often.{m.level}.org={m.in_organization}"], (m.start, m.end))


def candidates(spot: Spot, seen: list[PlaceMention]) -> list[Candidate]:
    """The places that may be meant, None (cannot be said) last; `seen` are places of sentences above, latest last."""
    draft = spot.article.draft
    cache = draft.cache
    pool = _Pool()
    here = _in_sentence(spot, pool)
    scopes = "+".join(sorted({h.entry.id for h in spot.view.hits.get("scope", ())}))
    near_scope = "+".join(h.entry.id for h in spot.left("scope")[:1])
    _of_article(spot, pool, here, scopes, near_scope)
    whole = f"{min(len(cache['main_places']), 2)}"
    many = f"{min(len(draft.places), 3)}"
    pool.add(PlaceValue(cache["country"], None, None, COUNTRY), "place:country", [
        "vn", "vn.doc=" + whole, f"vn.scope={COUNTRY in scopes}", f"vn.here={here}", "vn.near=" + near_scope,
        "vn.places=" + many, f"vn.foreign={cache['foreign']}", f"vn.mention={cache['country_mentions']}"], None)
    for n, mention in enumerate(reversed(seen)):
        pool.add(value_of(draft, mention), "place:earlier", [f"seen{n}", f"seen{n}.here={here}"], (mention.start, mention.end))
    out = [Candidate(v, pool.spans.get(v), pool.rules[v], ["lv=" + v.level, *fs]) for v, fs in pool.features.items()]
    out.append(Candidate(None, None, "place:none", [
        "none", "none.doc=" + whole, f"none.here={here}", "none.kind=" + spot.q.kind,
        "none.places=" + many, f"none.foreign={cache['foreign']}", "none.scope=" + scopes,
        f"none.country={cache['country_mentions']}"]))
    return out


def note(spot: Spot, seen: list[PlaceMention]) -> None:
    """Remember the places that the sentence names, latest last, for the numbers below."""
    draft = spot.article.draft
    for m in spot.view.places:
        value = value_of(draft, m)
        seen[:] = [s for s in seen if value_of(draft, s) != value]
        seen.append(m)
    del seen[:-_SEEN]
