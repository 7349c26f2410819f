"""Captions of pictures as paragraphs, so that the search for the text keeps them where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from extractor.reading.page_lines import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONGEST: Final = 600


def keep_captions(tree: HtmlElement) -> None:
    """Turn what holds a picture and its caption (<figure>, or a table made for it) into paragraphs, in place."""
    for figure in list(tree.iter("figure")):
        captions = [plain("\0".join(c.itertext())) for c in figure.iter("figcaption")]
        _replace(figure, captions)
    for table in list(tree.iter("table")):
        if table.getparent() is not None and next(table.iter("img"), None) is not None:
            rows = [[plain("\0".join(cell.itertext())) for cell in row.iter("td", "th")] for row in table.iter("tr")]
            filled = [[cell for cell in row if cell] for row in rows]
            if all(len(row) <= 1 for row in filled) and sum(len(c) for row in filled for c in row) <= _LONGEST:
                _replace(table, [cell for row in filled for cell in row])


def _replace(element: HtmlElement, captions: list[str]) -> None:
    tail = element.tail
    for child in list(element):
        element.remove(child)
    element.clear()
    element.tag, element.tail = "div", tail
    for caption in captions:
        if caption:
            paragraph = element.makeelement("p")
            paragraph.text = caption
            element.append(paragraph)
