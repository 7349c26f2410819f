"""The corpus: whole, valid, and as large and varied as its datasheet says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluation.gold import GoldArticle, gold_files, problems, read_gold
from extractor.patterns import load_patterns
from extractor.records import COMPARATORS, KINDS, ROLES, STATUSES, Extraction, Mention

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
#: Articles in which only the numbers are annotated: those that the weights are trained on, and those kept from training.
NUMBERS = ("training", "unseen")
FOLDERS = (CORPUS, *(CORPUS / name for name in NUMBERS))
FILES = [path for folder in FOLDERS for path in gold_files(folder)]


@pytest.fixture(scope="module")
def articles() -> list[GoldArticle]:
    """All articles in which everything is annotated."""
    return list(read_gold(CORPUS, load_patterns()))


@pytest.fixture(scope="module")
def numbers() -> dict[str, list[GoldArticle]]:
    """The articles in which only the numbers are annotated."""
    return {name: list(read_gold(CORPUS / name, load_patterns())) for name in NUMBERS}


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_annotation_of_an_article_is_valid(path: Path) -> None:
    assert problems(path, load_patterns()) == []


def test_every_text_is_annotated_and_every_annotation_has_its_text() -> None:
    names = Counter(path.stem for folder in FOLDERS for path in folder.iterdir() if path.suffix in {".txt", ".json"})
    assert {name for name, n in names.items() if n != 2} == set()


def test_no_article_stands_there_twice(articles: list[GoldArticle], numbers: dict[str, list[GoldArticle]]) -> None:
    everything = [*articles, *(a for name in NUMBERS for a in numbers[name])]
    assert len({" ".join(a.text.split()) for a in everything}) == len(everything)


def test_the_datasheet_counts_right(articles: list[GoldArticle], numbers: dict[str, list[GoldArticle]]) -> None:
    counts = {"articles": len(articles), "observations": sum(len(a.observations) for a in articles),
              "officials": sum(len(a.officials or ()) for a in articles), "places": sum(len(a.places or ()) for a in articles),
              "observations with a speaker": sum(o.speaker is not None for a in articles for o in a.observations)}
    for name in NUMBERS:
        counts[f"{name}: articles"] = len(numbers[name])
        counts[f"{name}: observations"] = sum(len(a.observations) for a in numbers[name])
    sheet = (CORPUS / "DATASHEET.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| (.+?) \| (\d+) \|$", sheet, re.MULTILINE)) == {k: str(v) for k, v in counts.items()}


@pytest.mark.parametrize(("field", "words"), [
    ("kind", KINDS), ("comparator", COMPARATORS), ("status", STATUSES), ("role", ROLES), ("direction", ("up", "down"))])
def test_every_word_of_a_closed_list_occurs(field: str, words: tuple[str, ...], articles: list[GoldArticle]) -> None:
    seen = Counter(getattr(o, field) for a in articles for o in a.observations)
    assert set(words) <= set(seen)


# --- what always holds of what comes out ------------------------------------------------------------------------------

def _mentions(records: Sequence[Any]) -> list[Mention]:
    return sorted((m for record in records for m in record.mentions), key=lambda m: m.start)


def test_every_span_is_the_words_it_says(corpus: dict[str, tuple[str, Extraction]]) -> None:
    for text, x in corpus.values():
        rows: list[Any] = [*x.observations, *x.targets, *x.periods, *_mentions([*x.officials, *x.provinces, *x.places])]
        assert [r for r in rows if text[r.start:r.end] != r.text or not r.text] == []
        pairs = [pair for o in x.observations for pair in [o.sentence, *o.evidence.values()]]
        assert [pair for pair in pairs if not 0 <= pair[0] < pair[1] <= len(text)] == []


def test_records_of_one_list_never_overlap(corpus: dict[str, tuple[str, Extraction]]) -> None:
    for name, (_, x) in corpus.items():
        lists: list[list[Any]] = [x.observations, x.periods, x.document.sections, _mentions(x.provinces),
                                  _mentions(x.places)]
        for rows in lists:
            assert all(a.end <= b.start for a, b in pairwise(rows)), name


def test_ids_refer_to_records_that_are_there(corpus: dict[str, tuple[str, Extraction]]) -> None:
    for name, (_, x) in corpus.items():
        observations = {o.id for o in x.observations}
        assert len(observations) == len(x.observations), name
        assert {t.observation for t in x.targets} <= observations, name
        assert {i for c in x.checks for i in c.observations} <= observations, name
        assert {o.speaker for o in x.observations} - {None} <= {f.id for f in x.officials}, name
