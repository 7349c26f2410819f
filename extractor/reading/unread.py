"""Pages whose text has not been looked for yet: that takes as long as extraction, and can be done where that is done."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.draft import Article
from extractor.reading.records import MAX_BYTES


@dataclass(slots=True)
class UnreadPage(Article):
    """A page of HTML as it was fetched; ``text`` holds its bytes (as Latin-1), ``place`` is what messages call it.

    ``charset``: what its server said of its encoding; ``encoding`` and ``max_bytes``: the options of reading.
    """

    place: str = ""
    charset: str | None = None
    encoding: str | None = None
    max_bytes: int = MAX_BYTES


def finished(article: Article) -> Article:
    """The article itself, or that of the page; `ExtractorError` where the page has none."""
    if not isinstance(article, UnreadPage):
        return article
    from extractor.reading.pages import page_article

    return page_article(article)
