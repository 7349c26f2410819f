"""Bind every quantity of an article to its fields.

Rules propose candidates for role and direction, status, indicator, period and place of all numbers, the network chooses
among them, and what rests on those choices (subject, groups) is read number by number. A `Decider` does the choosing;
training replaces it by one that looks the answers up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from extractor.binding import context, groups, indicator, period, place, role, status, subject
from extractor.binding.article import gather
from extractor.binding.linear import Candidate, choose, confidence
from extractor.binding.network import FIELDS, Case, Choice, Network, load_network
from extractor.binding.phrases import Span
from extractor.binding.repeats import take_from_body
from extractor.binding.spot import Spot
from extractor.binding.unlearned import PHRASE_AT_NUMBER, settled, settled_status
from extractor.binding.views import sentence_views
from extractor.draft import Bound, Draft, PeriodMention, PlaceMention

#: The fields that an observation must have right to be right as a whole.
JOINT = FIELDS


class Decider(Protocol):
    """Picks one of the candidates of a field: index and probability."""

    def choose(self, cases: Sequence[Case]) -> list[dict[str, Choice]]:
        """For each number and field of an article the candidate that is taken."""
        ...

    def group(self, name: str, candidates: Sequence[Candidate], spot: Spot) -> Choice:
        """Whether the number is restricted to a group."""
        ...

    def subject(self, candidates: Sequence[Candidate], spot: Spot) -> Choice:
        """Which phrase says what is measured; at least one candidate."""
        ...


class Model:
    """The decider of the shipped weights."""

    def __init__(self, network: Network | None = None) -> None:
        self.network = network or load_network()
        self.calibration = self.network.calibration
        self._groups = self.network.groups
        self._subjects = self.network.subjects

    def choose(self, cases: Sequence[Case]) -> list[dict[str, Choice]]:
        """What the network takes; an indicator or a status whose words it does not know, by its phrase."""
        out = self.network.choose(cases)
        for case, choices in zip(cases, out, strict=True):
            own = settled(case.candidates["indicator"], case.spot, self.network.indicators)
            if own is not None:
                choices["indicator"] = own, PHRASE_AT_NUMBER
            told = settled_status(case.candidates["status"], case.spot, self.network.statuses)
            if told is not None:
                choices["status"] = told, PHRASE_AT_NUMBER
        return out

    def group(self, name: str, candidates: Sequence[Candidate], spot: Spot) -> Choice:  # noqa: ARG002
        """What the weights of groups take."""
        return choose(candidates, self._groups)

    def subject(self, candidates: Sequence[Candidate], spot: Spot) -> Choice:  # noqa: ARG002
        """What the weights of subjects take."""
        return choose(candidates, self._subjects)


def cases_of(draft: Draft) -> list[Case]:
    """Every quantity of the article with its surroundings and the candidates of its fields, in the order of the text."""
    views = sentence_views(draft)
    article = gather(draft)
    out: list[Case] = []
    indicators: list[str] = []
    times: list[PeriodMention] = []
    places: list[PlaceMention] = []
    before: Spot | None = None
    for index in sorted(views):
        view = views[index]
        for i in range(len(view.quantities)):
            spot = Spot(article, view, i)
            around, decisive, nearest = context.surroundings(spot)
            out.append(Case(spot, around, context.step(before, spot), {
                "role": role.candidates(decisive), "status": status.candidates(spot, nearest),
                "indicator": indicator.candidates(spot, indicators), "period": period.candidates(spot, times),
                "place": place.candidates(spot, places)}))
            before = spot
        if before is not None:
            indicator.note(before, indicators)
            period.note(before, times)
            place.note(before, places)
    return out


def _take(bound: Bound, field: str, case: Case, choice: Choice) -> Candidate:
    at, bound.probabilities[field] = choice
    chosen = case.candidates[field][at]
    bound.rules[field] = chosen.rule
    if chosen.span is not None:
        bound.evidence[field] = chosen.span
    return chosen


def _bind_one(case: Case, choices: dict[str, Choice], before: Bound | None, above: Sequence[Span], decide: Decider) -> Bound:
    """One quantity with all its fields; `before` is the number before it in the sentence, `above` are the subjects so far."""
    spot = case.spot
    bound = Bound(spot.q, spot.view.sentence)
    if role.moves(spot):
        bound.role, bound.direction = _take(bound, "role", case, choices["role"]).value
    else:
        bound.rules["role"], bound.probabilities["role"] = "role:no_movement", role.LEVEL_ALONE
    if bound.role == "change" and spot.q.comparator_in_change is not None:
        spot.q.comparator = spot.q.comparator_in_change  # "cao hơn 5%" is a difference of 5, not of more than 5
    bound.status = _take(bound, "status", case, choices["status"]).value
    bound.indicator = _take(bound, "indicator", case, choices["indicator"]).value
    phrases = subject.candidates(spot, bound, before, above)
    bound.rules["subject"] = "subject:none"
    if phrases:
        phrase = phrases[decide.subject(phrases, spot)[0]]
        bound.subject = bound.evidence["subject"] = phrase.value
        bound.rules["subject"] = phrase.rule
    for key, pair in groups.proposals(spot, bound.indicator, bound.subject, before):
        at, _ = decide.group(key, pair, spot)
        if pair[at].value:
            bound.groups.append(key)
            span = pair[at].span
            if span is not None:
                bound.evidence.setdefault("groups", span)
            bound.rules.setdefault("groups", pair[at].rule)
    bound.period = _take(bound, "period", case, choices["period"]).value
    where = _take(bound, "place", case, choices["place"]).value
    if where is not None:
        bound.place, bound.province, bound.district = where.path, where.province, where.district
        bound.place_level = where.level
    if spot.q.comparator_span is not None:
        bound.evidence["comparator"] = spot.q.comparator_span
    bound.rules["comparator"] = f"comparator:{spot.q.comparator_rule}"
    return bound


def bind_article(draft: Draft, decide: Decider) -> None:
    """Fill ``draft.bound``, in the order of the text."""
    cases = cases_of(draft)
    if not cases:
        return
    above: list[Span] = []
    for case, choices in zip(cases, decide.choose(cases), strict=True):
        before = draft.bound[-1] if case.spot.i else None
        bound = _bind_one(case, choices, before, above, decide)
        draft.bound.append(bound)
        if bound.subject is not None:
            above.append(bound.subject)
    take_from_body(draft.bound)


def bind_observations(draft: Draft) -> None:
    """The pipeline's step: bind with the shipped weights, and say how sure the whole of each observation is."""
    if draft.quantities:
        decider = draft.patterns.part(model)
        bind_article(draft, decider)
        for bound in draft.bound:
            product = math.prod(bound.probabilities[name] for name in JOINT)
            bound.confidence = confidence(product, decider.calibration)


def model(_: object) -> Model:
    """The decider of the shipped weights; to be asked for as ``patterns.part(model)``."""
    return Model()
