"""The steps as spaCy components: each fills its part of the draft and shows it as ``doc.spans``.

Spans in ``doc.spans`` are of whole tokens, as spaCy wants them; the exact offsets are those of the records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.draft import Draft
from extractor.finish import finish
from extractor.pipeline.attributes import draft_of, keep_extraction, set_attribute, start_draft
from extractor.records import Extraction
from extractor.steps import STEPS

if TYPE_CHECKING:
    from extractor.draft import Sentence

PREFIX: Final = "extractor_"
FIRST: Final = next(iter(STEPS))
FINISH: Final = "finish"


class Shown(NamedTuple):
    """What stands in ``doc.spans``: characters [start, end) of the text as given, label, id, id in a knowledge base."""

    start: int
    end: int
    label: str
    id: str = ""
    kb_id: str = ""


def show(doc: Doc, group: str, spans: Iterable[Shown]) -> None:
    """Set ``doc.spans[group]``."""
    made = (doc.char_span(s.start, s.end, label=s.label, span_id=s.id, kb_id=s.kb_id, alignment_mode="expand")
            for s in spans if s.end > s.start)
    found: list[Span] = [span for span in made if span is not None]
    doc.spans[group] = found


def set_sentence_starts(doc: Doc, draft: Draft, sentences: Iterable[Sentence]) -> None:
    """Mark where sentences begin; white space before the first one belongs to it, as newlines belong to the last."""
    if not len(doc):
        return
    offsets = np.array([token.idx for token in doc])
    starts = np.array([draft.text.raw_span(s.start, s.end)[0] for s in sentences][1:], dtype=np.int64)
    flags = np.full(len(doc), -1, dtype=np.int64)
    flags[np.searchsorted(offsets, starts, side="right") - 1] = 1
    flags[0] = 1
    set_attribute(doc, "SENT_START", flags.astype(np.uint64))


def show_draft(doc: Doc, draft: Draft, step: str) -> None:
    """Show what `step` has filled, as far as it is known at that step."""
    span = draft.text.raw_span
    if step == FIRST:
        set_sentence_starts(doc, draft, draft.sentences)
        show(doc, "sections", (Shown(*span(s.start, s.end), s.kind) for s in draft.sections))
    elif step == "periods":
        show(doc, "periods", (Shown(*span(p.start, p.end), "period", p.value or "") for p in draft.periods))
    elif step == "quantities":
        show(doc, "quantities", (Shown(*span(q.start, q.end), q.kind) for q in draft.quantities))
    elif step == "places":
        show(doc, "places", (Shown(*span(p.start, p.end), p.level, p.name, p.code or "") for p in draft.places))
    elif step == "officials":
        show(doc, "officials", (Shown(*span(a, b), "official", f"f{number}") for number, official in enumerate(
            draft.officials, 1) for a, b in official.mentions))


def show_extraction(doc: Doc, extraction: Extraction) -> None:
    """Show what has come out, with the ids and codes of its records."""
    show(doc, "quantities", (Shown(o.start, o.end, o.kind, o.id) for o in extraction.observations))
    show(doc, "targets", (Shown(t.start, t.end, "target", t.id) for t in extraction.targets))
    show(doc, "periods", (Shown(p.start, p.end, "period", p.value or "") for p in extraction.periods))
    show(doc, "officials", in_order(
        Shown(m.start, m.end, "official", f.id) for f in extraction.officials for m in f.mentions))
    provinces = (Shown(m.start, m.end, "province", p.name, p.code or "") for p in extraction.provinces for m in p.mentions)
    places = (Shown(m.start, m.end, p.level, p.name, p.code or "") for p in extraction.places for m in p.mentions)
    show(doc, "places", in_order([*provinces, *places]))
    show_to_displacy(doc)


#: The groups that displacy draws, those that become entities first.
_ENTITIES: Final = ("quantities", "officials", "places")
_DRAWN: Final = (*_ENTITIES, "targets", "periods")


def show_to_displacy(doc: Doc) -> None:
    """Set what ``displacy.render`` draws: ``doc.spans["sc"]`` (style "span"), and ``doc.ents`` (style "ent").

    Entities can't overlap: those that stand there already, of a component of the user's own, stay as they are.
    """
    doc.spans["sc"] = sorted((span for group in _DRAWN for span in doc.spans[group]), key=lambda s: (s.start, s.end))
    taken = {token.i for entity in doc.ents for token in entity}
    entities = list(doc.ents)
    for span in (span for group in _ENTITIES for span in doc.spans[group]):
        tokens = range(span.start, span.end)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            entities.append(span)
    doc.set_ents(entities, default="unmodified" if doc.ents else "outside")


def in_order(spans: Iterable[Shown]) -> list[Shown]:
    """Spans of several records in the order of the text."""
    return sorted(spans, key=lambda s: (s.start, s.end))


class StepComponent:
    """The component of one step; a component of the user's own may stand before or after any of them."""

    def __init__(self, step: str) -> None:
        self.step = step

    def __call__(self, doc: Doc) -> Doc:
        """Run the step on the draft of `doc` and show what it has filled."""
        draft = start_draft(doc) if self.step == FIRST else draft_of(doc)
        STEPS[self.step](draft)
        show_draft(doc, draft, self.step)
        return doc


class FinishComponent:
    """The last component: the records, in ``doc._.extraction``."""

    def __call__(self, doc: Doc) -> Doc:
        """Turn the draft of `doc` into its extraction."""
        extraction = finish(draft_of(doc))
        show_extraction(doc, extraction)
        keep_extraction(doc, extraction)
        return doc


def create_component(nlp: Language, name: str, step: str) -> StepComponent | FinishComponent:  # noqa: ARG001
    """What spaCy calls to make the component of `step`."""
    return FinishComponent() if step == FINISH else StepComponent(step)


# What each component writes, for spaCy's ``nlp.analyze_pipes()``.
_ASSIGNS: Final[Mapping[str, list[str]]] = {FIRST: ["token.is_sent_start", "doc.spans"], FINISH: ["doc._.extraction", "doc.spans", "doc.ents"]}

FACTORIES: Final = tuple(PREFIX + step for step in (*STEPS, FINISH))

for _step in (*STEPS, FINISH):
    Language.factory(PREFIX + _step, func=create_component, default_config={"step": _step},
                     assigns=_ASSIGNS.get(_step, ["doc.spans"] if _step in ("periods", "quantities", "places", "officials") else []))
