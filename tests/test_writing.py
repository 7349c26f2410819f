"""What is written, as those who open it find it."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

import extractor
from extractor.cli.main import main
from extractor.errors import ExtractorError
from extractor.frames import COLUMNS
from extractor.schema import json_schema
from extractor.writing.outputs import TABLES, output_for

FIRST = {"id": "a", "date": "2024-01-10",
         "text": "Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm 4,23%. Bà Hoàng Thị Mai, Giám đốc Sở Y tế tỉnh Cao Bằng nói."}
SECOND = {"id": "=1+1", "text": "Huyện Hà Quảng phấn đấu năm 2025 còn 5.349 hộ nghèo, giảm từ 2 - 3%/năm."}
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def articles(tmp_path: Path) -> str:
    """A file of two articles."""
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in (FIRST, SECOND)), encoding="utf-8")
    return str(path)


def written(articles: str, name: str, *options: str) -> Path:
    """The output of that name for the articles."""
    path = Path(articles).with_name(name.rstrip("/"))
    assert main([articles, "-o", f"{path}/" if name.endswith("/") else str(path), *options]) == 0
    return path


# --- what a name asks for ---------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("name", "format", "packed", "folder", "tables"), [
    ("o.jsonl", "jsonl", False, False, ()), ("o.NDJSON.gz", "jsonl", True, False, ()), ("o.json", "json", False, False, ()),
    ("o.csv", "csv", False, False, ("observations",)), ("o.csv.gz", "csv", True, False, ("observations",)),
    ("o.parquet", "parquet", False, False, ("observations",)), ("o.duckdb", "duckdb", False, False, TABLES),
    ("o/", "csv", False, True, TABLES), ("o.parquet/", "parquet", False, True, TABLES),
])
def test_the_ending_says_what_is_written(
        name: str, format: str, packed: bool, folder: bool, tables: tuple[str, ...], tmp_path: Path) -> None:
    output = output_for(f"{tmp_path}/{name}")
    assert (output.format, output.packed, output.folder, output.tables) == (format, packed, folder, tables)


def test_a_format_may_be_asked_for_apart_from_the_name(tmp_path: Path) -> None:
    assert output_for(f"{tmp_path}/o/", "csv.gz").ending == ".csv.gz"
    assert output_for(f"{tmp_path}/o.dat", "parquet", "targets").tables == ("targets",)


@pytest.mark.parametrize(("name", "format", "table", "words"), [
    ("o.xlsx", None, None, "o.xlsx: its ending does not say what to write; expected one of .jsonl.gz"),
    ("o.jsonl/", None, None, "a folder holds tables, as csv or parquet; jsonl is one file"),
    ("o.jsonl", None, "targets", "--table targets: only for a single CSV or Parquet file"),
    ("none/o.jsonl", None, None, "cannot be written: there is no folder"),
])
def test_what_makes_no_sense_is_refused(
        name: str, format: str | None, table: str | None, words: str, tmp_path: Path) -> None:
    with pytest.raises(ExtractorError) as caught:
        output_for(f"{tmp_path}/{name}", format, table)
    assert words in str(caught.value)


# --- documents --------------------------------------------------------------------------------------------------------

def test_json_lines_hold_a_document_a_line_and_may_be_packed(articles: str) -> None:
    lines = written(articles, "o.jsonl").read_bytes()
    assert [json.loads(line)["document"]["id"] for line in lines.splitlines()] == ["a", "=1+1"]
    assert gzip.decompress(written(articles, "o.jsonl.gz").read_bytes()) == lines


def test_json_is_a_list_of_documents_and_for_one_article_its_document(articles: str, tmp_path: Path) -> None:
    assert [d["document"]["id"] for d in json.loads(written(articles, "o.json").read_text("utf-8"))] == ["a", "=1+1"]
    (tmp_path / "one.txt").write_text(FIRST["text"], encoding="utf-8")
    one = written(str(tmp_path / "one.txt"), "one.json", "--indent", "1").read_text("utf-8")
    assert one.startswith('{\n "schema_version"')
    assert json.loads(one)["document"]["id"] == "one"


def test_the_text_is_carried_on_demand(articles: str) -> None:
    first, _ = written(articles, "o.jsonl", "--with-text").read_text("utf-8").splitlines()
    document = json.loads(first)
    jsonschema.validate(document, json_schema())
    text = document["document"]["text"]
    assert text == FIRST["text"]
    assert [text[o["start"]:o["end"]] for o in document["percentages"]] == ["4,23%"]
    assert pd.read_parquet(written(articles, "t.parquet", "--with-text", "--table", "articles"))["text"][0] == text


# --- tables -----------------------------------------------------------------------------------------------------------

def test_a_table_has_the_columns_of_the_data_frames(articles: str) -> None:
    folder = written(articles, "tables/")
    for table, columns in COLUMNS.items():
        with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert next(csv.reader(file)) == [c.name for c in columns]


def test_a_spreadsheet_reads_csv_as_it_stands(articles: str) -> None:
    data = written(articles, "o.csv").read_bytes()
    assert data.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [(r["document"], r["text"], r["low"], r["high"]) for r in rows] == [
        ("a", "4,23%", "4.23", ""), ("'=1+1", "5.349 hộ", "5349", ""), ("'=1+1", "2 - 3%", "2", "3")]


def test_csv_for_programs_holds_the_bare_values(articles: str) -> None:
    data = written(articles, "o.csv", "--plain-csv").read_bytes()
    assert data.startswith(b"document,id,kind")
    assert {r["document"] for r in csv.DictReader(io.StringIO(data.decode()))} == {"a", "=1+1"}


@pytest.mark.parametrize(("cell", "shown"), [
    ("=A1", "'=A1"), ("+84", "'+84"), ("-5%", "'-5%"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"), ("4%", "4%"), ("", ""),
    (None, None), ("a=b", "a=b")])
def test_only_texts_that_would_be_calculated_are_changed(cell: str | None, shown: str | None) -> None:
    from extractor.writing.encode import _shower

    assert _shower("string", False)(cell) == shown
    assert _shower("string", True)(cell) == cell
    assert _shower("Float64", False)(-4.5) == "-4.5"
    assert _shower("Float64", False)(-4.0) == "-4"


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_parquet_comes_back_with_the_types_of_the_data_frames(table: str, articles: str) -> None:
    frame = pd.read_parquet(written(articles, "o.parquet", "--table", table))
    for column in COLUMNS[table]:
        expected = "object" if column.name == "published" else column.dtype
        assert str(frame[column.name].dtype) == expected, column.name


def test_parquet_says_what_its_columns_mean(articles: str) -> None:
    import pyarrow.parquet as pq

    schema = pq.read_schema(written(articles, "o.parquet"))
    assert schema.field("low").metadata[b"description"].startswith(b"the value in base units")


def test_parquet_and_the_data_frames_hold_the_same(articles: str) -> None:
    import extractor

    documents = [extractor.extract(a["text"], id=a["id"], published=a.get("date")) for a in (FIRST, SECOND)]
    for table in ("observations", "targets", "officials", "places"):
        expected = extractor.to_dataframe(documents, table)
        found = pd.read_parquet(written(articles, f"{table}.parquet", "--table", table))
        assert found.astype("object").where(found.notna(), None).values.tolist() == (
            expected.astype("object").where(expected.notna(), None).values.tolist())


def test_a_database_is_typed_and_described(articles: str) -> None:
    import duckdb

    with duckdb.connect(str(written(articles, "o.duckdb")), read_only=True) as connection:
        def ask(question: str) -> list[Any]:
            return connection.execute(question).fetchall()

        assert {row[0] for row in ask("SELECT table_name FROM duckdb_tables()")} == set(TABLES)
        assert ask("SELECT low, high, kind FROM observations WHERE place LIKE '%Cao Bằng%'")[0] == (4.23, None, "percent")
        assert ask("SELECT published FROM articles") == [(datetime.date(2024, 1, 10),), (None,)]
        types = dict(ask("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'observations'"))
        assert (types["low"], types["start"], types["text"]) == ("DOUBLE", "BIGINT", "VARCHAR")
        assert types["status"] == "ENUM('actual', 'target', 'estimate', 'norm')"
        assert ask("SELECT comment FROM duckdb_columns() WHERE table_name = 'targets' AND column_name = 'cue'") == [
            ("the words that make it a goal",)]


def test_a_table_without_a_row_keeps_its_columns(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("Không có gì.", encoding="utf-8")
    for name in ("o.csv", "o.parquet", "o.duckdb"):
        written(str(tmp_path / "in.txt"), name)
    assert list(pd.read_csv(tmp_path / "o.csv")) == list(pd.read_parquet(tmp_path / "o.parquet"))


def test_half_a_surrogate_pair_is_no_reason_to_lose_an_article(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "\\ud800", "text": "Tỷ lệ hộ nghèo \\ud83d giảm 4%."}\n', encoding="utf-8")
    for name in ("o.jsonl", "o.csv", "o.parquet", "o.duckdb"):
        written(str(path), name, *(["--with-text"] if name != "o.csv" else []))
    assert pd.read_parquet(tmp_path / "o.parquet")["document"][0] == "\ufffd"


def test_only_the_half_pair_itself_is_written_as_an_escape() -> None:
    text = "Tỷ lệ hộ nghèo \\\ud83d giảm 4%\ude00 hộ."
    written_json = extractor.extract(text, id="\\\ud800").to_json()
    assert "Tỷ lệ" in extractor.extract(text, id=text).to_json()
    document = json.loads(written_json)
    assert document["document"]["id"] == "\\\ud800"
    assert all(row["text"] == text[row["start"]:row["end"]] for row in document["percentages"])


def test_the_bytes_are_the_same_for_any_number_of_workers(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps({**FIRST, "id": str(i)}) + "\n" for i in range(200)), encoding="utf-8")
    for name in ("o.jsonl.gz", "tables/", "o.parquet"):
        one = written(str(path), name, "--workers", "1")
        files = {p: p.read_bytes() for p in (one.iterdir() if one.is_dir() else [one])}
        written(str(path), name, "--workers", "3", "--overwrite")
        assert files == {p: p.read_bytes() for p in files}


# --- what goes wrong --------------------------------------------------------------------------------------------------

def test_what_cannot_be_read_is_listed_beside_the_output(
        articles: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": \n{"id": "c", "text": "Giảm 4%.", "date": "2024-01-01"}\n', "utf-8")
    out = tmp_path / "o.jsonl"
    assert main([articles, str(tmp_path / "bad.jsonl"), str(tmp_path / "none.txt"), "-o", str(out)]) == 1
    assert len(out.read_text("utf-8").splitlines()) == 3
    errors = [json.loads(line) for line in (tmp_path / "o.jsonl.errors.jsonl").read_text("utf-8").splitlines()]
    assert [(Path(e["source"]).name, e["line"]) for e in errors] == [("bad.jsonl", 1), ("none.txt", None)]
    assert errors[0]["error"].startswith("not JSON")
    shown = capsys.readouterr().err.splitlines()
    assert shown[-1] == f"extractor: 2 of 5 could not be read: see {out}.errors.jsonl"
    assert len(shown) == 3


def test_many_errors_are_summed_up_by_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "Giảm 4%."}\n' + "{broken\n" * 20 + "[1]\n" * 3, encoding="utf-8")
    assert main([str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "o.jsonl")]) == 1
    shown = capsys.readouterr().err
    assert "20 × not JSON\n" in shown
    assert "3 × expected an object with the fields of an article\n" in shown


def test_without_any_article_there_is_no_output(tmp_path: Path) -> None:
    (tmp_path / "o.jsonl").write_text("precious", encoding="utf-8")
    assert main([str(tmp_path / "none.txt"), "-o", str(tmp_path / "o.jsonl"), "--overwrite"]) == 2
    assert (tmp_path / "o.jsonl").read_text(encoding="utf-8") == "precious"
    assert (tmp_path / "o.jsonl.errors.jsonl").exists()
    assert not (tmp_path / "o.jsonl.partial").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_one_clear_line(articles: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([articles, "-o", "/dev/full"]) == 2
    assert capsys.readouterr().err == "extractor: /dev/full: cannot be written: No space left on device\n"


def test_a_disk_that_fills_keeps_what_was_read(
        articles: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from extractor.writing.appended import AppendedFiles

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(AppendedFiles, "write", full)
        assert main([articles, "-o", str(tmp_path / "o.jsonl")]) == 2
    assert ("o.jsonl: cannot be written: No space left on device (what was read is kept: go on with --resume)"
            in capsys.readouterr().err)
    assert not (tmp_path / "o.jsonl").exists()
    assert main([articles, "-o", str(tmp_path / "o.jsonl"), "--resume"]) == 0


def test_a_folder_that_cannot_be_written_is_one_clear_line(articles: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([articles, "-o", "/proc/o.jsonl"]) == 2
    assert capsys.readouterr().err.startswith("extractor: /proc/o.jsonl: cannot be written: ")


def test_a_missing_library_is_named_before_anything_is_read(articles: str, tmp_path: Path) -> None:
    code = ("import sys\nsys.modules['pyarrow'] = None\nfrom extractor.cli.main import main\nsys.exit(main())")
    done = subprocess.run([sys.executable, "-c", code, articles, "-o", str(tmp_path / "o.parquet")], cwd=ROOT,
                          capture_output=True, check=False, text=True)
    assert done.returncode == 2
    assert done.stderr == "extractor: Parquet and DuckDB need the library pyarrow: pip install 'extractor[tables]'\n"


def test_nothing_is_shown_without_a_terminal(articles: str, capsys: pytest.CaptureFixture[str]) -> None:
    written(articles, "o.jsonl")
    assert capsys.readouterr() == ("", "")
