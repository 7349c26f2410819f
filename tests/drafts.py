"""Texts read as far as one step, for the tests of that step."""

from __future__ import annotations

from extractor.draft import Article, Draft, Quantity
from extractor.patterns import load_patterns
from extractor.steps import STEPS


def draft(text: str, until: str, published: str | None = None) -> Draft:
    """The draft of `text` after the step `until`."""
    made = Draft(Article(text, published=published), load_patterns())
    for name, step in STEPS.items():
        step(made)
        if name == until:
            break
    return made


def quantities(text: str) -> list[str]:
    """Every quantity of `text` in a line: its words, comparator, value (– upper end, / whole), unit and "per"."""
    made = draft(text, "quantities")
    return [f"{made.text.norm[q.start:q.end]}: {said(q)}" for q in made.quantities]


_SIGNS = {"eq": "", "approx": "~", "ge": "≥", "le": "≤", "gt": ">", "lt": "<"}


def said(q: Quantity) -> str:
    """The value of a quantity as one would note it down."""
    value = _SIGNS[q.comparator] + f"{q.low:.15g}"
    if q.high is not None:
        value += f"–{q.high:.15g}"
    if q.of is not None:
        value += f" of {q.of:.15g}"
    return value + (f" {q.unit}" if q.unit else "") + (f" per {q.per}" if q.per else "")
