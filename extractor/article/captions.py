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
_FINAL: Final = 8
_BULLET: Final = re.compile(r"(?:[-–—+•●■>»*]|\d{1,2}[.)]|\w\))\s?")
_COLON: Final = re.compile(r"\s*([:\-–])\s*")


def is_credit(page: Page, line: Line) -> bool:
    """Whether a line ends with the name of who made the picture: "... - Ảnh: Thu Trà", "... (Ảnh: TTXVN)."."""
    fold, text, n = line.fold, line.text, line.size
    end = fold[-_CREDIT_TAIL:]
    for word in page.pictures:
        if word in end:
            break
    else:
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
    if line.caption is None:
        line.caption = line.size <= CAPTION and _has_caption_words(page, line)
    return line.caption


def _has_caption_words(page: Page, line: Line) -> bool:
    """What `is_caption` says, for a line that isn't too long."""
    known = line.first.id if line.first else ""
    if known in _LONGEST:
        return line.size <= _LONGEST[known]
    return known != "byline" and is_credit(page, line)


def mark_captions(page: Page, first: int) -> None:
    """Marks what shows pictures: credits, repeated lines, lines beside an image, unmarked last lines."""
    lines = page.lines
    lead = lines[first].key if first < len(lines) else ""
    for i in page.open_lines():
        if i < first:
            continue
        line = lines[i]
        if line.tail is not None:
            continue
        if is_caption(page, line):
            line.kind = "caption"
            _mark_shown(page, i, first)
        elif (i in page.repeated and line.key != lead) or (i and _is_beside_picture(page, i)):
            line.kind = "caption"
    _mark_last(page, first)


def _is_beside_picture(page: Page, at: int) -> bool:
    """Whether a line stands under an image, or goes on with a caption above it."""
    line, above = page.lines[at], page.lines[at - 1]
    if above.is_image():
        return line.size <= _ALONE and (not line.gap or not line.closed())
    return page.airy and not line.gap and above.kind == "caption" and line.size <= _SHORT and not line.closed()


def _mark_shown(page: Page, at: int, first: int) -> None:
    """The line before a credit that stands alone says what the picture shows."""
    line = page.lines[at]
    found = line.first
    if found is None or found.id == "illustration" or at <= first:
        return
    alone = line.size - found.end <= _NAMED
    if found.id == "in_picture":
        # the second sentence of a caption at the end; in the story it stands for itself
        alone = at >= len(page.lines) - _FINAL or is_credit(page, line)
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
    lines = page.lines
    if any(line.kind == "byline" for line in lines[story[0]:]):
        return
    links = [i for i, line in enumerate(lines) if line.kind == "boilerplate" and not line.is_image()]
    after = [i for i in story if links and i > links[-1]]
    if 0 < len(after) <= _AFTER_LINK and all(lines[i].size <= _SHORT for i in after):
        for i in after:
            lines[i].kind = lines[i].kind or "caption"
