"""To annotation tools and back: what goes out comes back, corrections are kept, mistakes are named."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.annotation import brat, doccano, label_studio
from extractor.annotation.files import to_utf16, utf16_offset, vocabulary
from extractor.annotation.gold_files import gold_of, write_gold
from extractor.annotation.task import LABELS, Span, Task, task_of
from extractor.cli.main import main
from extractor.errors import ExtractorError
from extractor.evaluation import evaluate
from extractor.patterns import load_patterns
from extractor.records import Extraction

TOOLS = {"label-studio": label_studio, "doccano": doccano, "brat": brat}
TEXT = ("Cao Bằng: Tỷ lệ hộ nghèo giảm 4,57%\n\n🙂 Ông Nông Văn Thắng, Phó Chủ tịch UBND huyện Bảo Lạc cho biết: “Năm 2023, tỷ lệ hộ "
        "nghèo giảm từ 26,02% xuống còn 21,45%”.\n\nHuyện có ít nhất 1.000 hộ nghèo, 8/11 xã ở nông thôn đạt chuẩn.\n")


def there_and_back(tool: str, tasks: list[Task], folder: Path) -> list[Task | ExtractorError]:
    """What an annotator sends back who found nothing to correct."""
    TOOLS[tool].write(tasks, folder, vocabulary(load_patterns()))
    if tool == "label-studio":
        entries = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
        for entry in entries:
            entry["annotations"] = [{"id": 1, "was_cancelled": False, "result": entry["predictions"][0]["result"]}]
        (folder / "tasks.json").write_text(json.dumps(entries), encoding="utf-8")
    return list(TOOLS[tool].read(folder))


def only(results: list[Any]) -> Task:
    (task,) = results
    assert isinstance(task, Task), task
    return task


@pytest.fixture(scope="module")
def task() -> Task:
    return task_of(TEXT, extractor.extract(TEXT, id="x"))


# --- there and back ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("tool", TOOLS)
def test_the_corpus_comes_back(tool: str, corpus: dict[str, tuple[str, Extraction]], tmp_path: Path) -> None:
    some = dict(list(corpus.items())[::5])
    tasks = there_and_back(tool, [task_of(text, extraction) for text, extraction in some.values()], tmp_path / "out")
    assert [t for t in tasks if isinstance(t, ExtractorError)] == []
    assert list(write_gold((t for t in tasks if isinstance(t, Task)), tmp_path / "gold", load_patterns())) == list(some)
    scores = evaluate(tmp_path / "gold")
    assert {name: t.f1 for name, t in scores.tallies.items() if t.annotated} == dict.fromkeys(
        (name for name, t in scores.tallies.items() if t.annotated), 1.0)
    assert {name: a.share for name, a in scores.accuracies.items()} == dict.fromkeys(scores.accuracies, 1.0)
    assert scores.subject == pytest.approx(1.0)
    assert scores.errors == []


@pytest.mark.parametrize("tool", TOOLS)
def test_every_field_comes_back_after_emoji_and_line_ends(tool: str, task: Task, tmp_path: Path) -> None:
    back = only(there_and_back(tool, [task], tmp_path))
    assert gold_of(back, load_patterns()) == gold_of(task, load_patterns())
    assert [(s.start, s.end, s.label) for s in back.spans] == [(s.start, s.end, s.label) for s in task.spans]
    fields = [s.fields for s in back.spans if s.label == "percent"]
    assert [f.get("speaker") for f in fields] == [None, "Nông Văn Thắng", "Nông Văn Thắng"]


def test_a_value_that_nobody_has_given_is_read_from_the_words(task: Task) -> None:
    bare = Task(task.id, task.text, {}, [Span(s.start, s.end, s.label) for s in task.spans if s.label == "households"])
    (observation,) = gold_of(bare, load_patterns())["observations"]
    assert {k: observation[k] for k in ("text", "low", "comparator", "unit", "indicator", "subject", "status", "role")} == {
        "text": "1.000 hộ", "low": 1000, "comparator": "ge", "unit": "hộ", "indicator": "other", "subject": None,
        "status": "actual", "role": "level"}


# --- corrections ------------------------------------------------------------------------------------------------------

def corrected_label_studio(folder: Path) -> None:
    path = folder / "tasks.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    for item in entries[0]["annotations"][0]["result"]:
        if item["from_name"] == "status":
            item["value"]["choices"] = ["target"]
        if item["from_name"] == "period":
            item["value"]["text"] = ["2025"]
    path.write_text(json.dumps(entries), encoding="utf-8")


def corrected_doccano(folder: Path) -> None:
    path = folder / "articles.jsonl"
    entry = json.loads(path.read_text(encoding="utf-8"))
    numbers = [e for e in entry["entities"] if e["label"] in ("percent", "households", "other")]
    entry["entities"] = [e for e in entry["entities"] if not e["label"].startswith("period=")]
    entry["entities"] += [{**e, "id": 1000 * i + e["id"], "label": label} for e in numbers
                          for i, label in enumerate(("status=target", "period=2025"), 1)]
    path.write_text(json.dumps(entry) + "\n", encoding="utf-8")


def corrected_brat(folder: Path) -> None:
    path = folder / "x.ann"
    source = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(status T\d+) \w+", r"\1 target", source).replace("period=2023", "period=2025"), encoding="utf-8")


@pytest.mark.parametrize(("tool", "correct"), [
    ("label-studio", corrected_label_studio), ("doccano", corrected_doccano), ("brat", corrected_brat)])
def test_corrections_are_kept(tool: str, correct: Callable[[Path], None], task: Task, tmp_path: Path) -> None:
    there_and_back(tool, [task], tmp_path)
    correct(tmp_path)
    observations = gold_of(only(list(TOOLS[tool].read(tmp_path))), load_patterns())["observations"]
    assert {o["status"] for o in observations} == {"target"}
    assert {o["period"] for o in observations if o["text"] in ("26,02%", "21,45%")} == {"2025"}


def test_what_nobody_has_worked_on_is_no_gold(task: Task, tmp_path: Path) -> None:
    label_studio.write([task], tmp_path, vocabulary(load_patterns()))
    assert list(label_studio.read(tmp_path)) == []


def test_offsets_of_an_older_label_studio_are_recognised_by_their_words(task: Task, tmp_path: Path) -> None:
    there_and_back("label-studio", [task], tmp_path)
    path = tmp_path / "tasks.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    for item in entries[0]["annotations"][0]["result"]:
        for name in ("start", "end"):
            if name in item["value"]:
                item["value"][name] = to_utf16(TEXT, item["value"][name])
    path.write_text(json.dumps(entries), encoding="utf-8")
    assert [(s.start, s.end) for s in only(list(label_studio.read(tmp_path))).spans] == [(s.start, s.end) for s in task.spans]


def test_offsets_in_utf16() -> None:
    text = "a🙂b"
    assert [to_utf16(text, i) for i in range(4)] == [0, 1, 3, 4]
    assert [utf16_offset(text, i) for i in range(6)] == [0, 1, None, 2, 3, None]


# --- what the tools are told ------------------------------------------------------------------------------------------

def test_the_labelling_interface_has_every_label_and_field(task: Task, tmp_path: Path) -> None:
    label_studio.write([task], tmp_path, vocabulary(load_patterns()))
    root = ET.fromstring((tmp_path / "labels.xml").read_text(encoding="utf-8"))
    assert [label.get("value") for label in root.iter("Label")] == list(LABELS)
    tags = {tag.get("name"): {c.get("value") for c in tag.iter("Choice")} for tag in root.iter() if tag.get("name")}
    (entry,) = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    for item in entry["predictions"][0]["result"]:
        assert item["from_name"] in tags
        assert set(item["value"].get("choices", ())) <= tags[item["from_name"]]


def test_brat_marks_no_line_end(tmp_path: Path) -> None:
    text = "Có 5.349\n\nhộ nghèo."
    brat.write([Task("x", text, {}, [Span(3, 12, "households")])], tmp_path, vocabulary(load_patterns()))
    assert (tmp_path / "x.ann").read_text(encoding="utf-8").splitlines()[0] == "T1\thouseholds 3 8;10 12\t5.349 hộ"
    (span,) = only(list(brat.read(tmp_path))).spans
    assert (span.start, span.end) == (3, 12)


# --- mistakes ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("line", "words"), [
    ("T99\tpercent 5 900\tx", "x.ann:1: percent at characters 5 to 900: not in the text"),
    ("T99\tnumber 0 3\tx", "x.ann:1: label 'number': expected one of percent, households"),
    ("A99\tstatus T77 target", "x.ann:1: T77 is no number, official or place"),
    ("A99\tcolour T1 red", "x.ann:1: attribute 'colour': expected one of indicator"),
    ("R99\tsubject Arg1:T1 Arg2:T77", "x.ann:1: relation 'subject' of T1 leads to or from what is not there"),
    ("#99\tAnnotatorNotes T1\tlow=many", "x.ann:1: not as brat writes it: could not convert"),
    ("#99\tAnnotatorNotes T1\tvalue=4", "x.ann:1: note: 'value': expected one of low"),
])
def test_a_mistake_in_a_file_of_brat_names_file_and_line(line: str, words: str, task: Task, tmp_path: Path) -> None:
    brat.write([task], tmp_path, vocabulary(load_patterns()))
    path = tmp_path / "x.ann"
    path.write_text(line + "\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (error,) = brat.read(tmp_path)
    assert isinstance(error, ExtractorError)
    assert words in str(error)


@pytest.mark.parametrize(("change", "words"), [
    ({"start": 3, "end": 8}, "task 1: the words at characters 3 to 8 are "),
    ({"labels": ["number"]}, "task 1: label 'number': expected one of percent"),
    ({"start": None}, "task 1: not as Label Studio writes it: TypeError"),
])
def test_a_mistake_in_a_task_of_label_studio(change: dict[str, Any], words: str, task: Task, tmp_path: Path) -> None:
    there_and_back("label-studio", [task, task], tmp_path)
    path = tmp_path / "tasks.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    entries[0]["annotations"][0]["result"][0]["value"].update(change)
    path.write_text(json.dumps(entries), encoding="utf-8")
    error, good = label_studio.read(tmp_path)
    assert words in str(error)
    assert isinstance(good, Task)


@pytest.mark.parametrize(("entry", "words"), [
    ({"text": "có 5 hộ", "entities": [{"id": 1, "label": "percent", "start_offset": 3, "end_offset": 90}]}, "percent: offsets 3 to 90 are"),
    ({"text": "có 5 hộ", "entities": [{"id": 1, "label": "status=target", "start_offset": 3, "end_offset": 5}]},
     "label 'status=target' at characters 3 to 5: no number"),
    ({"text": "có 5 hộ"}, "not as doccano writes it: KeyError: 'entities'"),
])
def test_a_mistake_in_a_line_of_doccano(entry: dict[str, Any], words: str, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text(json.dumps(entry) + "\n" + json.dumps({"text": "a", "entities": []}) + "\n", encoding="utf-8")
    error, good = doccano.read(path)
    assert str(error).startswith(f"{path}:1: ")
    assert words in str(error)
    assert isinstance(good, Task)


def test_an_article_that_is_no_good_is_named_and_not_written(task: Task, tmp_path: Path) -> None:
    wrong = Task("../up", task.text, {"published": "yesterday"}, task.spans)
    empty = Task("y", "Không có số nào.", {}, [Span(0, 5, "percent")])
    one, two, three = write_gold([wrong, empty, task], tmp_path / "gold", load_patterns())
    assert "published: expected a date" in str(one)
    assert "y: 'Không' at character 0: no number can be read; give its value" in str(two)
    assert three == "x"
    assert sorted(p.name for p in tmp_path.rglob("*.*")) == ["x.json", "x.txt"]
    (again,) = write_gold([task], tmp_path / "gold", load_patterns())
    assert "is there already and was not written over" in str(again)


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(TEXT.replace("\n", "\r\n").encode())
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\xff")
    assert main(["annotate", "export", "brat", str(tmp_path), "-o", str(tmp_path / "out")]) == 1
    assert "b.txt: " in capsys.readouterr().err
    assert main(["annotate", "import", "brat", str(tmp_path / "out"), "-o", str(tmp_path / "gold")]) == 0
    assert capsys.readouterr().out.startswith("1 articles in ")
    assert main(["evaluate", str(tmp_path / "gold")]) == 0
    assert main(["annotate", "import", "label-studio", str(tmp_path / "none.json"), "-o", str(tmp_path / "g2")]) == 2
    assert "none.json: cannot be read" in capsys.readouterr().err
