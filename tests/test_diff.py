"""``python -m extractor diff OLD NEW``: what appeared, vanished, changed, with context and counts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.cli.main import main

ONE = "Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm 4,23%. Bà Hoàng Thị Mỹ Hảo, Giám đốc Sở Y tế cho biết có 5.349 hộ nghèo.\n"
TWO = "Huyện Hà Quảng phấn đấu có 12 trường đạt chuẩn.\n"
Document = dict[str, Any]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run the command on an output and on what `change` has made of it; exit status and what was printed."""
    for name, text in (("a", ONE), ("b", TWO)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")

    def go(change: Callable[[list[Document]], object], *options: str) -> tuple[int, str]:
        documents = [extractor.extract(text, id=name, path=str(tmp_path / f"{name}.txt")).to_dict()
                     for name, text in (("a", ONE), ("b", TWO))]
        for name in ("old", "new"):
            (tmp_path / name).write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents), encoding="utf-8")
            change(documents)
        status = main(["diff", str(tmp_path / "old"), str(tmp_path / "new"), *options])
        return status, capsys.readouterr().out

    return go


def nothing(_: list[Document]) -> None:
    """No change."""


def test_nothing_differs(run: Callable[..., tuple[int, str]]) -> None:
    assert run(nothing) == (0, "no differences\n")


def test_a_field_that_changed_is_shown_with_both_values_and_the_words_around(run: Callable[..., tuple[int, str]]) -> None:
    status, printed = run(lambda d: d[0]["percentages"][0].update(period="2022", status="target"))
    assert status == 1
    assert printed.splitlines() == [
        "a 44-49 observations changed: 4,23%",
        "    period: 2023 → 2022",
        "    status: actual → target",
        "    Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm ⟦4,23%⟧. Bà Hoàng Thị Mỹ Hảo, Giám đốc Sở Y tế cho biết có 5.349 hộ",
        "list            appeared  vanished   changed  fields that changed",
        "observations           0         0         1  period 1, status 1"]


@pytest.mark.parametrize(("change", "line"), [
    pytest.param(lambda d: d[0]["household_counts"].clear(), "a 101-109 observations vanished: 5.349 hộ", id="vanished"),
    pytest.param(lambda d: d[1]["periods"].append({"text": "Huyện", "start": 0, "end": 5, "value": None}),
                 "b 0-5 periods appeared: Huyện", id="appeared"),
    pytest.param(lambda d: d[0]["percentages"][0].update(text="giảm 4,23%", start=39), "    text: 4,23% → giảm 4,23%", id="cut otherwise"),
    pytest.param(lambda d: d[0]["officials"][0].update(title="Phó"), "    title: Giám đốc → Phó", id="a person's title"),
    pytest.param(lambda d: d[0]["officials"][0].update(id="f9") or d[0]["household_counts"][0].update(speaker="f9"), "", id="ids only"),
    pytest.param(lambda d: d[0].update(extractor={"version": "9", "patterns": "x"}), "", id="version only"),
    pytest.param(lambda d: d[0]["percentages"][0].update(confidence=0.1), "", id="confidence only"),
    pytest.param(lambda d: d[0]["document"].update(title="Tên khác"), "    title: null → Tên khác", id="the article"),
    pytest.param(lambda d: d.pop(0), "a articles vanished: a", id="article vanished"),
    pytest.param(lambda d: d.append({**d[0], "document": {**d[0]["document"], "id": "c"}}), "c articles appeared: c", id="article appeared"),
    pytest.param(lambda d: d.append(d[0]), "articles appeared", id="the same article twice"),
    pytest.param(lambda d: d.reverse(), "", id="order only"),
])
def test_what_counts_as_a_difference(change: Callable[[list[Document]], object], line: str, run: Callable[..., tuple[int, str]]) -> None:
    status, printed = run(change)
    assert status == bool(line)
    assert line in printed


def test_all_compares_how_a_record_was_found(run: Callable[..., tuple[int, str]]) -> None:
    status, printed = run(lambda d: d[0]["percentages"][0].update(confidence=0.1, rule="x"), "--all")
    assert status == 1
    assert "rule 1" in printed.splitlines()[-1]
    assert "confidence 1" in printed.splitlines()[-1]


def test_as_json_and_as_a_summary(run: Callable[..., tuple[int, str]]) -> None:
    def change(documents: list[Document]) -> None:
        documents[0]["percentages"][0]["low"] = 5

    status, printed = run(change, "--json")
    assert status == 1
    assert {k: v for k, v in json.loads(printed).items() if k != "context"} == {
        "document": "a", "list": "observations", "what": "changed", "text": "4,23%", "start": 44, "end": 49,
        "fields": {"low": [4.23, 5]}}
    _, printed = run(change, "--summary")
    assert len(printed.splitlines()) == 2


def test_texts_that_are_elsewhere(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    def change(documents: list[Document]) -> None:
        for d in documents:
            d["document"]["path"] = None
        documents[0]["percentages"][0]["low"] = 5

    assert "⟦4,23%⟧" not in run(change)[1]
    assert "⟦4,23%⟧" in run(change, "--texts", str(tmp_path))[1]
    (tmp_path / "a.txt").write_text("another text", encoding="utf-8")
    assert "⟦4,23%⟧" not in run(change, "--texts", str(tmp_path))[1]


def test_an_article_whose_text_changed_is_compared_by_words(run: Callable[..., tuple[int, str]]) -> None:
    def change(documents: list[Document]) -> None:
        documents[0].update(extractor.extract("Mới. " + ONE, id="a").to_dict())

    status, printed = run(change)
    assert status == 1
    assert "observations" not in printed
    assert "sha256" in printed


def test_a_line_that_is_no_document_costs_no_other(run: Callable[..., tuple[int, str]], tmp_path: Path,
                                                   capsys: pytest.CaptureFixture[str]) -> None:
    run(lambda d: d[1]["other_quantities"][0].update(low=13))
    path = tmp_path / "new"
    path.write_text('{"broken\n[]\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["diff", str(tmp_path / "old"), str(path)]) == 2
    captured = capsys.readouterr()
    assert "low: 12 → 13" in captured.out
    assert "new:1: not valid JSON" in captured.err
    assert "new:2: not a document of the extractor" in captured.err
    assert main(["diff", str(tmp_path / "old"), str(tmp_path / "nowhere")]) == 2


def test_single_documents_that_are_indented(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("x", ONE), ("y", ONE.replace("4,23", "4,24"))):
        (tmp_path / name).write_text(extractor.extract(text, id="a").to_json(2), encoding="utf-8")
    assert main(["diff", str(tmp_path / "x"), str(tmp_path / "y"), "--summary"]) == 1
    assert "appeared" in capsys.readouterr().out
