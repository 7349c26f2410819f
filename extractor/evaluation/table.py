"""Scores for people: the table that the command prints, and the list of errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.evaluation.metrics import Miss, Scores


def table(scores: Scores) -> str:
    """The measures of `scores` as lines of text."""
    return "\n".join(_lines(scores))


def _lines(scores: Scores) -> Iterator[str]:
    yield f"{scores.articles} articles"
    yield ""
    yield f"{'what':28} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6}"
    for name, tally in sorted(scores.tallies.items()):
        yield f"{name:28} {tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f} {tally.annotated:6}"
    yield ""
    yield "accuracy of the fields of the observations found, and of the document"
    for name, accuracy in scores.accuracies.items():
        yield f"{name:28} {accuracy.share:6.3f}  of {accuracy.compared}"
    yield f"{'subject (token F1)':28} {scores.subject:6.3f}  of {len(scores.subjects)}"


def error_lines(errors: Iterable[Miss]) -> Iterator[str]:
    """One line for each error: article, what, words, annotated, extracted, context, apart by tabs; a header first."""
    yield "article\twhat\twords\tgold\tfound\tcontext"
    for e in errors:
        cells = (e.article, e.what, e.words, e.gold, e.found, e.context)
        yield "\t".join(" ".join(cell.split()) for cell in cells)
