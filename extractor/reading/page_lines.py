"""A page as the lines that a browser shows, each with the element that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "time", "title", "tr", "ul"))
_UNSEEN: Final = frozenset((
    "head", "script", "style", "noscript", "template", "svg", "iframe", "button", "select", "option", "textarea"))
# "Cao BằngNhờ vốn vay": two elements side by side, which the page's style sheet keeps apart.
_GLUED: Final = re.compile(r"(?<=[^\W\d_])\0(?=[^\W\d_])")
_WORD: Final = re.compile(r"[a-z0-9]+")
_ABOVE: Final = 3  # elements whose classes tell what a line is: its own and those just around it


@dataclass(slots=True)
class PageLine:
    """A line: its text with single blanks, the element that it stands in, and whether most of it is a link."""

    text: str
    element: HtmlElement
    linked: bool

    def classes(self) -> set[str]:
        """The words of the classes of the element and of those just around it."""
        found: set[str] = set()
        element = self.element
        for _ in range(_ABOVE):
            if element is None:
                break
            found.update(_WORD.findall(f"{element.get('class', '')} {element.get('id', '')}".lower()))
            element = element.getparent()
        return found


def page_lines(tree: HtmlElement) -> list[PageLine]:
    """The lines of a page, from top to bottom."""
    lines: list[PageLine] = []
    parts: list[tuple[str, bool]] = []
    for element, text, links in _walk(tree):
        if text is not None:
            parts.append((text, links > 0))
            continue
        joined = plain("".join(t for t, _ in parts))
        if joined:
            linked = sum(len(t.strip()) for t, link in parts if link)
            lines.append(PageLine(joined, element, linked * 2 > len(joined)))
        parts.clear()
    return lines


def plain(text: str) -> str:
    r"""Text with single blanks; a zero character marks where one element ends within a line.

    >>> plain("Cao Bằng\0Nhờ vốn"), plain("T\0ừ  Sơn")
    ('Cao Bằng Nhờ vốn', 'Từ Sơn')
    """
    def between(mark: re.Match[str]) -> str:
        before, after = mark.string[mark.start() - 1], mark.string[mark.end()]
        return " " if before.islower() and after.isupper() else ""

    return " ".join(_GLUED.sub(between, text).replace("\0", "").split())


def _walk(tree: HtmlElement) -> Iterator[tuple[HtmlElement, str | None, int]]:
    """Pieces of text in their order, with the number of links around; None where a line ends, with its element."""
    # no recursion: pages exist that are thousands of elements deep
    stack: list[tuple[Any, Iterator[Any]]] = []
    links = 0
    block = tree
    todo: tuple[Any, ...] = (tree,)
    iterator = iter(todo)
    blocks = [tree]
    while True:
        element = next(iterator, None)
        if element is None:
            if not stack:
                yield block, None, links
                return
            done, iterator = stack.pop()
            if done.tag in _BLOCKS:
                yield done, None, links
                blocks.pop()
                block = blocks[-1]
            links -= done.tag == "a"
            yield done, "\0" + (done.tail or ""), links
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _UNSEEN:
            yield element, element.tail or "", links
            continue
        if tag in _BLOCKS:
            yield block, None, links
            blocks.append(element)
            block = element
        links += tag == "a"
        yield element, "\0" + (element.text or ""), links
        stack.append((element, iterator))
        iterator = iter(element)
