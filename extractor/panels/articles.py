"""The articles that a panel counts: near-identical ones are one, whatever their number and order."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from extractor.records import Extraction, Observation
from extractor.report.texts import text_of
from extractor.text.normalize import Text

#: Two articles are one when they share at least this part of the sentences that hold their numbers.
_SAME = 0.8
#: Fewer sentences than these are shared by chance, or by one news agency.
_LEAST = 3


@dataclass(slots=True)
class Article:
    """A document of the panel: its name (unique), its text if it could be had, and which cluster it belongs to."""

    extraction: Extraction
    name: str
    text: str | None
    cluster: int = 0

    def sentence(self, o: Observation) -> str | None:
        """The sentence of an observation on one line; None without the text."""
        return None if self.text is None else " ".join(self.text[slice(*o.sentence)].split())


def plain(words: str) -> str:
    """Letters and digits of `words` alone, for comparing sentences that differ in blanks, marks and case.

    >>> plain("Giảm 4,23% – so với 2022.") == plain("giảm 4,23%, so với 2022")
    True
    """
    return "".join(c for c in Text(words).fold if unicodedata.category(c)[0] in "LNM")


def _order(extraction: Extraction) -> tuple[str, ...]:
    d = extraction.document
    return (d.published or "", d.id or d.path or "", d.sha256, d.path or "", d.title or "")


def _names(extractions: Iterable[Extraction]) -> list[str]:
    """A name for each: its id, else its path, else the start of its hash; two that would be the same get the hash."""
    wanted = [e.document.id or e.document.path or e.document.sha256[:12] for e in extractions]
    often = Counter(wanted)
    return [name if often[name] == 1 else f"{name}#{e.document.sha256[:8]}"
            for name, e in zip(wanted, extractions, strict=True)]


def read_articles(extractions: Iterable[Extraction], folder: Path | None = None) -> list[Article]:
    """The articles in one order whatever the order they come in; a document given twice is taken once."""
    seen: dict[tuple[str, ...], Extraction] = {}
    for extraction in extractions:
        seen.setdefault(_order(extraction), extraction)
    ordered = [seen[key] for key in sorted(seen)]
    articles = [Article(e, name, text_of(e, folder)[0]) for e, name in zip(ordered, _names(ordered), strict=True)]
    for article, cluster in zip(articles, _clusters(articles), strict=True):
        article.cluster = cluster
    return articles


class _Sets:
    """Sets of numbers from 0 that grow together; the name of a set is its smallest number."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            i = self.parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        low, high = sorted((self.find(i), self.find(j)))
        self.parent[high] = low


def _signature(article: Article) -> frozenset[str]:
    """What an article says in numbers: its sentences that hold them, or without its text title and numbers."""
    rows = article.extraction.observations
    if article.text is not None:
        return frozenset(plain(article.sentence(o) or "") for o in rows if o.section != "boilerplate") - {""}
    title = plain(article.extraction.document.title or "")
    return frozenset(f"{title} {o.kind} {o.text}" for o in rows) if title else frozenset()


def _clusters(articles: list[Article]) -> list[int]:
    sets = _Sets(len(articles))
    _join_equal(articles, sets)
    holders: dict[str, list[int]] = defaultdict(list)
    signatures = [_signature(a) for a in articles]
    for i, signature in enumerate(signatures):
        for part in signature:
            holders[part].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for i, signature in enumerate(signatures):
        shared.update((j, i) for part in signature for j in holders[part] if j < i)
    for (i, j), count in shared.items():
        alike = count >= _SAME * len(signatures[i] | signatures[j])
        # without the texts one title and the same numbers must do, however few
        known = count >= _LEAST or (articles[i].text is None and articles[j].text is None and signatures[i] == signatures[j])
        if alike and known:
            sets.join(i, j)
    return [sets.find(i) for i in range(len(articles))]


def _join_equal(articles: list[Article], sets: _Sets) -> None:
    """Join articles of the same text, and those that their documents call duplicates."""
    first: dict[str, int] = {}
    by_id: dict[str, list[int]] = defaultdict(list)
    for i, article in enumerate(articles):
        document = article.extraction.document
        sets.join(first.setdefault(document.sha256, i), i)
        by_id[document.id or ""].append(i)
    for i, article in enumerate(articles):
        # fields that a documents' version may not have
        of: str | None = getattr(article.extraction.document, "duplicate_of", None)
        for j in by_id.get(of, ()) if of else ():
            sets.join(i, j)
        cluster: str | int | None = getattr(article.extraction.document, "cluster", None)
        if cluster is not None:
            sets.join(first.setdefault(f"cluster {cluster}", i), i)


def joined(clusters: Iterable[int], sentences: Mapping[int, frozenset[str]]) -> int:
    """How many independent articles there are among `clusters`, of which some print the same sentence."""
    numbers = sorted(set(clusters))
    sets = _Sets(len(numbers))
    first: dict[str, int] = {}
    for i, cluster in enumerate(numbers):
        for sentence in sentences.get(cluster, ()):
            sets.join(first.setdefault(sentence, i), i)
    return len({sets.find(i) for i in range(len(numbers))})
