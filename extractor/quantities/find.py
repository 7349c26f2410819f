"""One pass over the figures and number words of an article; how one of them is read stands in `quantities/reader.py`."""

from __future__ import annotations

from extractor.draft import Draft, Quantity, Sentence
from extractor.quantities.comparator import set_comparator
from extractor.quantities.reader import Finder
from extractor.rules.lexicon import Hit
from extractor.text.tokens import where

_NUMBER = ("number",)


def find_quantities(draft: Draft) -> None:
    """Fill ``draft.quantities`` in the order of the text, none overlapping, each with its sentence."""
    finder = Finder(draft)
    half = {h.first: h for h in draft.hits.get("number_word", ()) if h.entry.id in ("half", "double", "triple")}
    done = 0
    for i in sorted({*where(draft.tokens.kind, _NUMBER), *where(draft.tokens.text, finder.words.numbers.firsts), *half}):
        if i < done:
            continue
        if i in half:
            draft.quantities.append(_idiom(finder, half[i]))
            done = half[i].last
        else:
            quantity, done = finder.read(i)
            if quantity is not None:
                draft.quantities.append(quantity)
    starts = [quantity.start for quantity in draft.quantities]
    for quantity, following in zip(draft.quantities, [*starts[1:], len(draft.text.norm)], strict=False):
        sentence = draft.sentence_at(quantity.start)
        quantity.sentence = sentence.index if sentence else -1
        if quantity.end > min(following, sentence.end if sentence is not None else following):
            # the noun that no list names belongs to what follows ("3 gấp đôi"), or stands in the next sentence
            quantity.end = draft.tokens.end[quantity.last - 1]
            quantity.outer_end = max(quantity.end, min(quantity.outer_end, following))
        if sentence is not None and sentence.end < quantity.end:
            _cut_after(draft, sentence, quantity)


def _cut_after(draft: Draft, sentence: Sentence, quantity: Quantity) -> None:
    """A sentence that was too long has been cut inside the quantity: it is cut behind it instead."""
    sentence.end, sentence.last = quantity.end, quantity.last
    at = sentence.index + 1
    if at < len(draft.sentences) and draft.sentences[at].last > quantity.last:
        draft.sentences[at].first, draft.sentences[at].start = quantity.last, draft.tokens.start[quantity.last]
    else:
        del draft.sentences[at:at + 1]
        for index, after in enumerate(draft.sentences[at:], at):
            after.index = index


_IDIOMS = {"half": ("percent", 50.0, "%"), "double": ("other", 2.0, "times"), "triple": ("other", 3.0, "times")}


def _idiom(finder: Finder, hit: Hit) -> Quantity:
    """"một nửa" is 50 percent, "gấp đôi" twice."""
    kind, value, unit = _IDIOMS[hit.entry.id]
    quantity = Quantity(hit.start, hit.end, hit.first, hit.last, kind, value, None, unit,
                        outer_start=hit.start, outer_end=hit.end)
    set_comparator(finder.draft, quantity, finder.comparators, hit.last)
    return quantity
