"""The text of a page's bytes: by what it says of its encoding, else as any text."""

from __future__ import annotations

import codecs
import re
from typing import Final

from extractor.article.decode import decode
from extractor.reading.encodings import decode_as

_DECLARED: Final = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_HEAD: Final = 8192
_STRAY: Final = 1000  # one letter in so many may be broken


def page_text(data: bytes, place: str, encoding: str | None, charset: str | None) -> str:
    """The page as text. The user's `encoding` wins over the page's own word, and that over its server's `charset`.

    `ExtractorError` where it is in none of these, nor in UTF-8 or UTF-16.
    """
    if encoding is not None:
        return decode_as(data, place, encoding)
    declared = _DECLARED.search(data[:_HEAD])
    named = [name for name in (declared[1].decode("ascii", "replace") if declared else None, charset) if name]
    # a page that says of itself that it is UTF-16, in letters of one byte, is not
    for name in [*(n for n in named if _is_known(n) and not n.lower().startswith(("utf-16", "ucs"))), "utf-8"]:
        text = data.decode(name, "replace")
        if text.count("\ufffd") * _STRAY <= len(text):
            return text.removeprefix("\ufeff")
    return decode(data, place)


def _is_known(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding
    except LookupError:
        return False
