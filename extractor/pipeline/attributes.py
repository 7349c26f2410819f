"""What the pipeline keeps on a Doc: ``doc._.article``, ``doc._.draft``, ``doc._.extraction``, ``doc._.words``.

All of it lives in ``doc.user_data``, in values that a Doc can be written with (``to_bytes``, `DocBin`, pickle, several
processes): what goes in, what comes out. The draft between them is only of use while the pipeline runs and is left
behind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from spacy.tokens import Doc

from extractor.api import checked
from extractor.draft import Article, Draft
from extractor.errors import ExtractorError
from extractor.patterns import load_patterns
from extractor.pipeline.stored import Stored, extraction_of
from extractor.pipeline.words import words_of
from extractor.records import Extraction

_ARTICLE: Final = "extractor.article"
_DRAFT: Final = "extractor.draft"
_EXTRACTION: Final = "extractor.extraction"
_PATTERNS: Final = "extractor.patterns"
_KNOWN: Final = frozenset(f.name for f in fields(Article)) - {"text"}


class _Working(dict[str, Any]):
    """A draft in ``user_data``: to whoever writes or copies the Doc it is an empty dict."""

    draft: Draft | None = None

    def __reduce__(self) -> tuple[type[_Working], tuple[()]]:
        return _Working, ()


def keep_draft(doc: Doc, draft: Draft) -> None:
    """Put the article in the making on its Doc."""
    working = _Working()
    working.draft = draft
    doc.user_data[_DRAFT] = working


def keep_patterns(doc: Doc, folders: Sequence[str]) -> None:
    """Remember which pattern folders of the user's own the Doc is read with."""
    if folders:
        doc.user_data[_PATTERNS] = list(folders)


def get_draft(doc: Doc) -> Draft | None:
    """The article in the making; None for a Doc that has come to the end of the pipeline."""
    working = doc.user_data.get(_DRAFT)
    return working.draft if isinstance(working, _Working) else None


def draft_of(doc: Doc) -> Draft:
    """The article in the making; a Doc of another tokenizer, or one that was read from a file, begins anew."""
    draft = get_draft(doc)
    if draft is None:
        folders = map(Path, doc.user_data.get(_PATTERNS, ()))
        draft = Draft(article_of(doc), load_patterns(*folders))
        keep_draft(doc, draft)
    return draft


def start_draft(doc: Doc) -> Draft:
    """The draft of an article that enters the pipeline, with all that is known about the article."""
    draft = draft_of(doc)
    if draft.sentences:  # the Doc has been through the pipeline, or a part of it, before
        draft = Draft(draft.article, draft.patterns)
        keep_draft(doc, draft)
    draft.article = checked(article_of(doc))
    draft.warnings = list(draft.article.notes)
    return draft


def set_article(doc: Doc, article: Article | Mapping[str, Any]) -> None:
    """Say what is known about the article of `doc` from outside: an `Article` of the same text, or its fields."""
    known = asdict(article) if isinstance(article, Article) else dict(article)
    text = known.pop("text", doc.text)
    if text != doc.text:
        raise ExtractorError("article: its text is not the text of the Doc")
    unknown = sorted(set(known) - _KNOWN)
    if unknown:
        raise ExtractorError(f"article: unknown field {unknown[0]!r}; known are {', '.join(sorted(_KNOWN))}")
    doc.user_data[_ARTICLE] = known


def article_of(doc: Doc) -> Article:
    """What went in: the text, and what was said about it by `set_article` or by the context in ``as_tuples``."""
    if _ARTICLE not in doc.user_data and isinstance(doc._context, Article):
        set_article(doc, doc._context)
    known: dict[str, Any] = doc.user_data.get(_ARTICLE, {})
    # lists are what is left of tuples when a Doc has been written and read
    given: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in known.items()}
    return Article(doc.text, **given)


def keep_extraction(doc: Doc, extraction: Extraction) -> None:
    """Put what was read on the Doc, in the place of the draft."""
    doc.user_data[_EXTRACTION] = Stored(extraction)
    doc.user_data.pop(_DRAFT, None)


def get_extraction(doc: Doc) -> Extraction | None:
    """What was read from the article; None for a Doc that has not come to the end of the pipeline."""
    stored = doc.user_data.get(_EXTRACTION)
    if stored is None:
        return None
    if not isinstance(stored, Stored):  # the Doc has been written and read: plain values are left
        stored = doc.user_data[_EXTRACTION] = Stored(extraction_of(stored).keep_text(doc.text))
    return stored.extraction


def set_attribute(doc: Doc, name: str, values: Any) -> None:
    """Set one attribute of all tokens, from an array (spaCy declares it as two-dimensional only)."""
    doc.from_array([name], values)


def register() -> None:
    """Declare the attributes to spaCy; does no harm when called twice."""
    Doc.set_extension("article", getter=article_of, setter=set_article, force=True)
    Doc.set_extension("draft", getter=get_draft, force=True)
    Doc.set_extension("extraction", getter=get_extraction, force=True)
    Doc.set_extension("words", getter=words_of, force=True)


register()
