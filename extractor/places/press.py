"""The province of the paper or site that an article comes from: addresses, the publisher's name, initials at the top."""

from __future__ import annotations

import re

from extractor.draft import Draft
from extractor.patterns import Patterns
from extractor.places.names import Names, names, plain
from extractor.places.units import Units, units
from extractor.places.words import word_sets
from extractor.text.normalize import Text

_HOST = re.compile(r"(?:https?://|www\.|@|^)([\w.-]+)", re.ASCII)
_FIRST_TOKENS = 160


class Press:
    """Names of provinces as addresses and as initials write them."""

    def __init__(self, patterns: Patterns, table: Units) -> None:
        provinces = list(dict.fromkeys(p.name for p in table.provinces))
        self.labels = {plain(name): name for name in provinces}
        initials: dict[str, list[str]] = {}
        for name in provinces:
            key = "".join(word[0] for word in name.split() if word[0].isalpha()).lower()
            initials.setdefault(key, []).append(name)
        self.initials = {key: found[0] for key, found in initials.items() if len(found) == 1}
        self.endings = ("", *(Text(w).fold for w in word_sets(patterns).get("place_press_ending", ())))

    def of_address(self, address: str) -> str | None:
        """"http://baobinhdinh.vn/…" → the province in the host's name."""
        match = _HOST.search(address)
        for label in match[1].lower().split(".") if match else ():
            for k in range(len(label)):
                name = self.labels.get(label[k:]) or (self.labels.get(label[:-k]) if k else None)
                if name is not None:
                    return name
        return None

    def of_initials(self, word: str) -> str | None:
        """"BĐ", "GLO" → the only province with these initials, endings of papers left out."""
        for ending in self.endings:
            if word.endswith(ending) and (name := self.initials.get(word[:len(word) - len(ending)])) is not None:
                return name
        return None


def press(patterns: Patterns) -> Press:
    """To be asked for as ``patterns.part(press)``."""
    return Press(patterns, patterns.part(units))


def press_province(draft: Draft) -> str | None:
    """The province of the paper or site, None if nothing says it."""
    known = draft.patterns.part(press)
    for address in filter(None, (draft.article.url, draft.meta.publisher)):
        if (name := known.of_address(address)) is not None:
            return name
    return (_of_publisher(draft, draft.patterns.part(names)) or _of_links(draft, known) or _of_top(draft, known))


def _of_publisher(draft: Draft, index: Names) -> str | None:
    words = draft.patterns.words(draft.meta.publisher or "")
    for i in range(len(words)):
        last = index.at(words, i, len(words))
        for unit in index.entries.get(" ".join(words[i:last]), ()):
            if unit.level == "province":
                return unit.province
    return None


def _of_links(draft: Draft, known: Press) -> str | None:
    """Addresses in the text, if they all belong to one province."""
    tokens = draft.tokens
    found = {known.of_address(draft.text.norm[tokens.start[i]:tokens.end[i]])
             for i, kind in enumerate(tokens.kind) if kind == "url"} - {None}
    return found.pop() if len(found) == 1 else None


def _of_top(draft: Draft, known: Press) -> str | None:
    """"(BĐ) -" at the beginning of a paragraph near the top."""
    text, kind, norm = draft.tokens.text, draft.tokens.kind, draft.text.norm
    for i in range(min(len(text) - 2, _FIRST_TOKENS)):
        if text[i] == "(" and text[i + 2] == ")" and (i == 0 or kind[i - 1] == "newline") and norm[
                draft.tokens.start[i + 1]:draft.tokens.end[i + 1]].isupper():
            return known.of_initials(text[i + 1])
    return None
