"""Small documents with known answers, for the tests of panels and pictures."""

from __future__ import annotations

import hashlib
from typing import Any

from extractor.records import Document, Extraction, Observation

_FIELDS: dict[str, Any] = {
    "kind": "percent", "high": None, "comparator": "eq", "unit": None, "per": None, "of": None,
    "indicator": "poverty_rate", "subject": "tỷ lệ hộ nghèo", "groups": [], "province": None, "province_code": None,
    "district": None, "period": "2023", "status": "actual", "role": "level", "direction": None, "speaker": None,
    "section": "body", "evidence": {}, "rule": "indicator:left:phrase", "rules": {}, "confidence": 0.6}


def said(low: float, place: str | None = "Cao Bằng", **fields: Any) -> dict[str, Any]:
    """One number of an article, in a sentence of its own; what is not given is the commonest."""
    province = place.split(", ")[-1] if place not in (None, "Việt Nam", "Tây Nguyên", "Lào") else None
    return {**_FIELDS, "low": low, "place": place, "province": province, **fields}


def article(name: str, *numbers: dict[str, Any], published: str | None = "2024-01-10", title: str | None = None,
            text: str | None = None, keep: bool = True, url: str | None = None) -> Extraction:
    """An article that says `numbers`, each in a sentence that is made up from it, or in the sentence ``words``."""
    out: list[Observation] = []
    sentences: list[str] = []
    at = 0
    for number in numbers:
        fields = dict(number)
        figure = f"{fields['low']:g}"
        words = fields.pop("words", None) or f"Theo báo cáo {name}, {fields['indicator']} {fields['place']} là {figure}."
        start = at + words.index(figure)
        if fields.pop("same_sentence", False):
            words, (at, span) = "", (out[-1].sentence[0], out[-1].sentence)
            start = out[-1].end + 1
        else:
            span = (at, at + len(words))
        out.append(Observation(id=f"o{len(out) + 1}", text=figure, start=start, end=start + len(figure),
                               sentence=span, **fields))
        if words:
            sentences.append(words)
            at += len(words) + 1
        else:
            at = sum(len(s) + 1 for s in sentences)
    whole = text if text is not None else "\n".join(sentences)
    document = Document(name, None, title or f"Bài {name}", published, [], None, url, [], len(whole),
                        hashlib.sha256(whole.encode()).hexdigest(), [])
    made = Extraction("1.0", {"version": "0", "patterns": "sha256:0"}, document, percentages=[
        o for o in out if o.kind == "percent"], household_counts=[o for o in out if o.kind == "households"],
        other_quantities=[o for o in out if o.kind not in ("percent", "households")])
    return made.keep_text(whole) if keep else made


def households(low: float, place: str, **fields: Any) -> dict[str, Any]:
    """A count of poor households."""
    return said(low, place, kind="households", unit="hộ", indicator="poor_households", subject="hộ nghèo", **fields)


def target(low: float, place: str = "Cao Bằng", **fields: Any) -> dict[str, Any]:
    """A goal for the poverty rate."""
    return said(low, place, status="target", **fields)


def change(low: float, place: str = "Cao Bằng", **fields: Any) -> dict[str, Any]:
    """A fall of the poverty rate."""
    return said(low, place, **{"role": "change", "direction": "down", **fields})
