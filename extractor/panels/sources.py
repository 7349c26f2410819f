"""The observations that a panel can use, each with the cell that it speaks about, and why the others are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extractor.indicators import GROWTH, LESS_IS_BETTER, SHARES, one_value
from extractor.panels.articles import Article, plain
from extractor.panels.maps import ProvinceMap
from extractor.period_dates import period_bounds
from extractor.records import Observation
from extractor.text.normalize import Text

#: Why an observation is in no cell, in the order in which it is asked.
LEFT_OUT = ("boilerplate", "other", "no_place", "no_period", "over_100", "not_yet", "wrong_way", "unsure", "start_undated")
_WHOLE = 100


class Key(NamedTuple):
    """What a cell is about. Two observations with the same key are two statements about one thing.

    ``subject`` is None where the indicator says all (`one_value`); of other indicators an article prints many numbers,
    and only the phrase beside each tells them apart. ``rule``: it is a norm (a threshold, a support rate), no fact.
    ``item`` numbers the values of a list that nothing tells apart (`extractor.panels.apart`).
    """

    place: str
    level: str
    province: str | None
    province_code: str | None
    part: str | None
    map: str | None
    period: str
    indicator: str
    groups: tuple[str, ...]
    measure: str
    direction: str | None
    kind: str
    unit: str | None
    per: str | None
    subject: str | None
    rule: bool
    item: int = 0

    @property
    def comparable(self) -> bool:
        """Whether indicator, place, group and time alone say what is meant, so that other places can be set beside it."""
        return self.subject is None and not self.rule and one_value(self.indicator, self.kind)

    def order(self) -> tuple[str, ...]:
        """For sorting: by indicator, place, group and time."""
        return (self.indicator, self.kind, self.province or "", self.part or "", self.level, self.place, self.map or "",
                "; ".join(self.groups), self.measure, self.period, self.direction or "", self.unit or "",
                self.per or "", self.subject or "", str(self.rule), f"{self.item:06}")


@dataclass(frozen=True, slots=True)
class Source:
    """One statement: an observation in its article."""

    key: Key
    observation: Observation
    article: Article
    sentence: str | None
    sentence_plain: str

    @property
    def published(self) -> str:
        """The day of publication, "" where it is not known."""
        return self.article.extraction.document.published or ""

    @property
    def reading(self) -> tuple[float, float | None, str, str]:
        """The value as stated: low, high, comparator, status."""
        o = self.observation
        return (o.low, o.high, o.comparator, o.status)

    def order(self) -> tuple[str, int]:
        """For sorting: by article and position."""
        return (self.article.name, self.observation.start)


def folded(words: str) -> str:
    """`words` as phrases are compared: in small letters, on one line."""
    return " ".join(Text(words).fold.split())


def _key(o: Observation, location: tuple[str, str, str | None, str | None, str | None, str | None]) -> Key:
    single = one_value(o.indicator, o.kind)
    counted = o.kind in ("households", "people") and single
    # what is counted in a share or in money is said by the unit alone, of households and people by the kind
    unit = None if counted or o.unit is None else Text(o.unit).fold
    subject = None if single or o.subject is None else folded(o.subject)
    grown = o.indicator in GROWTH and o.kind == "percent" and o.direction == "up"
    change = o.role == "change" and not grown
    return Key(*location, o.period or "", o.indicator, tuple(sorted(o.groups)), "change" if change else "level",
               o.direction if change else None, o.kind, unit, o.per, subject, o.status == "norm")


def _reason(o: Observation, published: str | None, min_confidence: float) -> str | None:
    """Why `o` is in no cell."""
    if o.section == "boilerplate":
        return "boilerplate"
    if o.indicator == "other":
        return "other"
    if o.place is None:
        return "no_place"
    if o.period is None:
        return "no_period"
    if o.kind == "percent" and o.role != "change" and o.indicator in SHARES and o.low > _WHOLE:
        return "over_100"  # of a plan, most often
    bounds = period_bounds(o.period)
    if o.status == "actual" and published and bounds is not None and published < bounds[0].isoformat():
        return "not_yet"  # no fact of a time to come
    if (o.status == "target" and o.role != "change" and o.comparator in ("ge", "gt") and o.indicator in LESS_IS_BETTER
            and o.kind == "percent"):
        return "wrong_way"  # "at least 60% of the poor communes" are to leave the list
    return "unsure" if o.confidence < min_confidence else None


def sources_of(article: Article, places: ProvinceMap, min_confidence: float, left_out: Counter[str]) -> Iterator[Source]:
    """The sources of one article, in the order of its text; the others are counted in `left_out` by reason."""
    published = article.extraction.document.published
    found: list[Source] = []
    for o in article.extraction.observations:
        reason = _reason(o, published, min_confidence)
        if reason is not None:
            left_out[reason] += 1
            continue
        sentence = article.sentence(o)
        found.append(Source(_key(o, places.locate(o, published)), o, article, sentence, plain(sentence or "")))
    # where both ends of a change carry one period, its start has no date of its own
    ends = {(s.key, s.observation.sentence) for s in found if s.observation.role == "to"}
    for source in found:
        if source.observation.role == "from" and (source.key, source.observation.sentence) in ends:
            left_out["start_undated"] += 1
        else:
            yield source
