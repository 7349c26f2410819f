"""Bind every quantity of an article to its fields, one small step per field, each reading what earlier ones decided.

role and direction → status → indicator → groups → subject → period → place. A `Decider` picks among the candidates of
a step; training replaces it by one that looks the answer up and records the candidates.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from extractor.binding import groups, indicator, period, place, role, status
from extractor.binding.article import gather
from extractor.binding.linear import Candidate, choose, confidence, load_weights
from extractor.binding.place import PlaceValue
from extractor.binding.repeats import take_from_body
from extractor.binding.spot import Article, Spot
from extractor.binding.subject import subject_span
from extractor.binding.unlearned import PHRASE_AT_NUMBER, learned_ids, settled
from extractor.binding.views import SentenceView, sentence_views
from extractor.draft import Bound, Draft

#: The fields that an observation must have right to be right as a whole.
JOINT = ("role", "status", "indicator", "period", "place")


class Decider(Protocol):
    """Picks one of the candidates of a field: index and probability."""

    def __call__(self, field: str, candidates: Sequence[Candidate], spot: Spot) -> tuple[int, float]:
        """Index and probability of the candidate of `field` that is taken."""
        ...


class Model:
    """The decider of the shipped weights."""

    def __init__(self) -> None:
        self.weights, self.calibration = load_weights()
        self.learned = learned_ids(self.weights["indicator"])

    def __call__(self, field: str, candidates: Sequence[Candidate], spot: Spot) -> tuple[int, float]:
        """The best candidate by the weights of `field`; an indicator that they don't know by its phrase."""
        if field == "indicator" and (own := settled(candidates, spot, self.learned)) is not None:
            return own, PHRASE_AT_NUMBER
        return choose(candidates, self.weights["groups" if field.startswith("group:") else field])


def _take(bound: Bound, field: str, candidates: Sequence[Candidate], decide: Decider, spot: Spot) -> Candidate:
    at, probability = decide(field, candidates, spot)
    chosen = candidates[at]
    bound.rules[field] = chosen.rule
    if chosen.span is not None:
        bound.evidence[field] = chosen.span
    bound.probabilities[field] = probability
    return chosen


def bind_one(spot: Spot, decide: Decider) -> Bound:
    """One quantity with all its fields."""
    bound = Bound(spot.q, spot.view.sentence)
    if role.moves(spot):
        bound.role, bound.direction = _take(bound, "role", role.candidates(spot), decide, spot).value
    else:
        bound.rules["role"], bound.probabilities["role"] = "role:no_movement", role.LEVEL_ALONE
    bound.status = _take(bound, "status", status.candidates(spot, bound.role), decide, spot).value
    bound.indicator = _take(bound, "indicator", indicator.candidates(spot), decide, spot).value
    bound.subject, bound.rules["subject"] = subject_span(spot, bound)
    if bound.subject is not None:
        bound.evidence["subject"] = bound.subject
    for key, pair in groups.proposals(spot, bound.indicator, bound.subject):
        at, _ = decide(f"group:{key}", pair, spot)
        if pair[at].value:
            bound.groups.append(key)
            span = pair[at].span
            if span is not None:
                bound.evidence.setdefault("groups", span)
            bound.rules.setdefault("groups", pair[at].rule)
    chosen = _take(bound, "period", period.candidates(spot, bound.role, bound.status, bound.indicator), decide, spot)
    bound.period = chosen.value
    where = _take(bound, "place", place.candidates(spot, bound.indicator, bound.status), decide, spot).value
    _set_place(bound, where)
    if spot.q.comparator_span is not None:
        bound.evidence["comparator"] = spot.q.comparator_span
    bound.rules["comparator"] = f"comparator:{spot.q.comparator_rule}"
    return bound


def _set_place(bound: Bound, where: PlaceValue | None) -> None:
    if where is not None:
        bound.place, bound.province, bound.district = where.path, where.province, where.district
        bound.place_level = where.level


def bind_article(draft: Draft, decide: Decider) -> None:
    """Fill ``draft.bound``, in the order of the text."""
    views = sentence_views(draft)
    article: Article = gather(draft)
    for index in sorted(views):
        view: SentenceView = views[index]
        for i in range(len(view.quantities)):
            draft.bound.append(bind_one(Spot(article, view, i, draft.bound), decide))
        here = draft.bound[-len(view.quantities):]
        article.dated = next((b for b in reversed(here) if b.period is not None), article.dated)
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
