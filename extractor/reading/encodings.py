"""Bytes to text in the encoding that the user names: Vietnamese legacy ones by viparse, the others by Python."""

from __future__ import annotations

import codecs
import tomllib
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Final

from extractor.article.decode import decode
from extractor.errors import ExtractorError
from extractor.reading.extras import needed

#: Encodings of Vietnamese fonts and charsets that Python does not know.
LEGACY: Final = ("tcvn3", "vni", "viscii", "vps")
# Those that leave the range 0x80 to 0x9F to the quotes and dashes of windows-1252.
_OF_FONTS: Final = ("tcvn3", "vni")
_MARKS: Final = {i: c for i in range(0x80, 0xA0) if (c := bytes([i]).decode("cp1252", "ignore"))}
_PLAIN: Final = '\n\r\t {}[]",;:\\'


def check_encoding(name: str | None) -> None:
    """`ExtractorError` for an encoding that there is not."""
    if name is None or name.lower() in LEGACY:
        return
    try:
        if codecs.lookup(name)._is_text_encoding:  # the only sign that tells "base64" from an encoding of text
            return
    except LookupError:
        pass
    raise ExtractorError(f"encoding: expected {', '.join(LEGACY)} or one that Python knows such as cp1258 or utf-8, "
                         f"found {name!r}")


def decode_as(data: bytes, name: str, encoding: str | None) -> str:
    """The text of `data` in `encoding`, by default UTF-8 or UTF-16; `name` (a path) is for the error message.

    Legacy text comes out composed (NFC). A byte order mark wins over an encoding that was named wrongly.
    """
    if encoding is None or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, name)
    if encoding.lower() in LEGACY:
        return _converter(encoding.lower())(data.decode("latin-1"))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ExtractorError(f"{name}: not {encoding} (byte {error.start}): {error.reason}") from None
    return text if text.isascii() else unicodedata.normalize("NFC", text) if codecs.lookup(encoding).name == "cp1258" else text


def keeps_lines(encoding: str) -> bool:
    """Whether line ends, quotes and separators are single ASCII bytes in `encoding`, so that its lines can be cut."""
    return encoding.lower() in LEGACY or _PLAIN.encode(encoding, "replace") == _PLAIN.encode("ascii")


@lru_cache
def _converter(encoding: str) -> Callable[[str], str]:
    with needed("files", "viparse", f"the encoding {encoding}"):
        from viparse.normalize.encodings import CHARMAPS
        from viparse.normalize.tables import build_charmap, convert
    more = tomllib.loads((Path(__file__).parent / "encodings.toml").read_text("utf-8")).get(encoding, {})
    known = CHARMAPS[encoding].pairs
    there = {legacy for legacy, _ in known}
    charmap = build_charmap(encoding, [*known, *(pair for pair in more.items() if pair[0] not in there)])
    marks = _MARKS if encoding in _OF_FONTS else {}
    return lambda text: convert(text, charmap).translate(marks)
