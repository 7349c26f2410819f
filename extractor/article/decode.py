"""Bytes of a file to text: UTF-8 and UTF-16, or one clear error that names what the encoding seems to be."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from extractor.errors import ExtractorError

# The longer marks first: that of UTF-32 begins with that of UTF-16.
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"), (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"), (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"))
_MAGIC: Final = (
    (b"PK\x03\x04", "a ZIP archive or an office document (.docx, .xlsx)"), (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old office document (.doc, .xls)"), (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"), (b"\x89PNG", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"))
_SAMPLE: Final = 65536

_HIGH: Final = re.compile(rb"[\x80-\xff]")
# windows-1258 writes a letter and then one of five tones; the letter is plain or one of its own (ă, â, ê, ô, ơ, ư).
_TONE_1258: Final = re.compile(rb"[aeiouyAEIOUY\xe3\xc3\xe2\xc2\xea\xca\xf4\xd4\xf5\xd5\xfd\xdd][\xcc\xd2\xde\xec\xf2]")
# VNI writes a plain vowel (or its ô, ư) and then a byte for the rest.
_VOWEL_VNI: Final = re.compile(rb"[aeouyAEOUY\xf4\xf6\xd4\xd6][\xc0-\xff]")
# TCVN3 writes ă, â, ê, ô, ơ, ư, đ where Western encodings have signs that are rare in running text.
_LETTER_TCVN3: Final = re.compile(rb"[\xa8-\xae]")
_TONED_TCVN3: Final = re.compile(rb"[\xb5-\xfe]")


def _is_1258(high: int, sample: bytes) -> bool:
    return len(_TONE_1258.findall(sample)) * 4 > high


def _is_tcvn3(high: int, sample: bytes) -> bool:
    letters, toned = len(_LETTER_TCVN3.findall(sample)), len(_TONED_TCVN3.findall(sample))
    return letters * 8 > high and (letters + toned) * 10 > high * 9


def _is_vni(high: int, sample: bytes) -> bool:
    return len(_VOWEL_VNI.findall(sample)) * 10 > high * 6


# The first that fits names the encoding.
_LEGACY: Final[Sequence[tuple[str, Callable[[int, bytes], bool]]]] = (
    ("TCVN3 (ABC)", _is_tcvn3), ("windows-1258 (cp1258)", _is_1258), ("VNI", _is_vni))


def _utf16(data: bytes) -> str | None:
    """The byte order ("utf-16-le", "utf-16-be") of what seems to be UTF-16 without a mark, else None."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 3 < len(sample) // 2 or min(even, odd) * 8 > max(even, odd) or len(data) % 2:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def guess_encoding(data: bytes) -> str:
    """What bytes that aren't UTF-8 seem to be, in words for an error message."""
    sample = data[:_SAMPLE]
    for magic, name in _MAGIC:
        if sample.startswith(magic):
            return name
    if _utf16(data):
        return "UTF-16 without a byte order mark"
    control = sum(b < 9 or 13 < b < 32 for b in sample)
    if control * 100 > len(sample):
        return "a binary file"
    high = len(_HIGH.findall(sample))
    for name, fits in _LEGACY:
        if fits(high, sample):
            return name
    return "a legacy 8-bit encoding such as windows-1252"


def decode(data: bytes, name: str) -> str:
    """The text of `data`: UTF-8 (with or without a byte order mark) or UTF-16; an empty file is an empty text.

    Anything else is an `ExtractorError` that names the file (`name`, a path) and what its encoding seems to be.
    """
    for bom, encoding, spoken in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise ExtractorError(
                    f"{name}: begins as {spoken}, but byte {error.start} is not valid: {error.reason}") from None
    if order := _utf16(data):
        try:
            return data.decode(order)
        except UnicodeDecodeError:
            pass
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.start + 4 > len(data) and "end of data" in error.reason
        seems = "UTF-8 that breaks off in a letter" if cut else guess_encoding(data)
        raise ExtractorError(
            f"{name}: not UTF-8 (byte {error.start}); it seems to be {seems}; name the encoding, or convert it to UTF-8 first") from None
    # A stray control character is no reason to refuse an article.
    seems = guess_encoding(data) if "\x00" in text or data.startswith(b"%PDF-") or data.startswith(b"{\\rtf") else ""
    if seems and "legacy" not in seems:
        raise ExtractorError(f"{name}: not a text; it seems to be {seems}")
    return text


def read_text(path: Path) -> str:
    """The text of the file at `path`; `ExtractorError` if it can't be read or isn't a text."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExtractorError(f"{path}: cannot be read: {error.strerror or error}") from None
    return decode(data, str(path))


def text_files(path: Path) -> list[Path]:
    """The file at `path`, or all ``.txt`` files below that folder in the order of their names.

    `ExtractorError` if nothing is there, or no ``.txt`` file is in the folder.
    """
    if not path.is_dir():
        if not path.exists():
            raise ExtractorError(f"{path}: no such file or folder")
        return [path]
    files = sorted(path.rglob("*.txt"))
    if not files:
        raise ExtractorError(f"{path}: no .txt file in this folder")
    return files
