"""The command line, as a user meets it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from extractor.cli.main import COMMANDS, main
from extractor.version import __version__

ARTICLE = "Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm 4,23%.\n"
OTHER = "Huyện có 5.349 hộ nghèo.\n"
ROOT = Path(__file__).resolve().parent.parent


def python(*arguments: str, env: dict[str, str] | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run ``python`` with the package of this checkout, in a process of its own."""
    return subprocess.run([sys.executable, *arguments], input=stdin, capture_output=True, check=False, cwd=ROOT,
                          env={**os.environ, **(env or {})})


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with an article."""
    path = tmp_path / "bài.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two articles, one of them in a folder below, and a file that is no article."""
    (tmp_path / "more").mkdir()
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "more" / "b.txt").write_text(OTHER, encoding="utf-8")
    (tmp_path / "notes.md").write_text("none", encoding="utf-8")
    return tmp_path


def documents(output: str) -> list[dict[str, Any]]:
    """The documents of JSON Lines."""
    return [json.loads(line) for line in output.splitlines()]


# --- starting ---------------------------------------------------------------------------------------------------------

def test_help_answers_at_once() -> None:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert python("-m", "extractor", "--help").returncode == 0
        times.append(time.perf_counter() - start)
    assert min(times) < 0.3


@pytest.mark.parametrize("command", [["--help"], ["schema"]])
def test_nothing_heavy_is_imported_before_it_is_needed(command: list[str]) -> None:
    code = (f"import sys\nfrom extractor.cli.main import main\ntry: main({command!r})\nexcept SystemExit: pass\n"
            "print(sorted({'spacy', 'pandas', 'numpy', 'underthesea', 'regex'} & set(sys.modules)), file=sys.stderr)")
    assert python("-c", code).stderr.decode().strip() == "[]"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    assert set(COMMANDS) <= set(capsys.readouterr().out.split())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"extractor {__version__}\n"


# --- reading files ----------------------------------------------------------------------------------------------------

def test_one_file_gives_one_document(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(article)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["document"]["id"] == "bài"
    assert document["document"]["path"] == str(article)
    assert [o["text"] for o in document["percentages"]] == ["4,23%"]


def test_indent(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(article), "--indent", "2"])
    assert capsys.readouterr().out.startswith('{\n  "schema_version": ')


def test_several_files_give_json_lines_in_the_order_of_the_arguments(
        article: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder / "more" / "b.txt"), str(article)]) == 0
    assert [d["document"]["id"] for d in documents(capsys.readouterr().out)] == ["b", "bài"]


def test_a_folder_gives_every_text_file_below_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder)]) == 0
    assert [d["document"]["id"] for d in documents(capsys.readouterr().out)] == ["a", "b"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(OTHER.encode("utf-16")), encoding="ascii"))
    assert main(["-"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["document"]["id"] is None
    assert [o["text"] for o in document["household_counts"]] == ["5.349 hộ"]


def test_output_file(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    assert main([str(article), "-o", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["document"]["id"] == "bài"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("env", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "latin-1"}])
def test_output_is_utf8_whatever_the_locale(article: Path, env: dict[str, str]) -> None:
    done = python("-m", "extractor", str(article), env=env)
    assert json.loads(done.stdout.decode("utf-8"))["document"]["id"] == "bài"
    assert "bài".encode() in done.stdout


# --- a word that is a command, and a file that is called like one -----------------------------------------------------

@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_file_called_like_a_command_is_read_as_a_file(
        name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(ARTICLE, encoding="utf-8")
    assert main([f"./{name}"]) == 0
    assert json.loads(capsys.readouterr().out)["document"]["id"] == name


def test_a_command_is_a_command_even_beside_a_file_of_that_name(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("schema").write_text(ARTICLE, encoding="utf-8")
    assert main(["schema"]) == 0
    assert "$schema" in json.loads(capsys.readouterr().out)


# --- errors -----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("data", "words"), [
    (None, "no such file"),
    ("tỷ lệ hộ nghèo".encode("utf-16")[:-1], "begins as UTF-16"),
    (b"T\xfb l\xd6 h\xe9 ngh\xcco gi\xb6m", "not UTF-8"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG image"),
])
def test_what_cannot_be_read_is_one_clear_line(
        data: bytes | None, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.txt"
    if data is not None:
        path.write_bytes(data)
    assert main([str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"extractor: {path}: ")
    assert captured.err.count("\n") == 1
    assert words in captured.err


def test_a_bad_file_never_costs_the_good_ones_beside_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.txt").write_bytes(b"\xff\xd8\xff\x00")
    assert main([str(folder), str(folder / "none.txt"), str(folder / "a.txt")]) == 1
    captured = capsys.readouterr()
    assert [d["document"]["id"] for d in documents(captured.out)] == ["a", "b", "a"]
    assert [line.split(":")[1].strip() for line in captured.err.splitlines()] == [
        str(folder / "b.txt"), str(folder / "none.txt")]


def test_a_fault_of_the_toolkit_itself_is_one_line_too(
        folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("of a step")

    monkeypatch.setattr("extractor.api.extract_article", fail)
    assert main([str(folder / "a.txt")]) == 2
    assert capsys.readouterr().err == f"extractor: {folder / 'a.txt'}: unexpected ZeroDivisionError: of a step\n"


@pytest.mark.parametrize(("arguments", "words"), [
    (["{folder}", "--indent", "2"], "--indent: only for a single article"),
    (["{folder}/more/b.txt", "{folder}/a.txt", "--indent", "2"], "--indent: only for a single article"),
    (["{folder}/a.txt", "-o", "{folder}/a.txt"], "a.txt: is read and cannot be written"),
    (["{folder}/a.txt", "-o", "{folder}/nowhere/out"], "out: cannot be written"),
    (["{folder}/a.txt", "-o", "{folder}/out.doc"], "out.doc: its ending does not say what to write"),
    (["{folder}/a.txt", "--resume"], "--resume: only with -o"),
    (["{folder}", "-o", "{folder}/o.csv", "--shard", "3/2"], "shard: expected i/n"),
    (["{folder}/empty"], "no file of a known format in this folder"),
    (["evaluate", "{folder}/none"], "none: not a folder"),
    (["evaluate", "{folder}/empty"], "empty: no annotated article"),
    (["patterns", "check", "{folder}/none"], "none: not a folder"),
])
def test_a_mistake_in_the_arguments_is_one_line(
        arguments: list[str], words: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty").mkdir()
    assert main([a.format(folder=folder) for a in arguments]) == 2
    captured = capsys.readouterr()
    assert words in captured.err
    assert captured.err.startswith("extractor: ")
    assert captured.err.count("\n") == 1
    assert (folder / "a.txt").read_text(encoding="utf-8") == ARTICLE


@pytest.mark.parametrize("arguments", [[], ["--nonsense"], ["a.txt", "--indent", "x"], ["patterns", "no"], ["evaluate"]])
def test_arguments_that_make_no_sense_exit_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage: extractor" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_ends_the_program_quietly(tmp_path: Path) -> None:
    for i in range(40):
        (tmp_path / f"{i:02}.txt").write_text(ARTICLE * 30, encoding="utf-8")
    with subprocess.Popen([sys.executable, "-m", "extractor", str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


# --- evaluate, patterns -----------------------------------------------------------------------------------------------

@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """An annotated article whose one number is found and whose official is not there."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "g1.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "g1.json").write_text(json.dumps({
        "title": None, "published": None, "authors": [], "provinces": ["Cao Bằng"], "places": [],
        "officials": [{"name": "Cao Bằng", "title": None, "organization": None}],
        "observations": [{"text": "4,23%", "kind": "percent", "low": 4.23, "unit": "%", "indicator": "poverty_rate",
                          "subject": "tỷ lệ hộ nghèo", "place": "Cao Bằng", "period": "2023", "status": "actual",
                          "role": "change", "direction": "down"}]}), encoding="utf-8")
    return folder


def test_evaluate_prints_a_table(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold)]) == 0
    rows = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines() if line}
    assert rows["quantity:percent"] == ["1.000", "1.000", "1.000", "1"]
    assert rows["official:name"] == ["0.000", "0.000", "0.000", "1"]


def test_evaluate_gives_json_and_lists_errors(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    errors = tmp_path / "errors.tsv"
    assert main(["evaluate", str(gold), "--json", "--errors", str(errors)]) == 0
    assert json.loads(capsys.readouterr().out)["f1"]["quantity"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "n": 1}
    assert "g1\tofficial:name+title+org missed\tcao bằng" in errors.read_text(encoding="utf-8")


def test_patterns_check_runs_the_examples_of_a_folder_of_ones_own(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[[words]]\nid = "mine"\nphrases = ["một hai"]\nexamples = [\n  "có [[một hai]]",\n  "có [[ba]]"]\n',
                    encoding="utf-8")
    assert main(["patterns", "check", str(tmp_path)]) == 1
    output = capsys.readouterr().out
    assert f"{path}:6: field 'examples' of [[words]] mine: expected the rule's words at 'ba', found nothing" in output
    assert "có [[một hai]]" not in output
