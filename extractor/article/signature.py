"""The by-line at the end of an article: a line of its own, or a name after the last sentence."""

from __future__ import annotations

from typing import Final

from extractor.article.bylines import Byline, Bylines
from extractor.article.captions import is_caption
from extractor.article.dates import Dates
from extractor.article.lines import Line, Page
from extractor.draft import Draft

_SIGNATURE: Final = 95  # the longest line that signs
_NOTE: Final = 350  # the longest line that may follow it
_UNMARKED_AFTER: Final = 3  # lines after it, where nothing shows that they are captions
_UNMARKED_FAR: Final = 8  # the same where no other line looks like a by-line
_BACK: Final = 45  # lines from the end among which it is looked for
_FURTHER: Final = 10
_BEFORE_LINK: Final = 60
_CLOSING: Final = ".?!"
_LAST: Final = 6
_ABOVE: Final = 2  # by-lines above the last one


class Signature:
    """Looks for the by-line in the open lines of a page."""

    def __init__(self, draft: Draft, page: Page) -> None:
        self.page = page
        self.bylines = draft.patterns.part(Bylines)
        self.dates = draft.patterns.part(Dates)

    def mark(self, first: int) -> None:
        """Marks the by-line and what follows it; `first` is the line at which the text under the head begins."""
        page = self.page
        open_ = [i for i in page.open_lines() if i >= first]
        at = self._find(open_)
        if at is None:
            self._mark_inside(open_)
            return
        position = open_.index(at)
        self._sign(page.lines[at])
        for i in open_[position + 1:]:
            line = page.lines[i]
            if self._sign(line, marked=i != at + 1 or line.gap):
                at = i
                continue
            goes_on = i == at + 1 and not line.gap and line.text[0] in "/(" and line.size <= _SIGNATURE // 2
            line.kind = "byline" if goes_on and not is_caption(page, line) else "caption"
        for i in range(open_[position] - 1, max(open_[0], open_[position] - _ABOVE) - 1, -1):
            if page.lines[i].kind or not self._sign(page.lines[i]):
                break

    def _find(self, open_: list[int]) -> int | None:
        """The line that signs: the last that looks like it, with nothing but captions after it."""
        page = self.page
        plain = shown = 0  # lines after the candidate: that nothing marks, that are captions for sure
        near = source = None
        others: list[int] = []  # lines that look like a by-line, with a few unmarked lines after them
        for steps, i in enumerate(reversed(open_)):
            line = page.lines[i]
            if steps > _BACK or line.size > _NOTE or (near is not None and steps > _FURTHER):
                break
            caption = is_caption(page, line)
            read = None if caption else self._read(line)
            if read is not None and (read.of_source or (not read.authors and line.text[0] == "(")):
                source = i if source is None else source
            elif read is not None and read.marked:
                return i
            elif read is not None:
                # a heading in capitals may look like a name
                heading = line.text.isupper() and len(read.authors) == 1 and plain > 1
                if near is None and (shown or (plain <= _UNMARKED_AFTER and not heading)):
                    near = i
                others.append(-1 if plain > _UNMARKED_FAR or heading else i)
            if caption or i in page.repeated:
                shown += 1
            else:
                plain += 1
        if near is None and len(others) == 1 and others[0] >= 0:
            near = others[0]
        return near if near is not None else source

    def _read(self, line: Line) -> Byline | None:
        """The line as a by-line, or as a date line at the end."""
        link = line.text.find(">")
        if 0 < link <= _BEFORE_LINK:
            # a link may follow the name: "Thu Hà >> Xem thêm: ..."
            return self.bylines.read(line.text[:link], line.fold[:link])
        if line.size > _SIGNATURE or (line.text[-1] in _CLOSING and not self._labelled(line)):
            return None
        date = self.dates.read(line.text, line.fold)
        if date is not None:
            return Byline(date.authors, publisher=date.publisher, marked=True)
        return self.bylines.read(line.text, line.fold)

    def _sign(self, line: Line, *, marked: bool = False) -> bool:
        """Takes what the line says, if it is a by-line or a date line; `marked`: only if words say so."""
        read = None if is_caption(self.page, line) else self._read(line)
        if read is None or (marked and (not read.marked or read.of_source)):
            return False
        line.kind = "byline"
        self._take(read, line.start)
        if (link := line.text.find(">")) > 0:
            line.tail, line.tail_kind = link, "boilerplate"
            return True
        date = self.dates.read(line.text, line.fold)
        if date is not None:
            self.page.meta.published = self.page.meta.published or date.value
        return True

    def _take(self, read: Byline, offset: int) -> None:
        self.page.printed_authors += [(offset + a, offset + b) for a, b in read.authors]
        self.page.sources.append(read.publisher or "")

    def _labelled(self, line: Line) -> bool:
        found = line.first
        return found is not None and found.id in ("byline", "source_label")

    def _mark_inside(self, open_: list[int]) -> None:
        """Looks for a by-line after the last sentence of the story; captions may follow that paragraph."""
        for i in reversed(open_[-_LAST:]):
            line = self.page.lines[i]
            found = self.bylines.at_end(line.text, line.fold)
            if found is not None and not (found[1].sources and not found[1].authors and is_caption(self.page, line)):
                line.tail = found[0]
                self._take(found[1], line.start + found[0])
                return
            if not is_caption(self.page, line):
                return
