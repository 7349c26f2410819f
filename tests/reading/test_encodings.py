"""Legacy encodings of Vietnamese by an option: TCVN3, VNI, VISCII and VPS by viparse, windows-1258 by Python."""

from __future__ import annotations

import json
import unicodedata

import pytest
from test_decode import tcvn3, vni, windows1258

from extractor.errors import ExtractorError
from extractor.reading import ReadOptions, read_articles

from .told import Write, told

pytest.importorskip("viparse", reason="extra 'files'")

TEXT = "tỷ lệ hộ nghèo giảm từ 28,4% xuống 23,9%; hỗ trợ 340 hộ ở Bắc Kạn, Đắk Lắk thẳng tiến, sẵn có, mỹ lệ, kỳ vọng, ý chí"
LETTERS = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹăâêôơưđ"
# i and ỵ have bytes of their own in VNI, and so have capital letters
VNI_LETTERS = {"ì": b"\xec", "í": b"\xed", "ỉ": b"\xe6", "ĩ": b"\xf3", "ị": b"\xf2", "ỵ": b"\xee", "Đ": b"\xd1"}


def by_vni(text: str) -> bytes:
    return b"".join(VNI_LETTERS.get(c) or vni(c) for c in text)


ENCODERS = {"tcvn3": tcvn3, "vni": by_vni, "cp1258": windows1258}


@pytest.mark.parametrize("text", [TEXT, LETTERS, "plain 5%"])
@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_text_in_a_legacy_encoding_comes_out_composed(write: Write, encoding: str, text: str) -> None:
    write("f.txt", ENCODERS[encoding](text))
    [read] = read_articles(["f.txt"], ReadOptions(encoding=encoding))
    assert read.article is not None
    assert read.article.text == text
    assert unicodedata.is_normalized("NFC", read.article.text)


def test_without_the_option_it_is_an_error_that_names_the_encoding(write: Write) -> None:
    write("f.txt", tcvn3("Tỷ lệ hộ nghèo của huyện giảm còn 24,71%, đạt mục tiêu đề ra từ đầu năm."))
    assert told("f.txt") == ["f.txt ! not UTF-8 (byte 1); it seems to be TCVN3 (ABC); name the encoding, or convert it to "
                             "UTF-8 first"]


@pytest.mark.parametrize(("encoding", "data", "text"), [
    ("viscii", b"T\xd6 l\xae h\xb5 ngh\xe8o gi\xe4m", "Tỷ lệ hộ nghèo giảm"),
    ("vps", b"h\xb6 ngh\xe8o", "hộ nghèo"),
    ("TCVN3", b"\x93h\xe9 ngh\xcco\x94", "“hộ nghèo”"),
    ("latin-1", b"caf\xe9", "café"),
    ("utf-16-le", "hộ".encode("utf-16-le"), "hộ"),
    ("tcvn3", "\ufeffhộ".encode(), "\ufeffhộ"[1:]),  # its mark says better what it is
])
def test_other_encodings(write: Write, encoding: str, data: bytes, text: str) -> None:
    write("f.txt", data)
    assert told("f.txt", ReadOptions(encoding=encoding)) == [f"f.txt {text}"]


def test_what_is_not_in_the_encoding(write: Write) -> None:
    write("f.txt", b"caf\xe9")
    assert told("f.txt", ReadOptions(encoding="ascii")) == ["f.txt ! not ascii (byte 3): ordinal not in range(128)"]


@pytest.mark.parametrize("encoding", ENCODERS)
def test_tables_and_json_lines_in_legacy_encodings(write: Write, encoding: str) -> None:
    encode = ENCODERS[encoding]
    write("f.csv", encode(f'id,noi_dung\n1,"{TEXT}"\n'))
    write("f.jsonl", encode(json.dumps({"text": TEXT}, ensure_ascii=False) + "\n"))
    assert told(["f.csv", "f.jsonl"], ReadOptions(encoding=encoding)) == [f"f.csv:2 {TEXT}", f"f.jsonl:1 {TEXT}"]


def test_json_lines_in_an_encoding_whose_lines_cannot_be_cut_as_bytes(write: Write) -> None:
    write("f.jsonl", '{"text": "hộ\u010a"}\n{"text": "b"}\n'.encode("utf-16-be"))
    assert told("f.jsonl", ReadOptions(encoding="utf-16-be")) == ["f.jsonl:1 hộ\u010a", "f.jsonl:2 b"]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.reading import encodings

    encodings._converter.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "viparse.normalize.encodings", None)
    with pytest.raises(ExtractorError, match=r"pip install 'extractor\[files\]'"):
        encodings.decode_as(b"x", "x.txt", "vni")
