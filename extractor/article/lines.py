"""The lines of an article and what is known of them while they are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from extractor.article.words import Found, Words, after_marks
from extractor.draft import Draft, Meta

_LINE: Final = re.compile(r"\S(?:[^\n]*\S)?")
_MARKS: Final = " .,:;…!?\"'“”‘’()[]{}*#_-–—•●■+>»|/\\=~"
_TERMINAL: Final = frozenset(".!?…:;\"”'’)]/")
_IMAGE: Final = re.compile(
    r"[\[(]?(?:img|image|photo)[\])]?(?:\([^\s)]*\))?|!\[[^\]]*\]\([^)]*\)"
    r"|[\[(<]?(?:https?://\S+|[\w%.,()-]+)\.(?:jpe?g|png|gif|webp|bmp|svg)(?:\?\S*)?[\])>]?")
_ADDRESS: Final = re.compile(r"[<\[(]?(?:https?://|www\.)\S+[>\])]?")

_ITEM: Final = frozenset("-–—+•●■")
SHORT: Final = 15
CAPTION: Final = 420


@dataclass(slots=True)
class Line:
    """A line that isn't blank: its span, its words as they stand and folded, and the kind it turns out to be.

    ``gap``: a blank line stands before it. ``key``: what lines are compared by to find repeated ones.
    ``first``: the phrase of the pattern file that it begins with. ``tail``: where a part of
    another kind, ``tail_kind``, begins that stands at its end (a by-line after the last sentence). ``caption``: whether its
    words make it a caption, once that has been asked.
    """

    start: int
    end: int
    size: int
    text: str
    fold: str
    gap: bool
    key: str
    first: Found | None
    kind: str = ""
    tail: int | None = None
    tail_kind: str = "byline"
    caption: bool | None = None

    def closed(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text[-1] in _TERMINAL

    def is_image(self) -> bool:
        """Whether it only stands for a picture: "[img]", a file name, the address of a picture."""
        return self.fold[-1] in "gpf])>" and self.size < CAPTION and _IMAGE.fullmatch(self.fold) is not None

    def is_address(self) -> bool:
        """Whether it is one address and nothing else."""
        return self.fold.startswith(("http", "www.", "<http", "[http", "(http")) and _ADDRESS.fullmatch(self.fold) is not None


def key(fold: str) -> str:
    """What two lines must share to be the same line: the words without marks at either end."""
    plain = fold.strip(_MARKS)
    return " ".join(plain.split()) if "  " in plain else plain


@dataclass(slots=True)
class Page:
    """All lines of an article, the vocabulary, and what the article prints about itself.

    ``pictures``: the words for a picture that occur in it; ``invites``: words of an invitation may occur in it; ``repeated``: the numbers of the lines that occur twice;
    ``spaced``: a blank line stands before every line; ``airy``: before most of them.
    """

    lines: list[Line]
    words: Words
    meta: Meta
    title_at: int | None = None
    pictures: tuple[str, ...] = ()
    invites: bool = False
    spaced: bool = False
    airy: bool = False
    sources: list[str] = field(default_factory=list)
    printed_authors: list[tuple[int, int]] = field(default_factory=list)
    repeated: frozenset[int] = frozenset()

    def open_lines(self) -> list[int]:
        """The numbers of the lines whose kind isn't known yet."""
        return [i for i, line in enumerate(self.lines) if not line.kind]


def read_page(draft: Draft) -> Page:
    """The lines of ``draft.text`` with their keys, none of them told apart yet."""
    norm, fold = draft.text.norm, draft.text.fold
    words = draft.patterns.part(Words)
    lines: list[Line] = []
    seen: dict[str, int] = {}
    repeated: set[int] = set()
    end = 0
    for match in _LINE.finditer(norm):
        start = match.start()
        gap = norm.count("\n", end, start) > 1
        end = match.end()
        size = end - start
        low = fold[start:end]
        found, mark = None, low
        if size <= CAPTION:
            found, mark = words.starts.at(low, after_marks(low)), key(low)
            # a speaker's name before each answer is no repeated caption
            if len(mark) >= SHORT and low[-1] != ":" and low[0] not in _ITEM:
                first = seen.setdefault(mark, len(lines))
                if first != len(lines):
                    repeated |= {first, len(lines)}
        lines.append(Line(start, end, size, norm[start:end], low, gap, mark, found))
    gaps = sum(line.gap for line in lines)
    return Page(
        lines, words, draft.meta, pictures=tuple(w for w in words.picture_words if w in fold),
        invites=any(w in fold for w in words.invitation_heads),
        spaced=gaps == len(lines) - 1 > 1, airy=gaps * 5 >= len(lines) * 3, repeated=frozenset(repeated))

