"""Status: a fact, a goal, an estimate or a rule, by the nearest cue that governs the number's clause."""

from __future__ import annotations

from extractor.binding.linear import Candidate
from extractor.binding.spot import Spot, near
from extractor.rules.lexicon import Hit

CLASSES = ("actual", "target", "estimate", "norm")
_CUES = 4


def _cue(prefix: str, spot: Spot, hit: Hit) -> list[str]:
    commas, semicolons, numbers = spot.gap(hit.last, spot.q.first)
    return [f"{prefix}={hit.entry.id}", f"{prefix}p={hit.entry.phrase}",
            f"{prefix}={hit.entry.id}.{min(numbers, 1)}.{min(semicolons, 1)}.{near(spot.distance(hit))}",
            f"{prefix}={hit.entry.id}.c{min(commas, 2)}"]


def context(spot: Spot) -> tuple[list[str], dict[str, Hit]]:
    """The features of the number's surroundings, and the nearest cue of each status."""
    q, view, article = spot.q, spot.view, spot.article
    features = [f"sec={view.sentence.section}", f"per={q.per is not None}"]
    nearest: dict[str, Hit] = {}
    left = spot.left("status")
    strong = [h for h in left if h.entry.id != "done"]
    for n, hit in enumerate(left[:2]):
        features += _cue(f"L{n}", spot, hit)
    for n, hit in enumerate(strong[:_CUES - 1]):
        features += _cue(f"G{n}", spot, hit)
    values: list[str] = []
    for hit in left:
        value = hit.entry.data.get("value")
        nearest.setdefault(value, hit)
        if value not in values:
            values.append(value)
    features.append("order=" + ",".join(values[:3]))
    features += _governor(spot, strong)
    right = spot.right("status")
    for hit in right[:2]:
        value = hit.entry.data.get("value")
        nearest.setdefault(value, hit)
        if not spot.gap(q.last, hit.first)[2]:
            features.append(f"R={hit.entry.id}@{near(spot.distance(hit))}")
    features += [f"any={v}" for v in sorted({h.entry.id for h in view.hits.get("status", ())})]
    features += _above(spot, strong)
    features += [f"title={v}" for v in sorted(article.title_status)]
    lead = article.leads.get(view.sentence.index)
    if lead is not None:
        above = article.draft.sentences[lead]
        lead_values = {h.entry.id for h in article.draft.hits_from("status", above.start, above.end)}
        features += [f"lead={v}" for v in sorted(lead_values)]
    features.append(f"norms={article.norm_density}")
    years = [int(p.value[:4]) for p in view.periods if p.value]
    if years and article.year:
        ahead = max(years) - article.year
        features.append(f"ahead={'+' if ahead > 0 else '0' if ahead == 0 else '-'}")
    elif years:
        features.append("dated")
    return features, nearest


def _governor(spot: Spot, strong: list[Hit]) -> list[str]:
    """The nearest cue of a goal, an estimate or a rule left in the sentence, and whether a fact stands in between."""
    for n, hit in enumerate(strong):
        if hit.entry.data.get("value") == "actual":
            continue
        between = [h.entry.id for h in strong[:n]]
        _, semicolons, numbers = spot.gap(hit.last, spot.q.first)
        past = "past" in between or "not_met" in between
        return [f"gov={hit.entry.id}.{past}", f"gov={hit.entry.data.get('value')}.{past}.{min(semicolons, 1)}",
                f"gov={hit.entry.id}.{past}.{min(numbers, 2)}", f"govp={hit.entry.phrase}.{past}"]
    return [f"gov=no.{bool(strong)}"]


def _above(spot: Spot, strong: list[Hit]) -> list[str]:
    """The last goal, estimate or rule named before the sentence, in its paragraph or in an earlier one."""
    here = any(h.entry.id == "past" for h in strong)
    cue = spot.article.cues.get(spot.view.sentence.index)
    if cue is None:
        return [f"up=no.{here}"]
    name, same, back, past = cue
    return [f"up={name}.{same}.{here}", f"up={name}.{same}.{back}.{past}", f"up={name}.{back}", f"up={name}.{past}.{here}.{bool(strong)}"]


def candidates(spot: Spot, nearest: dict[str, Hit]) -> list[Candidate]:
    """One candidate for each status, with its nearest cue as evidence."""
    out = []
    for value in CLASSES:
        hit = nearest.get(value)
        if hit is not None and hit.last > spot.q.first and value == "actual":
            hit = None
        rule = f"status:{hit.entry.id}" if hit is not None else "status:plain"
        out.append(Candidate(value, (hit.start, hit.end) if hit is not None else None, rule))
    return out
