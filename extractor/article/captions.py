"""Captions: lines with the name of who made the picture, repeated lines, lines beside an image."""

from __future__ import annotations

import re
from typing import Final

from extractor.article.lines import CAPTION, Line, Page

_CREDIT_TAIL: Final = 110  # the end of a line in which its credit is looked for
_CREDIT: Final = 75  # the longest name in a credit
_NAMED: Final = 60  # what a credit that stands alone may hold
_SHORT: Final = 170
_ALONE: Final = 250
_LONGEST: Final = {"illustration": _SHORT, "credit": _ALONE, "in_picture": CAPTION}
_SHOWN: Final = 300
_AFTER_LINK: Final = 3
_BULLET: Final = re.compile(r"(?:[-–—+•●■>»*]|\d{1,2}[.)]|[a-zđ]\))\s?")
_COLON: Final = re.compile(r"\s*([:\-–])\s*")


def is_credit(page: Page, line: Line) -> bool:
    """Whether a line ends with the name of who made the picture: "... - Ảnh: Thu Trà", "... (Ảnh: TTXVN)."."""
    if line.size > CAPTION:
        return False
    fold, text, n = line.fold, line.text, line.size
    end = fold[-_CREDIT_TAIL:]
    if not any(word in end for word in page.pictures):
        return False
    last = None
    for match in page.words.pictures.finditer(fold, max(0, n - _CREDIT_TAIL)):
        last = match
    if last is None:
        return False
    a, b = last.span()
    rest = text[b:].strip()
    before = fold[:a].rstrip()
    opened = not before or before[-1] in ".,;-–—([\"”!?…:/"
    colon = _COLON.match(fold, b)
    if colon and colon[1] == ":":
        return len(rest) <= _CREDIT and (opened or text[a].isupper() or text[colon.end():colon.end() + 1].isupper())
    if not opened or len(rest) > _CREDIT or (before and before[-1] in ",:" and text[a].islower()):
        return False
    if colon:
        return text[colon.end():colon.end() + 1].isupper()
    after = text[b:b + 2].strip()
    at = b
    while at < n and fold[at] == " ":
        at += 1
    if page.words.part("picture_of", fold, at):
        return before != "" or text[a].isupper()
    return after[:1].isupper() and all(w[0].isupper() or not w[0].isalpha() for w in rest.split()[:4]) and before[-1:] != "/"


def is_caption(page: Page, line: Line) -> bool:
    """Whether the words of a line make it a caption."""
    if line.size > CAPTION:
        return False
    found = line.first
    if found and found.id in ("illustration", "in_picture"):
        return found.id == "illustration" and line.size <= _SHORT or found.id == "in_picture"
    if found and found.id in ("credit", "byline"):
        return found.id == "credit" and line.size <= _ALONE
    return is_credit(page, line)


def mark_captions(page: Page, first: int) -> None:
    """Marks what shows pictures: credits, repeated lines, lines beside an image, unmarked last lines."""
    lines = page.lines
    for i in page.open_lines():
        if i < first:
            continue
        line = lines[i]
        if i in page.repeated and i != first:
            line.kind = "caption"
        elif is_caption(page, line):
            line.kind = "caption"
            _mark_shown(page, i, first)
        elif i and lines[i - 1].is_image() and line.size <= _ALONE and (not line.gap or not line.closed()):
            line.kind = "caption"
    _mark_last(page, first)


def _mark_shown(page: Page, at: int, first: int) -> None:
    """The line before a credit that stands alone says what the picture shows."""
    line = page.lines[at]
    found = line.first
    if found is None or found.id == "illustration" or at <= first:
        return
    alone = found.id == "in_picture" or line.size - found.end <= _NAMED
    before = page.lines[at - 1]
    near = not line.gap or (page.spaced and before.size <= _SHORT)
    if alone and near and not before.kind and before.size <= _SHOWN:
        before.kind = "caption"


def _mark_last(page: Page, first: int) -> None:
    """Last lines that end without a full stop where all others have one, and lines between captions at the end."""
    lines = page.lines
    story = [i for i in range(first, len(lines)) if lines[i].kind in ("", "caption")]
    if len(story) < 5:
        return
    last = story[-1]
    line = lines[last]
    others = [i for i in story[-12:-1] if lines[i].size >= 50]
    if (not line.kind and line.size <= 260 and not line.closed() and line.text[-1] != "," and not _BULLET.match(line.text)
            and line.size > 20 and others and all(lines[i].closed() for i in others) and line.tail is None):
        line.kind = "caption"
    _mark_after_link(page, story)
    for a, b, c in zip(story[-8:], story[-7:], story[-6:], strict=False):
        if lines[a].kind == "caption" == lines[c].kind and not lines[b].kind and lines[b].size <= 250:
            lines[b].kind = "caption"


def _mark_after_link(page: Page, story: list[int]) -> None:
    """A few short lines after a link to another article at the end: the captions of the pictures."""
    after = [i for i in story[-_AFTER_LINK:] if not page.lines[i].kind]
    if after and page.lines[after[0] - 1].kind == "boilerplate" and after[-1] - after[0] == len(after) - 1 and all(
            page.lines[i].size <= _SHORT for i in after) and after[-1] == story[-1]:
        for i in after:
            page.lines[i].kind = "caption"
