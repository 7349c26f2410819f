"""Each number in its sentence, with every field, the words behind it and the rule."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor.cli.main import main
from extractor.errors import ExtractorError
from extractor.explain import printable, wants_colour
from extractor.pipeline.stored import extraction_of
from extractor.records import Extraction

TEXT = ("Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm từ 28,94% xuống còn 24,71%, giảm 4,23%. "
        "Năm 2024, tỉnh phấn đấu giảm tỷ lệ hộ nghèo từ 4% trở lên.")
DOC = extractor.extract(TEXT, id="x")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def test_a_target_with_its_words_and_rules() -> None:
    lines = DOC.percentages[3].explain(colour=False).split("\n")
    assert lines[0].startswith("o4  4%  target, −4 points or more, 2024, Cao Bằng  (confidence 0.")
    assert lines[1] == "    Năm 2024, tỉnh phấn đấu giảm tỷ lệ hộ nghèo từ [[4%]] trở lên."
    rows = {line.split()[0]: " ".join(line.split()) for line in lines[2:]}
    assert rows["status"] == "status target “phấn đấu” status:strive"
    assert rows["comparator"] == "comparator … or more “trở lên” comparator:or_more"
    assert "(outside the sentence)" in rows["place"]
    assert "per" not in rows


def test_the_same_in_vietnamese() -> None:
    shown = DOC.percentages[3].explain(language="vi", colour=False)
    assert "mục tiêu, −4 điểm % trở lên, 2024, Cao Bằng" in shown
    assert "(ngoài câu)" in shown


def test_the_article_shows_every_number_in_order_and_its_checks() -> None:
    shown = DOC.explain(colour=False)
    assert re.findall(r"^(o\d+)  ", shown, re.MULTILINE) == ["o1", "o2", "o3", "o4"]
    assert shown.count("Difference: 28.94 − 24.71 = 4.23 (agrees)") == 3


def test_colours_say_no_more_than_the_words() -> None:
    plain, coloured = DOC.explain(colour=False), DOC.explain(colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;7m4%\x1b[0m" in coloured
    bare = [line.rstrip() for line in COLOURS.sub("", coloured).split("\n")]
    assert bare == [line.replace("[[", "").replace("]]", "") for line in plain.split("\n")]


@pytest.mark.parametrize(("environment", "terminal", "colour"), [
    ({}, True, True), ({}, False, False), ({"NO_COLOR": "1"}, True, False), ({"NO_COLOR": ""}, True, True),
    ({"TERM": "dumb"}, True, False)])
def test_when_there_are_colours(environment: dict[str, str], terminal: bool, colour: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal, raising=False)
    assert wants_colour() is colour


def test_every_number_of_the_corpus_is_explained(corpus: dict[str, tuple[str, Extraction]]) -> None:
    for _, extraction in corpus.values():
        shown = extraction.explain(colour=False)
        assert shown.count("[[") >= len(extraction.observations)
        for o in extraction:
            assert f"[[{printable(o.text)}]]" in o.explain(colour=False).split("\n")[1]


def test_a_document_of_json_wants_its_text() -> None:
    doc = extraction_of(DOC.to_dict())
    with pytest.raises(ExtractorError, match="does not carry its text"):
        doc.explain()
    with pytest.raises(ExtractorError, match="its hash differs"):
        doc.explain(TEXT + ".")
    assert doc.explain(TEXT, colour=False) == DOC.explain(colour=False)
    with pytest.raises(ExtractorError, match="o1: the record does not carry its text"):
        doc.percentages[0].explain()
    with pytest.raises(ExtractorError, match="o1: expected '28,94%' at "):
        doc.percentages[0].explain("Một văn bản khác. " * 9)
    assert doc.percentages[0].explain(TEXT, colour=False) == DOC.percentages[0].explain(colour=False)


def test_the_text_is_no_part_of_what_is_written_or_compared() -> None:
    doc = extraction_of(DOC.to_dict())
    assert doc.text is None
    assert doc == DOC
    assert doc.to_json() == DOC.to_json()
    assert "_text" not in DOC.to_json()
    assert TEXT not in repr(DOC)


def test_text_cannot_command_the_terminal() -> None:
    text = "Năm 2023 tỷ lệ \x1b[31mhộ nghèo\x1b]0;x\x07 là 5%\u202e."
    shown = extractor.extract(text).explain(colour=False)
    assert "[[5%]]" in shown
    assert not any(c in shown for c in "\x1b\x07\u202e")


@given(st.text())
def test_printable_text_is_one_line_without_control_characters(text: str) -> None:
    shown = printable(text)
    assert shown == shown.strip()
    assert shown.isprintable() or all(ord(c) > 127 for c in shown if not c.isprintable())


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert main([str(tmp_path / "a.txt"), str(tmp_path / "none.txt"), "--explain"]) == 1
    captured = capsys.readouterr()
    assert captured.out == extractor.extract(TEXT, id="a").explain(colour=False) + "\n"
    assert "none.txt" in captured.err
    assert main([str(tmp_path / "a.txt"), "--explain", "-o", str(tmp_path / "b")]) == 2
    assert "--explain" in capsys.readouterr().err
    assert not (tmp_path / "b").exists()


def test_from_standard_input() -> None:
    done = subprocess.run([sys.executable, "-m", "extractor", "-", "--explain"], input=TEXT.encode(), capture_output=True, check=True)
    assert "[[24,71%]]" in done.stdout.decode("utf-8")
    assert b"\x1b" not in done.stdout
