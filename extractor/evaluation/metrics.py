"""The measures: what of the annotation was found, and how many fields of it are right.

An annotated observation is found where an extracted one overlaps its characters and has the same value; each further
field is then compared. "tuple" wants all of `TUPLE` right at once, "target" the decisive fields of a goal. Whatever
is annotated as boilerplate (lists of links) counts neither for nor against. The floors of the gate are pinned together
with the checksum of this file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.evaluation.gold import GoldArticle, GoldObservation, GoldOfficial, GoldPlace
from extractor.evaluation.names import Names, fold
from extractor.records import Extraction, Observation, Official

FIELDS = ("kind", "comparator", "indicator", "province", "place", "period", "status", "role", "direction", "groups")
TUPLE = ("kind", "comparator", "indicator", "province", "period", "status", "role", "direction")
_GOAL = ("comparator", "role", "direction", "indicator")
_FURNITURE = "boilerplate"


@dataclass(slots=True)
class Tally:
    """Right ones, spurious ones, missed ones."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of right ones in what was extracted."""
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 0.0

    @property
    def recall(self) -> float:
        """The share of what is annotated that was found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    @property
    def annotated(self) -> int:
        """How many there are in the annotation."""
        return self.right + self.missed

    def compare(self, gold: set[Any], found: set[Any]) -> None:
        """Count what two sets have in common and what only one has."""
        self.right += len(gold & found)
        self.missed += len(gold - found)
        self.spurious += len(found - gold)


@dataclass(slots=True)
class Accuracy:
    """How often a field was right among the entries where it was compared."""

    right: int = 0
    compared: int = 0

    @property
    def share(self) -> float:
        """The share of right ones."""
        return self.right / self.compared if self.compared else 0.0

    def add(self, right: bool) -> None:
        """Count one comparison."""
        self.right += right
        self.compared += 1


@dataclass(frozen=True, slots=True)
class Miss:
    """One error: in which article, of what, the words, what was annotated and what came out; where, if it stands."""

    article: str
    what: str
    words: str
    gold: str = ""
    found: str = ""
    context: str = ""


@dataclass(slots=True)
class Scores:
    """All measures over a folder of articles, and the errors behind them."""

    articles: int = 0
    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    accuracies: dict[str, Accuracy] = field(default_factory=lambda: defaultdict(Accuracy))
    subjects: list[float] = field(default_factory=list)
    errors: list[Miss] = field(default_factory=list)

    @property
    def subject(self) -> float:
        """The mean token F1 between annotated and extracted subjects of the observations found."""
        return sum(self.subjects) / len(self.subjects) if self.subjects else 0.0

    def to_dict(self) -> dict[str, Any]:
        """The measures as JSON values."""
        return {
            "articles": self.articles,
            "f1": {name: {"p": t.precision, "r": t.recall, "f1": t.f1, "n": t.annotated}
                   for name, t in sorted(self.tallies.items())},
            "accuracy": {name: a.share for name, a in self.accuracies.items()},
            "subject": self.subject,
        }


def same_value(gold: tuple[float, float | None], found: tuple[float, float | None]) -> bool:
    """Whether two values (low and high) are the same, but for rounding."""
    return all(a == b or (a is not None and b is not None and abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b)))
               for a, b in zip(gold, found, strict=True))


def token_f1(gold: str | None, found: str | None) -> float:
    """How far two phrases have the same words, order apart."""
    a, b = Counter(fold(gold).split()), Counter(fold(found).split())
    if not a or not b:
        return float(not a and not b)
    return 2 * (a & b).total() / (a.total() + b.total())


class Scorer:
    """Adds up the measures article by article: ``scorer.add(gold, extraction)``, then ``scorer.scores``."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.scores = Scores()

    def add(self, gold: GoldArticle, found: Extraction) -> None:
        """Count what is right and wrong in the extraction of one article."""
        self.scores.articles += 1
        self._observations(gold, found)
        if gold.officials is not None:
            self._people(gold, gold.officials, found)
        if gold.places is not None:
            self._places(gold, gold.places, found)
        self._document(gold, found)

    def _fields(self, o: GoldObservation | Observation) -> dict[str, Hashable]:
        return {"kind": o.kind, "comparator": o.comparator, "indicator": o.indicator,
                "province": self.names.province(o.place), "place": fold(o.place), "period": o.period,
                "status": o.status, "role": o.role, "direction": o.direction if o.role != "level" else None,
                "groups": tuple(sorted(o.groups))}

    def _observations(self, gold: GoldArticle, extraction: Extraction) -> None:
        rows = [*extraction.percentages, *extraction.household_counts, *extraction.other_quantities]
        people = {f.id: f for f in extraction.officials}
        free = dict(enumerate(rows))  # not yet matched with an annotated one
        ignored: set[int] = set()
        for g in gold.observations:
            near = [i for i, o in free.items() if o.start < g.end and o.end > g.start]
            if g.section == _FURNITURE:
                ignored.update(near)
                continue
            hit = next((i for i in near if same_value((g.low, g.high), (rows[i].low, rows[i].high))), None)
            if hit is None:
                self._missed(gold, g, [rows[i].text for i in near])
                continue
            self._found(gold, g, free.pop(hit), people)
        for i, o in free.items():
            if i not in ignored and o.section != _FURNITURE:
                self._spurious(gold, o)

    def _missed(self, gold: GoldArticle, g: GoldObservation, near: list[str]) -> None:
        names = ["quantity", f"quantity:{g.kind}", "tuple", *(["target"] if g.status == "target" else []),
                 *(["speaker"] if g.speaker else [])]
        for name in names:
            self.scores.tallies[name].missed += 1
        self._error(gold, "quantity missed", g, g.kind, ", ".join(near))

    def _spurious(self, gold: GoldArticle, o: Observation) -> None:
        names = ["quantity", f"quantity:{o.kind}", "tuple", *(["target"] if o.status == "target" else []),
                 *(["speaker"] if o.speaker and gold.has_speakers else [])]
        for name in names:
            self.scores.tallies[name].spurious += 1
        self._error(gold, "quantity spurious", o, "", o.kind)

    def _found(self, gold: GoldArticle, g: GoldObservation, o: Observation, people: dict[str, Official]) -> None:
        tallies = self.scores.tallies
        tallies["quantity"].right += 1
        tallies[f"quantity:{g.kind}"].right += 1
        wanted, got = self._fields(g), self._fields(o)
        for name in FIELDS:
            self.scores.accuracies[name].add(wanted[name] == got[name])
            if wanted[name] != got[name]:
                self._error(gold, name, g, wanted[name], got[name])
        self.scores.subjects.append(token_f1(g.subject, o.subject))
        goal, goal_found = g.status == "target", o.status == "target"
        if goal and goal_found and all(wanted[name] == got[name] for name in _GOAL):
            tallies["target"].right += 1
        else:
            tallies["target"].missed += goal
            tallies["target"].spurious += goal_found
        right = all(wanted[name] == got[name] for name in TUPLE)
        tallies["tuple"].right += right
        tallies["tuple"].missed += not right
        tallies["tuple"].spurious += not right
        if gold.has_speakers:
            said = fold(people[o.speaker].name) if o.speaker in people else ""
            tallies["speaker"].compare({fold(g.speaker)} - {""}, {said} - {""})
            if said != fold(g.speaker):
                self._error(gold, "speaker", g, g.speaker, said)

    def _people(self, gold: GoldArticle, officials: Sequence[GoldOfficial], found: Extraction) -> None:
        for name, keys in (("official:name", ("name",)), ("official:name+title", ("name", "title")),
                           ("official:name+title+org", ("name", "title", "organization"))):
            self._sets(gold, name, {tuple(fold(getattr(f, k)) for k in keys) for f in officials},
                       {tuple(fold(getattr(f, k)) for k in keys) for f in found.officials},
                       listed=len(keys) == 3)

    def _places(self, gold: GoldArticle, places: Sequence[GoldPlace], found: Extraction) -> None:
        levels = ("district", "commune")
        own = [p for p in places if p.section != _FURNITURE]
        self._sets(gold, "province", {(self.names.province(p.province),) for p in own if p.level == "province"},
                   {(self.names.province(p.name),) for p in found.provinces if p.section != _FURNITURE})
        self._sets(gold, "district+commune", {(fold(p.text), p.level) for p in own if p.level in levels},
                   {(fold(p.name), p.level) for p in found.places
                    if p.level in levels and p.section != _FURNITURE})

    def _document(self, gold: GoldArticle, found: Extraction) -> None:
        document = found.document
        for name, g, f in (("title", gold.title, document.title), ("published", gold.published, document.published)):
            self.scores.accuracies[f"document.{name}"].add(fold(g) == fold(f))
            if fold(g) != fold(f):
                self.scores.errors.append(Miss(gold.id, f"document.{name}", "", g or "", f or ""))
        self._sets(gold, "document.authors", {(fold(a),) for a in gold.authors}, {(fold(a),) for a in document.authors})
        self._sets(gold, "document.provinces", {(self.names.province(p),) for p in gold.provinces},
                   {(self.names.province(p),) for p in document.provinces})

    def _sets(self, gold: GoldArticle, name: str, wanted: set[tuple[str, ...]], got: set[tuple[str, ...]],
              listed: bool = True) -> None:
        self.scores.tallies[name].compare(wanted, got)
        if listed:
            self.scores.errors += [Miss(gold.id, f"{name} {'missed' if x in wanted else 'spurious'}", " | ".join(x))
                                   for x in sorted(wanted ^ got)]

    def _error(self, gold: GoldArticle, what: str, at: GoldObservation | Observation, wanted: object,
               got: object) -> None:
        self.scores.errors.append(Miss(gold.id, what, at.text, _shown(wanted), _shown(got),
                                       context(gold.text, at.start, at.end)))


def _shown(value: object) -> str:
    return "" if value is None else ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def context(text: str, start: int, end: int, width: int = 60) -> str:
    """The words around a span on one line, the span in ⟦ ⟧."""
    around = f"{text[max(0, start - width):start]}⟦{text[start:end]}⟧{text[end:end + width]}"
    return " ".join(around.split())
