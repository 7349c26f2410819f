"""The published JSON Schema, and that everything that comes out keeps to it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

import extractor
from extractor import records
from extractor.cli.main import main
from extractor.records import Extraction
from extractor.schema import json_schema, record_classes, record_fields

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
ARTICLE = "Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm 4,23%, còn 5.349 hộ. Ông Lê Văn Tám, Chủ tịch UBND xã Nà Mèo nói."


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_the_command_prints_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == json_schema()


def test_every_document_of_the_corpus_keeps_to_the_schema(corpus: dict[str, tuple[str, Extraction]]) -> None:
    wrong = [f"{name}: {error.json_path}: {error.message}" for name, (_, extraction) in corpus.items()
             for error in VALIDATOR.iter_errors(json.loads(extraction.to_json()))]
    assert wrong == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", "một", "%", "\ud800", "12", "a" * 5000])
def test_the_document_of_any_text_keeps_to_the_schema(text: str) -> None:
    VALIDATOR.validate(json.loads(extractor.extract(text).to_json()))


def test_every_field_says_what_it_means_and_is_required() -> None:
    schema = json_schema()
    for name, part in {"document": schema, **schema["$defs"]}.items():
        optional = {"text"} if name == "Document" else set()  # only where the command line is asked for it
        assert part["required"] == [p for p in part["properties"] if p not in optional], name
        assert all(p["description"] for p in part["properties"].values()), name


@pytest.mark.parametrize(("record", "name", "words"), [
    ("Observation", "kind", records.KINDS),
    ("Observation", "comparator", records.COMPARATORS),
    ("Observation", "status", records.STATUSES),
    ("Observation", "role", records.ROLES),
    ("Observation", "direction", (*records.DIRECTIONS, None)),
    ("Observation", "section", records.SECTIONS),
    ("Section", "kind", records.SECTIONS),
    ("Mention", "section", records.SECTIONS),
    ("Place", "level", records.LEVELS),
])
def test_closed_lists_of_words(record: str, name: str, words: tuple[str | None, ...]) -> None:
    assert json_schema()["$defs"][record]["properties"][name]["enum"] == list(words)


def _set(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
    return change


@pytest.mark.parametrize("change", [
    _set("percentages", 0, "kind", value="share"),
    _set("percentages", 0, "low", value="4,23"),
    _set("percentages", 0, "low", value=None),
    _set("percentages", 0, "start", value=1.5),
    _set("percentages", 0, "sentence", value=[1]),
    _set("percentages", 0, "sentence", value=[1, 2, 3]),
    _set("percentages", 0, "evidence", value={"period": [1, "2"]}),
    _set("percentages", 0, "direction", value="sideways"),
    _set("percentages", 0, "unknown", value=1),
    _set("officials", 0, "mentions", value=None),
    _set("document", "authors", value=[None]),
    _set("targets", value={}),
    lambda document: document.pop("checks"),
])
def test_what_is_not_so_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    document = json.loads(extractor.extract(ARTICLE).to_json())
    VALIDATOR.validate(document)
    broken = copy.deepcopy(document)
    change(broken)
    assert not VALIDATOR.is_valid(broken)


def test_every_record_class_is_described() -> None:
    declared = {name for name, value in vars(records).items()
                if isinstance(value, type) and issubclass(value, records._Record) and not name.startswith("_")}
    assert {record.__name__ for record in record_classes()} == declared


def test_a_field_without_a_meaning_is_refused() -> None:
    with pytest.raises(TypeError, match="'text' of a record says nothing"):
        record_fields(extractor.Article)
