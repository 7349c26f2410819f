"""Which files are read, in which order, and what happens to those that cannot be."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractor
from extractor.errors import ExtractorError
from extractor.reading import Meter, ReadOptions, parse_shard, read_articles

from .told import Write, told


@pytest.fixture
def tree(write: Write) -> None:
    """Files of several formats in folders, hidden ones and others that are no articles."""
    for name in ("b.txt", "a/2.txt", "a/10.txt", "a/z/1.txt", "c.TXT"):
        write(name, name)
    write("a/x.jsonl", '{"text": "1"}\n{"text": "2"}\n')
    for name in ("a/notes.md", ".hidden.txt", ".git/x.txt", "picture.png", "gold.json"):
        write(name, "no article")


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(("inputs", "found"), [
    (["b.txt"], ["b.txt"]),
    (["b.txt", "a/2.txt", "b.txt"], ["b.txt", "a/2.txt", "b.txt"]),
    (["a"], ["a/10.txt", "a/2.txt", "a/x.jsonl:1", "a/x.jsonl:2", "a/z/1.txt"]),
    (["."], ["a/10.txt", "a/2.txt", "a/x.jsonl:1", "a/x.jsonl:2", "a/z/1.txt", "b.txt", "c.TXT"]),
    (["a/*.txt"], ["a/10.txt", "a/2.txt"]),
    (["**/*.txt"], ["a/10.txt", "a/2.txt", "a/z/1.txt", "b.txt"]),
    (["[ab]*"], ["a/10.txt", "a/2.txt", "a/x.jsonl:1", "a/x.jsonl:2", "a/z/1.txt", "b.txt"]),
    (["a/notes.md"], ["a/notes.md"]),
    (["a/", "./b.txt"], ["a/10.txt", "a/2.txt", "a/x.jsonl:1", "a/x.jsonl:2", "a/z/1.txt", "b.txt"]),
])
def test_files_folders_and_globs_in_the_order_of_their_names(inputs: list[str], found: list[str]) -> None:
    assert [line.split()[0] for line in told(inputs)] == found


@pytest.mark.parametrize(("given", "error"), [
    ("nowhere", "nowhere ! no such file or folder"),
    ("nowhere/*.txt", "nowhere/*.txt ! no file of this pattern"),
    ("empty", "empty ! no file of a known format in this folder"),
    ("empty.txt", "empty.txt ! an empty file"),
    ("empty.jsonl", "empty.jsonl ! an empty file"),
    ("empty.csv", "empty.csv ! an empty file"),
    ("empty.html", "empty.html ! an empty file"),
    ("blank.txt", "blank.txt ! no text in this file, only blanks"),
    ("binary.txt", "binary.txt ! not a text; it seems to be a binary file"),
    ("packed.txt", "packed.txt ! not UTF-8 (byte 1); it seems to be a gzip archive; name the encoding, or convert it to UTF-8 first"),
    ("gold.json", "gold.json ! not read as a text: JSON Lines (.jsonl) are read, one object a line; say so by the format "
                  "where it is that"),
    ("loop.txt", "loop.txt ! cannot be read: Too many levels of symbolic links"),
])
def test_what_cannot_be_read_is_one_error_and_costs_nothing_beside_it(write: Write, reading: Path, given: str,
                                                                       error: str) -> None:
    write("good.txt", "Giảm 5 hộ.")
    (reading / "empty").mkdir()
    for name in ("empty.txt", "empty.jsonl", "empty.csv", "empty.html"):
        write(name, "")
    write("blank.txt", " \n\u00a0\n")
    write("binary.txt", bytes(range(32)) * 10)
    write("packed.txt", b"\x1f\x8b\x08\x00\xff")
    write("gold.json", "{}")
    (reading / "loop.txt").symlink_to("loop.txt")
    assert told(["good.txt", given, "good.txt"]) == ["good.txt Giảm 5 hộ.", error, "good.txt Giảm 5 hộ."]


def test_links(write: Write, reading: Path) -> None:
    write("a/1.txt", "1")
    write("b/2.txt", "2")
    (reading / "a/b").symlink_to("../b")
    (reading / "a/a").symlink_to("../a")
    (reading / "a/2.txt").symlink_to("../b/2.txt")
    (reading / "a/3.txt").symlink_to("nowhere.txt")
    assert told("a") == ["a/1.txt 1", "a/2.txt 2", "a/3.txt ! cannot be read: No such file or directory"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_files_that_may_not_be_read(write: Write, reading: Path) -> None:
    write("a/closed/x.txt", "x")
    write("a/x.txt", "x")
    write("a/y.txt", "y")
    (reading / "a/closed").chmod(0)
    (reading / "a/x.txt").chmod(0)
    try:
        assert told("a") == ["a/closed ! cannot be read: Permission denied",
                             "a/x.txt ! cannot be read: Permission denied", "a/y.txt y"]
    finally:
        (reading / "a/closed").chmod(0o700)


@pytest.mark.parametrize("name", ["long.txt", "long.jsonl", "long.csv", "long.html", "long.jsonl.gz", "long.csv.bz2"])
def test_an_article_that_is_too_long_is_refused_without_being_held_in_memory(write: Write, name: str) -> None:
    import bz2
    import gzip
    import tracemalloc

    line = b'{"text": "' + b"x" * 20_000_000
    packers: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress}
    pack = packers.get(name.rsplit(".", 1)[-1], bytes)
    good = b"" if name.endswith((".txt", ".html")) else b'\n{"text": "2"}\n' if "json" in name else b'"\n2\n'
    write(name, pack((b"text\n" if "csv" in name else b"") + line + good))
    tracemalloc.start()
    found = told(name, ReadOptions(max_bytes=100_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "! longer than a page may be (800,000 bytes)" in found[0] if "html" in name else (
        "! longer than one article may be (100,000 bytes)" in found[0])
    assert [line.split()[-1] for line in found[1:]] == (["2"] if good else [])
    assert peak < 5_000_000


FRAGMENTS = (b"text", b"id,text\n", b'{"text": "a"}\n', b"<html><body><p>", b"</p>", b"WARC/1.0\r\n", b"\r\n", b'"', b"\n",
             b"PAR1", b"\x1f\x8b\x08", b"\xff\xfe", b"Content-Length: 9\r\n", b"WARC-Type: response\r\n", b"\x00", b"{", b"<")


@pytest.mark.parametrize("name", ["f.txt", "f.jsonl", "f.csv", "f.tsv", "f.parquet", "f.html", "f.warc", "f.jsonl.gz",
                                  "f.csv.bz2", "f.txt.zst", "f.warc.gz", "f.parquet.gz"])
@settings(max_examples=25, deadline=None)
@given(data=st.lists(st.one_of(st.binary(max_size=30), st.sampled_from(FRAGMENTS)), max_size=12).map(b"".join))
def test_any_bytes_give_articles_or_errors(tmp_path_factory: pytest.TempPathFactory, name: str, data: bytes) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(data)
    for read in read_articles([str(path)]):
        assert (read.article is None) != (read.error is None)
        assert read.error is None or str(read.error).startswith(str(path))
        assert read.article is None or read.article.text.strip()


def test_a_text_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    _type(monkeypatch, "Giảm 5 hộ.".encode())
    [read] = read_articles(["-"])
    assert read.source == "-"
    assert read.article == extractor.Article("Giảm 5 hộ.")


def test_packed_json_lines_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    _type(monkeypatch, gzip.compress(b'{"text": "a", "id": "x"}\n{"text": "b"}\n'))
    articles = [r.article for r in read_articles(["-"], ReadOptions(format="jsonl"))]
    assert articles == [extractor.Article("a", "x"), extractor.Article("b", "2")]


def _type(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(data))))


def test_a_name_that_is_not_utf_8(reading: Path) -> None:
    try:
        (Path(os.fsdecode(os.fsencode(reading) + b"/\xff.txt"))).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    [read] = read_articles(["."])
    assert read.article is not None
    assert read.article.id == os.fsdecode(b"\xff")


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("skip", range(9))
def test_what_was_dealt_with_is_left_out(skip: int) -> None:
    assert told([".", "nowhere"], skip=skip) == told([".", "nowhere"])[skip:]


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("count", [1, 2, 3, 10])
def test_each_record_is_in_one_shard(count: int) -> None:
    every = told([".", "nowhere"])
    shards = [told([".", "nowhere"], ReadOptions(shard=(i, count))) for i in range(1, count + 1)]
    assert sorted(line for shard in shards for line in shard) == sorted(every)
    assert shards == [[line for line in every if line in shard] for shard in shards], "in their order"


def test_shards_are_about_equal_and_never_change(write: Write) -> None:
    write("x.jsonl", '{"text": "x"}\n' * 400)
    sizes = [len(told("x.jsonl", ReadOptions(shard=(i, 4)))) for i in range(1, 5)]
    assert sizes == [95, 104, 102, 99]


def test_a_shard_with_some_left_out_goes_on_within_the_shard(write: Write) -> None:
    write("x.jsonl", '{"text": "x"}\n' * 50)
    half = ReadOptions(shard=(2, 2))
    assert told("x.jsonl", half, skip=10) == told("x.jsonl", half)[10:]


@pytest.mark.parametrize(("text", "shard"), [("1/1", (1, 1)), ("3/10", (3, 10))])
def test_the_notation_of_a_shard(text: str, shard: tuple[int, int]) -> None:
    assert parse_shard(text) == shard


@pytest.mark.parametrize("text", ["", "3", "0/4", "5/4", "-1/4", "a/b", "1/", "1/0", "1/2/3"])
def test_what_is_no_shard(text: str) -> None:
    with pytest.raises(ExtractorError, match="shard: expected i/n"):
        parse_shard(text)


@pytest.mark.parametrize(("options", "message"), [
    ({"shard": (0, 3)}, "shard: expected i/n"),
    ({"encoding": "klingon"}, "encoding: expected tcvn3, vni, viscii, vps or one that Python knows"),
    ({"encoding": "base64"}, "encoding: expected"),
    ({"format": "docx"}, "format: expected one of text, jsonl"),
    ({"max_bytes": 0}, "max_bytes: expected"),
    ({"txt_column": "a"}, "txt_column: no option of reading"),
    ({"errors": "ignore"}, "errors: expected 'raise' or 'skip'"),
])
def test_options_that_are_none(options: dict[str, object], message: str) -> None:
    with pytest.raises(ExtractorError, match=message):
        extractor.read(".", **options)  # type: ignore[arg-type]


def test_reading_in_python(write: Write) -> None:
    write("x.jsonl", '{"text": "a", "body": "b"}\nbroken\n{"text": "c", "body": "d"}\n')
    write("y.txt", "e")
    given = extractor.read(["x.jsonl", Path("y.txt")], text_column="body", errors="skip")
    assert [a.text for a in given] == ["b", "d", "e"]
    strict = extractor.read("x.jsonl")
    assert next(strict).text == "a"
    with pytest.raises(ExtractorError, match=r"x\.jsonl: line 2: not JSON"):
        next(strict)


@pytest.mark.usefixtures("tree")
def test_how_far_the_reading_is() -> None:
    meter = Meter(["."])
    shares = [meter.share() for _ in read_articles(["."], meter=meter)]
    assert shares == sorted(shares)  # type: ignore[type-var]
    assert meter.share() == 1.0
    assert Meter(["-"]).share() is None
