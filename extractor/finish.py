"""The last step: from the draft in normalised offsets to the `Extraction` in offsets of the text as given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from extractor.draft import Bound, Draft
from extractor.records import (
    SCHEMA_VERSION,
    Document,
    Extraction,
    Mention,
    Observation,
    Official,
    Period,
    Place,
    Province,
    Section,
    Unit,
)
from extractor.version import __version__


class _Finisher:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.raw = draft.text.raw
        self.span = draft.text.raw_span

    def mention(self, start: int, end: int, section: str) -> Mention:
        a, b = self.span(start, end)
        return Mention(self.raw[a:b], a, b, section)

    def section_of(self, start: int) -> str:
        sentence = self.draft.sentence_at(start)
        return sentence.section if sentence else "body"

    def mentions(self, spans: Iterable[tuple[int, int]]) -> list[Mention]:
        return [self.mention(a, b, self.section_of(a)) for a, b in spans]

    def document(self) -> Document:
        article, meta = self.draft.article, self.draft.meta
        sections = []
        for s in self.draft.sections:
            a, b = self.span(s.start, s.end)
            sections.append(Section(s.kind, a, b))
        return Document(
            id=article.id, path=article.path, title=meta.title, published=meta.published, authors=list(meta.authors),
            publisher=meta.publisher, url=article.url, provinces=list(self.draft.document_provinces),
            characters=len(self.raw), sha256=hashlib.sha256(self.raw.encode("utf-8", "surrogatepass")).hexdigest(),
            sections=sections, cluster=article.cluster, cluster_first=article.cluster_first)

    def observation(self, number: int, bound: Bound) -> Observation:
        q = bound.quantity
        a, b = self.span(q.start, q.end)
        subject = None
        if bound.subject is not None:
            sa, sb = self.span(*bound.subject)
            subject = self.raw[sa:sb]
        return Observation(
            id=f"o{number}", kind=q.kind, text=self.raw[a:b], start=a, end=b, low=q.low, high=q.high,
            comparator=q.comparator, unit=q.unit, per=q.per, of=q.of, indicator=bound.indicator, subject=subject,
            groups=list(bound.groups), place=bound.place, province=bound.province,
            province_code=self.province_code(bound), district=bound.district, period=bound.period, status=bound.status,
            role=bound.role, direction=bound.direction if bound.role != "level" else None,
            speaker=f"f{bound.speaker + 1}" if bound.speaker is not None else None, section=bound.sentence.section,
            sentence=self.span(bound.sentence.start, bound.sentence.end),
            evidence={k: self.span(*v) for k, v in sorted(bound.evidence.items())},
            rule=bound.rules.get("indicator", ""), rules=dict(sorted(bound.rules.items())), confidence=round(bound.confidence, 3))

    def province_code(self, bound: Bound) -> str | None:
        """The official code of the observation's province, of the list in force at the article's date."""
        if bound.province is None:
            return None
        from extractor.places.units import units

        unit = self.draft.patterns.part(units).province(bound.province, self.draft.meta.published)
        return unit.code if unit is not None else None

    def officials(self) -> list[Official]:
        out = []
        for i, f in enumerate(self.draft.officials, 1):
            out.append(Official(f"f{i}", f.name, f.honorific, f.title, f.organization, f.province,
                                self.mentions(sorted(f.mentions))))
        return out

    def provinces_and_places(self) -> tuple[list[Province], list[Place]]:
        from extractor.places.units import units

        table = self.draft.patterns.part(units)
        provinces: dict[str, Province] = {}
        places: dict[tuple[str, str, str | None, str | None], Place] = {}
        for m in self.draft.places:
            mention = self.mention(m.start, m.end, m.section)
            if m.level == "province":
                unit = table.province(m.name, self.draft.meta.published)
                record = provinces.get(m.name)
                if record is None:
                    now = table.now(m.name)
                    record = provinces[m.name] = Province(
                        m.name, unit.code if unit else None, unit.iso if unit else None,
                        Unit(now.name, now.code) if now else None, m.section, [])
                record.mentions.append(mention)
                record.section = _foremost(record.section, m.section)
            elif m.level in ("district", "commune", "village"):
                key = (m.name, m.level, m.province, m.district if m.level != "district" else None)
                place = places.get(key)
                if place is None:
                    place = places[key] = Place(m.name, m.level, m.code, m.province, m.district, m.section, [])
                place.mentions.append(mention)
                place.section = _foremost(place.section, m.section)
        return list(provinces.values()), list(places.values())

    def extraction(self) -> Extraction:
        draft = self.draft
        out = Extraction(SCHEMA_VERSION, {"version": __version__, "patterns": draft.patterns.digest}, self.document(),
                         warnings=list(draft.warnings))
        for number, bound in enumerate(draft.bound, 1):
            kind = bound.quantity.kind
            rows = (out.percentages if kind == "percent" else out.household_counts if kind == "households"
                    else out.other_quantities)
            rows.append(self.observation(number, bound))
        out.officials = self.officials()
        out.provinces, out.places = self.provinces_and_places()
        for p in draft.periods:
            if p.kind == "duration":
                continue
            a, b = self.span(p.start, p.end)
            out.periods.append(Period(self.raw[a:b], a, b, p.value))
        return out


def _foremost(a: str, b: str) -> str:
    """A place is furniture only if every mention is."""
    return b if a == "boilerplate" else a


def finish(draft: Draft) -> Extraction:
    """The extraction of a draft that has gone through all steps."""
    from extractor.checks import run_checks
    from extractor.targets import find_targets

    out = _Finisher(draft).extraction()
    out.targets = find_targets(draft, out)
    out.checks = run_checks(out, draft.text.raw)
    return out.keep_text(draft.text.raw)
