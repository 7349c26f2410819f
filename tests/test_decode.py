"""What a file of bytes becomes: its text, or one clear error that names the file and what its encoding seems to be."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from extractor.article.decode import decode, guess_encoding, read_text, text_files
from extractor.errors import ExtractorError

TEXT = ("Tỷ lệ hộ nghèo của huyện Bảo Lạc giảm còn 24,71%, đạt mục tiêu đề ra từ đầu năm.\n"
        "Ông Nông Văn Thắng cho biết: xã đã hỗ trợ giống, vốn và hướng dẫn kỹ thuật cho những hộ khó khăn nhất.\n")
FRENCH = "Le taux de pauvreté a été réduit à 24 % grâce à l’aide du gouvernement, a-t-on appris à Hanoï.\n"

# The old Vietnamese encodings, written out here from their tables: no codec of Python knows them.
TCVN3 = dict(zip(
    "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵăâêôơưđĂÂÊÔƠƯĐ",
    bytes.fromhex("b5b8b6b7b9bbbebcbdc6c7cac8c9cbccd0cecfd1d2d5d3d4d6d7ddd8dcdedfe3e1e2e4e5e8e6e7e9eaedebeceeeff3f1f2f4"
                  "f5f8f6f7f9fafdfbfcfea8a9aaabacadaea1a2a3a4a5a6a7"), strict=True))
VNI_TONES = {"\u0300": 0xF8, "\u0301": 0xF9, "\u0309": 0xFB, "\u0303": 0xF5, "\u0323": 0xEF}
VNI_HAT = {"\u0300": 0xE0, "\u0301": 0xE1, "\u0309": 0xE5, "\u0303": 0xE3, "\u0323": 0xE4, "": 0xE2}
VNI_BREVE = {"\u0300": 0xE8, "\u0301": 0xE9, "\u0309": 0xFA, "\u0303": 0xFC, "\u0323": 0xEB, "": 0xEA}


def tcvn3(text: str) -> bytes:
    """One byte for each letter, tone and all."""
    return bytes(TCVN3.get(c) or ord(c) for c in text)


def windows1258(text: str) -> bytes:
    """Letter with hat or breve in one byte, the tone in the next."""
    out = b""
    for c in text:
        letter, tone = c, ""
        for mark in VNI_TONES:
            if mark in unicodedata.normalize("NFD", c):
                letter, tone = unicodedata.normalize("NFC", unicodedata.normalize("NFD", c).replace(mark, "")), mark
        out += (letter + tone).encode("cp1258")
    return out


def vni(text: str) -> bytes:
    """A plain vowel, then hat or breve and tone together in one byte."""
    out = bytearray()
    for c in text:
        base, *marks = list(unicodedata.normalize("NFD", c))
        tone = next((m for m in marks if m in VNI_TONES), "")
        if c in "đĐ":
            out.append(0xF1)
        elif "\u0302" in marks or "\u0306" in marks:
            out += base.encode() + bytes([(VNI_HAT if "\u0302" in marks else VNI_BREVE)[tone]])
        elif "\u031b" in marks:
            out += bytes([0xF4 if base in "oO" else 0xF6]) + (bytes([VNI_TONES[tone]]) if tone else b"")
        else:
            out += base.encode() + (bytes([VNI_TONES[tone]]) if tone else b"")
    return bytes(out)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "a.txt") == TEXT


def test_utf16_with_a_mark_of_either_byte_order() -> None:
    assert decode(b"\xff\xfe" + TEXT.encode("utf-16-le"), "a.txt") == TEXT
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), "a.txt") == TEXT


def test_plain_ascii_in_utf16_without_a_mark() -> None:
    assert decode("Ha Giang, 2023".encode("utf-16-le"), "a.txt") == "Ha Giang, 2023"


@pytest.mark.parametrize("text", ["a\r\nb\rc\n", "e\u0323\u0302", "a\u00a0b\u00adc", "\ufffe", "\U0001f600",
                                  "một\x00hai" + "." * 300])
def test_the_text_is_kept_as_it_is(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_an_empty_text(data: bytes) -> None:
    assert decode(data, "a.txt") == ""


ERRORS = {
    "windows-1258": (windows1258(TEXT), "windows-1258 (cp1258)"),
    "tcvn3": (tcvn3(TEXT), "TCVN3 (ABC)"),
    "vni": (vni(TEXT), "VNI"),
    "windows-1252": (FRENCH.encode("cp1252"), "a legacy 8-bit encoding such as windows-1252"),
    "random bytes": (bytes(range(256)) * 8, "a binary file"),
    "nothing but zeros": (b"\x00" * 4096, "a binary file"),
    "docx": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xdf\xa4", "an office document (.docx, .xlsx)"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "an old office document (.doc, .xls)"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "a PDF document"),
    "pdf of ascii": (b"%PDF-1.3\n1 0 obj\n<< /Type /Catalog >>\n", "a PDF document"),
    "gzip": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "a gzip archive"),
    "half a letter": ("giảm còn 24,71% hộ nghè".encode() + "o\u0300".encode()[:-1], "UTF-8 that breaks off in a letter"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_anything_else_is_one_clear_error(case: str, tmp_path: Path) -> None:
    data, seems = ERRORS[case]
    path = tmp_path / "bài.txt"
    path.write_bytes(data)
    with pytest.raises(ExtractorError) as caught:
        read_text(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: not ")
    assert f"it seems to be {seems}" in message or message.endswith(seems)
    assert "\n" not in message


def test_the_old_encodings_are_told_apart_from_one_line_already() -> None:
    line = TEXT.splitlines()[0]
    assert [guess_encoding(encode(line)) for encode in (windows1258, tcvn3, vni)] == [
        "windows-1258 (cp1258)", "TCVN3 (ABC)", "VNI"]


@pytest.mark.parametrize(("data", "says"), [
    (b"\xff\xfeT\x00y", "begins as UTF-16, but byte 4 is not valid"),
    (b"\xef\xbb\xbfT\xff", "begins as UTF-8, but byte"),
    (b"\xff\xfe\x00\x00T\x00", "begins as UTF-32, but byte"),
])
def test_a_mark_that_promises_too_much(data: bytes, says: str) -> None:
    with pytest.raises(ExtractorError, match=rf"^a\.txt: {says}"):
        decode(data, "a.txt")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match=r"gone\.txt: cannot be read: "):
        read_text(tmp_path / "gone.txt")


def test_text_files_of_a_folder_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.json", "d/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [p.relative_to(tmp_path).as_posix() for p in text_files(tmp_path)] == ["a.txt", "b.txt", "d/e.txt"]
    assert text_files(tmp_path / "c.json") == [tmp_path / "c.json"]
    with pytest.raises(ExtractorError, match="no such file"):
        text_files(tmp_path / "f")
    (tmp_path / "d" / "e.txt").unlink()
    with pytest.raises(ExtractorError, match=r"no \.txt file"):
        text_files(tmp_path / "d")
