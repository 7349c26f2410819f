"""The working state of one article while it goes through the steps.

All offsets in here count characters of ``text.norm``; `extractor.finish` turns them into offsets of the text as given.
Each step fills its own lists and reads only what earlier steps have filled.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from extractor.rules.lexicon import Hit
from extractor.text.normalize import Text
from extractor.text.tokens import Tokens

if TYPE_CHECKING:
    from extractor.patterns import Patterns


@dataclass(slots=True)
class Article:
    """What goes in: the text as given, and what is known about it from outside (all optional).

    ``ask_model``: whether underthesea's entity model may name officials whom the rules leave without a name.
    ``authors``: used where the text prints none. ``notes``: what its reader has to say about it, for the document's
    warnings. ``cluster`` and ``cluster_first``: what `extractor.dedup` has found of near-duplicates.
    """

    text: str
    id: str | None = None
    path: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    ask_model: bool = False
    authors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    cluster: str | None = None
    cluster_first: str | None = None


@dataclass(slots=True)
class SectionSpan:
    """A part of the article; ``kind`` is title, lead, body, caption, byline or boilerplate."""

    kind: str
    start: int
    end: int


@dataclass(slots=True)
class Meta:
    """What the article prints about itself (or the caller knows)."""

    title: str | None = None
    published: str | None = None
    authors: list[str] = field(default_factory=list)
    publisher: str | None = None
    dateline: tuple[int, int] | None = None


@dataclass(slots=True)
class Sentence:
    """A sentence: characters [start, end), tokens [first, last), its section and its paragraph (line) number."""

    index: int
    start: int
    end: int
    first: int
    last: int
    section: str
    paragraph: int


@dataclass(slots=True)
class Quantity:
    """A number with its unit. ``number_end`` is where the figure itself ends and the unit begins."""

    start: int
    end: int
    first: int
    last: int
    kind: str
    low: float
    high: float | None
    unit: str | None
    per: str | None = None
    of: float | None = None
    comparator: str = "eq"
    comparator_span: tuple[int, int] | None = None
    comparator_rule: str = "bare"
    comparator_in_change: str | None = None
    outer_start: int = 0
    outer_end: int = 0
    sentence: int = -1
    unit_id: str | None = None


@dataclass(slots=True)
class PeriodMention:
    """An expression of time; ``value`` in the guideline's notation, None where it can't be resolved.

    ``kind``: "year", "span", "quarter", "half", "months", "month", "day", "school_year", "relative", "duration" …
    ``others`` are values that it may have beside that one, each with how it is read then ("context": its year is that of
    the time named last; "through": from January on; "ago": counted back from a year of the text).
    """

    start: int
    end: int
    value: str | None
    kind: str
    rule: str
    sentence: int = -1
    others: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class PlaceMention:
    """Words that name a place; resolved fields are None where it can't be said.

    ``level``: "province", "district", "commune", "village", "country", "region", "foreign".
    ``name`` is the canonical name, ``text`` is norm[start:end] without the class word (which starts at ``outer_start``).
    """

    start: int
    end: int
    outer_start: int
    level: str
    name: str
    province: str | None = None
    district: str | None = None
    code: str | None = None
    rule: str = ""
    sentence: int = -1
    section: str = "body"
    in_organization: bool = False


@dataclass(slots=True)
class PersonMention:
    """Words that name an official: offsets of the name, and which official (index into ``officials``)."""

    start: int
    end: int
    official: int
    sentence: int = -1


@dataclass(slots=True)
class OfficialDraft:
    """A person with a post, as printed. A second post of the same person is a second entry."""

    name: str
    honorific: str | None
    title: str | None
    organization: str | None
    province: str | None = None
    mentions: list[tuple[int, int]] = field(default_factory=list)
    evidence: dict[str, tuple[int, int]] = field(default_factory=dict)
    rule: str = ""


@dataclass(slots=True)
class Bound:
    """A quantity with its fields bound; ``evidence`` spans in norm offsets, ``rules`` names of what decided."""

    quantity: Quantity
    sentence: Sentence
    indicator: str = "other"
    subject: tuple[int, int] | None = None
    groups: list[str] = field(default_factory=list)
    place: str | None = None
    place_level: str | None = None
    province: str | None = None
    district: str | None = None
    period: str | None = None
    status: str = "actual"
    role: str = "level"
    direction: str | None = None
    speaker: int | None = None
    confidence: float = 0.0
    evidence: dict[str, tuple[int, int]] = field(default_factory=dict)
    rules: dict[str, str] = field(default_factory=dict)
    probabilities: dict[str, float] = field(default_factory=dict)


_start = attrgetter("start")


class Draft:
    """One article in the making."""

    def __init__(self, article: Article, patterns: Patterns) -> None:
        self.article = article
        self.patterns = patterns
        self.text = Text(article.text)
        self.tokens: Tokens = patterns.tokenize(self.text)
        self.sections: list[SectionSpan] = []
        self.meta = Meta()
        self.sentences: list[Sentence] = []
        self.hits: dict[str, list[Hit]] = {}
        self.quantities: list[Quantity] = []
        self.periods: list[PeriodMention] = []
        self.places: list[PlaceMention] = []
        self.document_provinces: list[str] = []
        self.officials: list[OfficialDraft] = []
        self.people: list[PersonMention] = []
        self.bound: list[Bound] = []
        self.warnings: list[str] = list(article.notes)
        self.cache: dict[str, Any] = {}

    def scan(self) -> None:
        """Match all word lists in one pass; ``hits[list]`` are the leftmost longest hits of each list."""
        tokens = self.tokens
        self.hits = self.patterns.lexicon.match_longest(tokens.text, tokens.start, tokens.end)

    def hits_in(self, name: str, start: int, end: int) -> list[Hit]:
        """The hits of the list `name` that lie within characters [start, end)."""
        return [h for h in self.hits_from(name, start, end) if h.end <= end]

    def hits_from(self, name: str, start: int, end: int) -> list[Hit]:
        """The hits of the list `name` that begin at characters [start, end); they stand in that order."""
        hits = self.hits.get(name, [])
        return hits[bisect_left(hits, start, key=_start):bisect_left(hits, end, key=_start)]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at `offset`."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].start <= offset:
            return self.sentences[low]
        return None
