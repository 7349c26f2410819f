"""HTML pages: headline, lead, text with captions, date of publication, authors and address.

`trafilatura` finds the text. What it leaves out of Vietnamese newspapers' pages is put back: the lead, which most set
apart from the text; the captions; the printed date. Its own guess of the date is not used, because for want of better
it takes any year of the text or of a picture's address.
"""

from __future__ import annotations

import bisect
import json
import logging
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from extractor.article.names import is_name
from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.reading.captions import keep_captions
from extractor.reading.charset import page_text
from extractor.reading.dates import iso_date
from extractor.reading.extras import needed
from extractor.reading.page_lines import PageLine, page_lines, plain
from extractor.reading.records import PAGE_FACTOR, Record, Records
from extractor.reading.stream import Input, too_long
from extractor.reading.unread import UnreadPage

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEAD: Final = range(30, 1500)  # characters of a lead
_SAME: Final = 60  # characters by which a line of the page and one of the text are known to be the same
_HEADLINE_WORDS: Final = 4
_NO_DATE: Final = {"extensive_search": False, "original_date": True}  # as little as can be asked for


def records(file: Input) -> Records:
    """The one page of the file, which is opened only when it is wanted."""
    def make() -> Article:
        data = file.read(PAGE_FACTOR)
        if not data:
            raise ExtractorError(f"{file.name}: an empty file")
        return unread_page(data, file.name, file, None)

    yield Record(None, make)


def unread_page(data: bytes, place: str, file: Input, number: int | None, url: str | None = None,
                charset: str | None = None) -> UnreadPage:
    """A page whose text is still to be looked for; `place` is for messages, `charset` what its server said of it."""
    return UnreadPage(data.decode("latin-1"), id=file.id_of(number), path=file.path, url=url, place=place, charset=charset,
                      encoding=file.options.encoding, max_bytes=file.options.max_bytes)


def page_article(page: UnreadPage) -> Article:
    """The article of a page; `ExtractorError` where no article's text is found in it.

    The text is the headline, the lead and the text, a paragraph a line.
    """
    with needed("files", "trafilatura", "reading .html"):
        import trafilatura
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it has to say is said by the error
    place = page.place
    tree = trafilatura.load_html(page_text(page.text.encode("latin-1"), place, page.encoding, page.charset))
    if tree is None or not len(tree):
        raise ExtractorError(f"{place}: not an HTML page")
    shown = page_lines(tree)
    published = _stated_date(tree)
    keep_captions(tree)
    found = trafilatura.bare_extraction(tree, url=page.url, include_comments=False, include_tables=True,
                                        with_metadata=True, date_extraction_params=_NO_DATE)
    body = _body(found.text) if found is not None and not isinstance(found, dict) and found.text else []
    if not body or found is None or isinstance(found, dict):
        raise ExtractorError(f"{place}: no text of an article was found in this page")
    laid_out = _Page(shown, plain(found.title or ""), body)
    text = laid_out.text()
    if len(text.encode("utf-8", "surrogatepass")) > page.max_bytes:
        raise ExtractorError(f"{place}: {too_long(page.max_bytes)}")
    authors = tuple(a for a in (plain(n) for n in (found.author or "").split(";")) if is_name(a))
    return Article(text, id=page.id, path=page.path, title=laid_out.title or None,
                   published=published or laid_out.printed_date(), url=found.url or page.url, authors=authors,
                   cluster=page.cluster, cluster_first=page.cluster_first)


class _Page:
    """The lines that are shown, and where in them headline and text are."""

    def __init__(self, lines: list[PageLine], title: str, body: list[str]) -> None:
        self._lines = lines
        self._body = body
        self._places: dict[str, list[int]] = {}
        for i, line in enumerate(lines):
            self._places.setdefault(_key(line.text), []).append(i)
        self._start = self._where(body[0], 0) if body else None
        at = self._headline(title)
        self._head = at
        self.title = lines[at].text if at is not None else title
        if at is not None and self._start is not None and self._start <= at:
            self._start = next((later for line in body if (later := self._where(line, at + 1)) is not None), None)

    def text(self) -> str:
        """Headline, lead and text, none of them twice."""
        body = self._body
        known = {_key(line) for line in body}
        title = [self.title] if self.title and _key(self.title) not in map(_key, body[:3]) else []
        lead = [line for line in self._leads() if _key(line) not in known]
        return "\n".join(title + lead + body) + "\n"

    def printed_date(self) -> str | None:
        """The date of a line that holds a date and nothing else, between headline and text or just above the headline."""
        from extractor.article.dates import Dates
        from extractor.patterns import load_patterns
        from extractor.text.normalize import Text

        if self._head is None:
            return None
        dates = load_patterns().part(Dates)
        parent = self._lines[self._head].element.getparent()
        above = [line for line in self._lines[:self._head] if parent is not None and parent in line.element.iterancestors()]
        # the search for the text may have taken a line with the date along
        first = next((line for line in self._body if len(line) >= _SAME), "")
        stop = self._where(first, self._head + 1)
        for line in [*self._lines[self._head + 1:stop or self._head], *reversed(above)]:
            if any(c.isdigit() for c in line.text) and (read := dates.read(text := line.text, Text(text).fold)):
                return read.value
        return None

    def _leads(self) -> Iterator[str]:
        known = set(_words()["lead"])
        for line in self._between():
            if len(line.text) in _LEAD and not line.linked and known & line.classes():
                yield line.text

    def _between(self) -> list[PageLine]:
        """The lines between headline and text."""
        if self._head is None or self._start is None:
            return []
        return self._lines[self._head + 1:self._start]

    def _headline(self, title: str) -> int | None:
        """The line of the headline: one with the words of the title, else a heading or what has a headline's class."""
        heads = [i for i, line in enumerate(self._lines) if line.element.tag == "h1" and not line.linked]
        same = [i for i in self._places.get(_key(title), ()) if not self._lines[i].linked]
        if same:
            return next((i for i in same if i in heads), same[0])
        known = set(_words()["headline"])
        limit = self._start if self._start is not None else len(self._lines)
        classed = [i for i, line in enumerate(self._lines[:limit]) if not line.linked and known & line.classes()]
        return next((i for i in [*heads, *classed] if len(self._lines[i].text.split()) >= _HEADLINE_WORDS), None)

    def _where(self, text: str, start: int) -> int | None:
        """The line of the page that a line of the text is, from `start` on."""
        places = self._places.get(_key(text), [])
        at = bisect.bisect_left(places, start)
        return places[at] if at < len(places) else None


def _body(text: str) -> list[str]:
    """The paragraphs of the text; rows of tables without the marks at their ends."""
    return [line for line in (plain(paragraph.strip().removeprefix("|").removesuffix("|").strip()) for paragraph in text.splitlines()) if line]


def _key(line: str) -> str:
    """What two lines have in common that are the same, as far as their first words say."""
    return line[:_SAME]


@lru_cache
def _words() -> Mapping[str, list[str]]:
    words: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "pages.toml").read_text("utf-8"))
    return words


def _stated_date(tree: HtmlElement) -> str | None:
    """The date of publication that the page states for machines: in <meta>, in JSON-LD, in microdata, in <time>."""
    return next((date for value in _stated(tree) if (date := iso_date(value))), None)


def _stated(tree: HtmlElement) -> Iterator[str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            metas.setdefault(meta.get(key, "").lower(), meta.get("content", ""))
    yield from (metas[name] for name in _words()["published"] if metas.get(name))
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            yield from _published_in(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue
    for element in tree.xpath("//*[@itemprop='datePublished'] | //time[@datetime]"):
        yield element.get("content") or element.get("datetime") or element.text_content()


def _published_in(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            yield value["datePublished"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            if isinstance(item, dict | list):
                yield from _published_in(item)
