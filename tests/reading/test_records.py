"""JSON Lines, CSV and Parquet: which field is what, and that a broken record costs only itself."""

from __future__ import annotations

import bz2
import datetime
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.api import extract_article
from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading import ReadOptions, read_articles
from extractor.reading.dates import iso_date

from .told import Write, told


def zst(data: bytes) -> bytes:
    zstd = pytest.importorskip("backports.zstd", reason="extra 'files'")
    packed: bytes = zstd.compress(data)
    return packed


def parquet(path: Path, columns: dict[str, object], **options: object) -> None:
    pa = pytest.importorskip("pyarrow", reason="extra 'files'")
    import pyarrow.parquet as pq

    pq.write_table(pa.table(columns), path, **options)


# --- which field is what ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("record", "article"), [
    ({"text": "x"}, Article("x", "f:1", "f.jsonl")),
    ({"id": 7, "title": " T ", "content": "x", "published": "2024-03-14", "url": "https://a.vn/1"},
     Article("x", "7", "f.jsonl", "T", "2024-03-14", "https://a.vn/1")),
    ({"Mã": "b1", "Tiêu đề": "T", "Nội dung": "x", "Ngày đăng": "14/3/2024", "Đường dẫn": "https://a.vn"},
     Article("x", "b1", "f.jsonl", "T", "2024-03-14", "https://a.vn")),
    ({"TIEU-DE": "T", "NOI DUNG": "x"}, Article("x", "f:1", "f.jsonl", "T")),
    ({"_id": {"$oid": "6f"}, "body": "x", "created_at": {"$date": "2024-03-14T18:00:00Z"}},
     Article("x", '{"$oid": "6f"}', "f.jsonl", None, "2024-03-15")),
    ({"body": "y", "text": "x"}, Article("x", "f:1", "f.jsonl")),
    ({"text": "x", "id": None, "title": "", "date": None, "url": 5}, Article("x", "f:1", "f.jsonl")),
    ({"text": "x", "id": 3.0, "title": ["T"]}, Article("x", "3", "f.jsonl")),
    ({"text": "x", "date": "last week"},
     Article("x", "f:1", "f.jsonl", notes=("date: no date in 'last week'",))),
])
def test_fields_are_known_by_their_usual_names(write: Write, record: dict[str, object], article: Article) -> None:
    write("f.jsonl", json.dumps(record))
    [read] = read_articles(["f.jsonl"])
    assert read.article == article


def test_fields_are_named_by_options(write: Write) -> None:
    write("f.jsonl", json.dumps({"text": "not this", "t": "x", "k": 1, "h": "H", "d": 1710374400, "u": "U"}))
    [read] = read_articles(["f.jsonl"], ReadOptions("t", "k", "h", "d", "u"))
    assert read.article == Article("x", "1", "f.jsonl", "H", "2024-03-14", "U")


def test_a_field_that_an_option_names_is_not_guessed_to_be_another(write: Write) -> None:
    write("f.jsonl", json.dumps({"title": "x", "headline": "H"}))
    [read] = read_articles(["f.jsonl"], ReadOptions(text_column="title"))
    assert read.article == Article("x", "f:1", "f.jsonl", "H")


@pytest.mark.parametrize(("value", "date"), [
    ("2024-03-14", "2024-03-14"), ("2024-03-14 08:30:00", "2024-03-14"), ("2024-03-14T08:30:00.123", "2024-03-14"),
    ("2024-03-14T17:00:00Z", "2024-03-15"), ("2024-03-14T23:00:00+07:00", "2024-03-14"),
    ("2024-03-14T08:30:00+0700", "2024-03-14"), ("2024/3/14", "2024-03-14"), ("20240314", "2024-03-14"),
    ("14/03/2024", "2024-03-14"), ("14-3-2024", "2024-03-14"), ("14.3.2024 08:30", "2024-03-14"),
    ("08:30 | 14/03/2024", "2024-03-14"), ("Thứ Năm, 14/03/2024, 08:30 (GMT+7)", "2024-03-14"),
    ("Ngày 14 tháng 3 năm 2024", "2024-03-14"), ("Thu, 14 Mar 2024 20:00:00 GMT", "2024-03-15"),
    (1710374400, "2024-03-14"), (1710374400000, "2024-03-14"), (1710374400.5, "2024-03-14"),
    (1710374400000000000, "2024-03-14"), ("1710374400", "2024-03-14"), (20240314, "2024-03-14"),
    (datetime.date(2024, 3, 14), "2024-03-14"), (datetime.datetime(2024, 3, 14, 23, 0), "2024-03-14"),
    (datetime.datetime(2024, 3, 14, 23, 0, tzinfo=datetime.UTC), "2024-03-15"),
    ("03/14/2024", None), ("31/02/2024", None), ("2024", None), ("14/3", None), ("14/3/24", None), ("", None),
    ("0000-00-00", None), (0, None), (2024, None), (True, None), (float("nan"), None), (float("inf"), None),
    (None, None), ([], None), ("9" * 300, None), (10 ** 400, None), ("0001-01-01", None),
])
def test_dates_in_usual_notations(value: object, date: str | None) -> None:
    assert iso_date(value) == date


@given(st.one_of(st.text(), st.floats(), st.integers(), st.binary(), st.dictionaries(st.text(), st.text())))
def test_whatever_is_no_date_is_none(value: object) -> None:
    found = iso_date(value)
    assert found is None or datetime.date.fromisoformat(found)


# --- JSON Lines ------------------------------------------------------------------------------------------------------


def test_a_broken_line_costs_only_itself(write: Write) -> None:
    write("f.jsonl", b'{"text": "1"}\r\n\n{"text": "3"\n["4"]\n"5"\n{"text": 6}\n{"text": null}\n{"text": " "}\n{"txt": "9"}\n'
                     + b'{"text": "\xff"}\n{"text": ' + b"1" * 5000 + b"}\n" + b'{"a":' * 100_000 + b"\n"
                     + b'{"text": "13"}')
    found = told("f.jsonl")
    assert [found[0], found[-1]] == ["f.jsonl:1 1", "f.jsonl:13 13"]
    assert [line.partition(" ! ")[2][:56] for line in found[1:-1]] == [
        "not JSON: Expecting ',' delimiter (character 14)",
        "expected an object with the fields of an article, found "[:56],
        "expected an object with the fields of an article, found "[:56],
        "text: expected a text, found int 6",
        "text: expected a text, found nothing",
        "text: the text is empty",
        "no field that is known to hold the text among txt; name "[:56],
        "not UTF-8 (byte 10); it seems to be a legacy 8-bit encod",
        "not JSON that can be read: Exceeds the limit (4300 digit",
        "not JSON that can be read: maximum recursion depth excee",
    ]


def test_a_lone_surrogate_survives(write: Write) -> None:
    write("f.jsonl", '{"text": "\\ud83d 5%", "id": "\\udc00"}')
    [read] = read_articles(["f.jsonl"])
    assert read.article == Article("\ud83d 5%", "\udc00", "f.jsonl")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_lines_in_unicode_encodings(write: Write, encoding: str) -> None:
    write("f.jsonl", '{"text": "Giảm 5 hộ"}\n{"text": "Đạt 7%"}\n'.encode(encoding))
    assert told("f.jsonl") == ["f.jsonl:1 Giảm 5 hộ", "f.jsonl:2 Đạt 7%"]


@pytest.mark.parametrize(("ending", "pack"), [("", bytes), (".gz", gzip.compress), (".bz2", bz2.compress), (".zst", zst)])
@pytest.mark.parametrize(("name", "content", "found"), [
    ("f.txt", "Giảm 5 hộ", [" Giảm 5 hộ"]),
    ("f.jsonl", '{"text": "Giảm"}\n{"text": "Đạt"}', [":1 Giảm", ":2 Đạt"]),
    ("f.ndjson", '{"text": "Giảm"}', [":1 Giảm"]),
    ("f.csv", "text\nGiảm\nĐạt\n", [":2 Giảm", ":3 Đạt"]),
])
def test_compressed(write: Write, ending: str, pack: Callable[[bytes], bytes], name: str, content: str,
                    found: list[str]) -> None:
    write(name + ending, pack(content.encode()))
    assert told(name + ending) == [name + ending + line for line in found]
    [first, *_] = read_articles([name + ending])
    assert first.article is not None
    assert str(first.article.id).startswith("f")
    assert "." not in str(first.article.id)


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".zst", zst)])
def test_what_stands_before_the_break_of_a_compressed_file_is_read(write: Write, ending: str,
                                                                     pack: Callable[[bytes], bytes]) -> None:
    lines = b"".join(pack(b'{"text": "%d"}\n' % i) for i in range(50))
    write("f.jsonl" + ending, lines[:-3])
    write("g.txt", "next")
    *good, error, after = told(["f.jsonl" + ending, "g.txt"])
    assert good[:49] == [f"f.jsonl{ending}:{i + 1} {i}" for i in range(49)]
    assert f"f.jsonl{ending} ! cannot be read: " in error
    assert error.endswith(f" (after {len(good)} records)")
    assert after == "g.txt next"


# --- CSV -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "content", "found"), [
    ("f.csv", 'id,text\n1,a\n2,"b, ""c"""\n', ["f.csv:2 a", 'f.csv:3 b, "c"']),
    ("f.csv", 'id,text\r\n1,"a\r\nb"\r\n2,c\r\n', ["f.csv:2 a\r\nb", "f.csv:4 c"]),
    ("f.csv", "id;text\n1;a, b\n", ["f.csv:2 a, b"]),
    ("f.csv", "id|text\n1|a\n", ["f.csv:2 a"]),
    ("f.csv", "id\ttext\n1\ta\n", ["f.csv:2 a"]),
    ("f.tsv", 'id\ttext, plain\ttext\n1\t2, 3\t"a"\n', ["f.tsv:2 a"]),
    ("f.csv", "text\n\na\n\n", ["f.csv:3 a"]),
    ("f.csv", 'text,n\n"Xã ""A"" giảm",1\n', ['f.csv:2 Xã "A" giảm']),
    ("f.csv", '"the, id",text\n1,a\n', ["f.csv:2 a"]),
    ("f.csv", 'n,text\n1,ống 5" nhựa\n2,b\n', ['f.csv:2 ống 5" nhựa', "f.csv:3 b"]),
    ("f.csv", "text,text\na,b\n", ["f.csv:2 a"]),
    ("f.csv", "text\n", []),
])
def test_tables(write: Write, name: str, content: str, found: list[str]) -> None:
    write(name, content)
    assert told(name) == found


def test_a_table_in_utf_16_as_office_programs_write_it(write: Write) -> None:
    write("f.csv", "Mã\tNội dung\r\n1\tGiảm 5 hộ\r\n".encode("utf-16"))
    assert told("f.csv") == ["f.csv:2 Giảm 5 hộ"]


@pytest.mark.parametrize(("rows", "found"), [
    ("1,a\n2\n3,c\n", [":2 a", ":3 ! expected 2 columns as in the header, found 1", ":4 c"]),
    ("1,a\n2,b,b\n3,c\n", [":2 a", ":3 ! expected 2 columns as in the header, found 3", ":4 c"]),
    ("1,a\n2,\n3,c\n", [":2 a", ":3 ! text: the text is empty", ":4 c"]),
    ('1,"a\n2,b\n3,c\n', [":2 ! a quotation mark that is not closed", ":3 b", ":4 c"]),
    ('1,"a\n2,"b"\n3,c\n', [":2 ! a quotation mark that is not closed", ":3 b", ":4 c"]),
    ('1,"a\n2,b\n3,"c"\n', [":2 ! a quotation mark that is not closed", ":3 b", ":4 c"]),
    ('1,a\n2,b\n3,"c', [":2 a", ":3 b", ":4 c"]),
    ('1,"a\nb\nc\n', [":2 a\nb\nc"]),
])
def test_a_broken_row_costs_only_itself(write: Write, rows: str, found: list[str]) -> None:
    write("f.csv", "id,text\n" + rows)
    assert told("f.csv") == ["f.csv" + line for line in found]


def test_a_row_that_cannot_be_decoded_costs_only_itself(write: Write) -> None:
    write("f.csv", b'id,text\n1,"\xff\nx"\n2,b\n')
    assert told("f.csv") == ["f.csv:2 ! not UTF-8 (byte 3); it seems to be a legacy 8-bit encoding such as windows-1252; "
        "name the encoding, or convert it to UTF-8 first", "f.csv:4 b"]


def test_a_field_over_many_lines_that_is_too_long_costs_only_itself(write: Write) -> None:
    write("f.csv", 'id,text\n1,"' + "a line, and\nmore of it\n" * 30_000 + '"\n2,b\n')
    assert told("f.csv", ReadOptions(max_bytes=10_000)) == [
        "f.csv:2 ! longer than one article may be (10,000 bytes)", "f.csv:60003 b"]


@pytest.mark.parametrize(("header", "error"), [
    ("a,b", "no field that is known to hold the text among a, b; name it by text_column"),
    ('"text', "no field that is known to hold the text among text 1,2; name it by text_column"),
])
def test_tables_without_texts(write: Write, header: str, error: str) -> None:
    write("f.csv", header + "\n1,2\n")
    assert told("f.csv") == ["f.csv ! " + error]


def test_a_column_that_is_not_there(write: Write) -> None:
    write("f.csv", "a,b\n1,2\n")
    assert told("f.csv", ReadOptions(text_column="a", date_column="day")) == [
        "f.csv ! no column 'day' (date_column) among a, b"]


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1))
def test_every_table_that_python_writes_is_read(tmp_path_factory: pytest.TempPathFactory,
                                                rows: list[tuple[str, str]]) -> None:
    import csv

    rows = [(key, text) for key, text in rows if _is_plain(key) and _is_plain(text) and text.strip()]
    path = tmp_path_factory.mktemp("csv") / "f.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("key", "text"), *rows])
    found = [r.article.text if r.article else str(r.error) for r in read_articles([str(path)])]
    assert found == [text for _, text in rows]


def _is_plain(text: str) -> bool:
    return text.isprintable() or set(text) <= {"\n", ",", '"', "a"}


# --- Parquet ---------------------------------------------------------------------------------------------------------


def test_parquet(reading: Path) -> None:
    parquet(reading / "f.parquet", {
        "id": [1, 2, 3], "text": ["a", None, "c"], "published": [datetime.datetime(2024, 3, 14, 9), None, None],
        "unread": [b"x" * 100] * 3})
    assert [r.article or str(r.error) for r in read_articles(["f.parquet"])] == [
        Article("a", "1", "f.parquet", published="2024-03-14"),
        "f.parquet: line 2: text: expected a text, found nothing", Article("c", "3", "f.parquet")]


def test_parquet_with_a_column_named(reading: Path) -> None:
    parquet(reading / "f.parquet", {"t": [b"Gi\xe1\xba\xa3m", b"\xff"], "text": ["no", "no"]})
    assert told("f.parquet", ReadOptions(text_column="t")) == [
        "f.parquet:1 Giảm", "f.parquet:2 ! not UTF-8 (byte 0); it seems to be a legacy 8-bit encoding such as windows-1252; "
        "name the encoding, or convert it to UTF-8 first"]


@pytest.mark.parametrize("pack", [gzip.compress, zst])
def test_compressed_parquet_of_several_row_groups(write: Write, reading: Path, pack: Callable[[bytes], bytes]) -> None:
    parquet(reading / "f.parquet", {"text": [str(i) for i in range(500)]}, row_group_size=90)
    ending = "gz" if pack is gzip.compress else "zst"
    write(f"f.parquet.{ending}", pack((reading / "f.parquet").read_bytes()))
    assert told(f"f.parquet.{ending}") == [f"f.parquet.{ending}:{i + 1} {i}" for i in range(500)]
    assert told("f.parquet", skip=498) == ["f.parquet:499 498", "f.parquet:500 499"]


def test_broken_parquet(write: Write, reading: Path) -> None:
    parquet(reading / "good.parquet", {"text": ["a"]})
    write("cut.parquet", (reading / "good.parquet").read_bytes()[:-8])
    parquet(reading / "other.parquet", {"a": ["a"]})
    parquet(reading / "long.parquet", {"text": ["a" * 2000, "b"]})
    found = told(["cut.parquet", "other.parquet", "long.parquet", "good.parquet"], ReadOptions(max_bytes=1000))
    assert found[0].startswith("cut.parquet ! cannot be read: Parquet magic bytes not found")
    assert found[1:] == ["other.parquet ! no field that is known to hold the text among a; name it by text_column",
                         "long.parquet:1 ! longer than one article may be (1,000 bytes)", "long.parquet:2 b",
                         "good.parquet:1 a"]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    write("f.parquet", "x")
    [read] = read_articles(["f.parquet"])
    assert isinstance(read.error, ExtractorError)
    assert "pip install 'extractor[files]'" in str(read.error)


def test_what_the_reader_has_to_say_is_among_the_documents_warnings(write: Write) -> None:
    write("f.jsonl", '{"text": "Giảm 5 hộ.", "date": "hôm qua"}')
    [read] = read_articles(["f.jsonl"])
    assert read.article is not None
    document = extract_article(read.article)
    assert document.warnings == ["date: no date in 'hôm qua'"]
    assert document.document.published is None


@pytest.mark.parametrize(("text", "authors"), [
    ("Giảm 5 hộ\n\nHuyện Đá Bạc giảm 5 hộ nghèo.", ["Lò Mai"]),
    ("Giảm 5 hộ\n\nHuyện Đá Bạc giảm 5 hộ nghèo.\n\nBài, ảnh: Thanh Hà", ["Thanh Hà"]),
])
def test_authors_that_a_page_states_count_where_the_text_prints_none(text: str, authors: list[str]) -> None:
    assert extract_article(Article(text, authors=("Lò Mai",))).document.authors == authors
