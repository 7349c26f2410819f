"""What ``patterns/sections.toml`` says, compiled once: phrases by where they must stand, mastheads, place names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from extractor.patterns import Patterns
from extractor.rules.lexicon import expand
from extractor.rules.load import read_table
from extractor.text.normalize import Text

_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_LETTERS_ONLY: Final = re.compile(r"[^\W\d_](?:.*[^\W\d_])?")
_OPENING: Final = frozenset(" ([•-–*\"")
_PATH_MARK: Final = re.compile(r"(?:(?<!\s)\s+)?[>»›|/\\→•]+\s*")
_DOMAIN: Final = re.compile(r"(?<![\w.@-])(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.)+(?:vn|com|net|org|info|tv|edu|gov|asia|uk|kr|kp|cn|jp))(?![\w-])")


def folded(phrase: str) -> str:
    """A phrase of a pattern file in the form in which lines are compared."""
    return Text(phrase).fold


def letters(fold: str) -> str:
    """The words of a folded line without digits and marks: "(0) bình luận" → "bình luận"."""
    return " ".join(_LETTERS.findall(fold))


def after_marks(fold: str) -> int:
    """Where the first word of a line stands, or its first mark that could matter."""
    if fold[:1].isalnum():
        return 0
    at, size = 0, len(fold)
    while at < size and fold[at] in _OPENING:
        at += 1
    return at


class Found(NamedTuple):
    """A phrase at a place: the id it stands for, and its span."""

    id: str
    start: int
    end: int


class Phrases:
    """Phrases that may stand at a given place of a folded line, found by their first token; the longest wins."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        by_first: dict[str, list[tuple[str, str]]] = {}
        for phrase, name in entries:
            for form in expand(phrase) if any(c in phrase for c in "[]") else (phrase,):
                plain = folded(form).strip()
                first = _TOKEN.match(plain)
                if first:
                    by_first.setdefault(first[0], []).append((plain, name))
        self._by_first: dict[str, tuple[re.Pattern[str], list[str]]] = {}
        for token, rows in by_first.items():
            rows.sort(key=lambda row: (-len(row[0]), row[0]))
            self._by_first[token] = (re.compile("|".join(f"({_phrase(p)})" for p, _ in rows)), [n for _, n in rows])

    def at(self, fold: str, start: int, end: int | None = None) -> Found | None:
        """The longest phrase that begins at `start` (and ends by `end`)."""
        stop = len(fold) if end is None else end
        first = _TOKEN.match(fold, start, stop)
        entry = self._by_first.get(first[0]) if first else None
        if entry is None:
            return None
        match = entry[0].match(fold, start, stop)
        if match is None or match.lastindex is None:
            return None
        return Found(entry[1][match.lastindex - 1], start, match.end())

    def search(self, fold: str) -> Found | None:
        """The first phrase anywhere in `fold`."""
        for token in _TOKEN.finditer(fold):
            if found := self.at(fold, token.start()):
                return found
        return None


def _phrase(phrase: str) -> str:
    """The expression of a phrase: blanks around marks are free, a word at its end is a whole word."""
    tokens = _TOKEN.findall(phrase)
    out: str = re.escape(tokens[0])
    for before, token in pairwise(tokens):
        out += (r"\s+" if before[-1].isalnum() and token[0].isalnum() else r"\s*") + re.escape(token)
    return out + (r"(?!\w)" if tokens[-1][-1].isalnum() else "")


class Words:
    """The vocabulary of the step; build it with ``patterns.part(Words)``."""

    def __init__(self, patterns: Patterns) -> None:
        rules = patterns.rules.get("section", [])
        self.starts = Phrases((w, r.get("id")) for r in rules if r.get("where") == "start" for w in r.get("words"))
        self.insides = Phrases((w, r.get("id")) for r in rules if r.get("where") == "inside" for w in r.get("words"))
        self.lines = {letters(folded(w)) or folded(w): str(r.get("id"))
                      for r in reversed(rules) if r.get("where") == "line" for w in r.get("words")}
        self._parts = {str(r.get("id")): Phrases((w, r.get("id")) for w in r.get("words"))
                       for r in rules if r.get("where") == "part"}
        self.picture_words = tuple(sorted({folded(w) for r in rules if r.get("id") == "picture" for w in r.get("words")}))
        self.pictures = re.compile(
            r"(?<!\w)(?:" + "|".join(self._escaped(patterns, "picture")) + r")(?!\w)")
        self.invitations = re.compile("|".join(self._escaped(patterns, "invitation")) or r"(?!)")
        self.invitation_heads = {folded(w).split()[0] for r in rules if r.get("id") == "invitation" for w in r.get("words")}
        self.and_ = re.compile(r"(?<!\s)\s+(?:" + "|".join(self._escaped(patterns, "and")) + r")\s+")
        # "(thực hiện)" needs its brackets only where the words could be something else.
        self.doing_end = re.compile(
            r"(?<!\s)\s+(?:" + "|".join(p for p in self._escaped(patterns, "doing") if len(p) > 2 and not p.isalpha()) + r")\s*$")
        papers = patterns.rules.get("publisher", [])
        self.publishers = Phrases((w, r.get("name")) for r in papers for w in r.get("words"))
        self.domains = {d: str(r.get("name")) for r in papers for d in r.get("domains", ())}
        self.provinces = _provinces(patterns)
        self.surnames = frozenset(folded(w) for r in patterns.rules.get("surname", ()) if r.get("strength") == "strong"
                                  for w in r.get("words"))
        short = (p.rstrip(".") for r in patterns.rules.get("abbreviation", ()) for p in r.get("phrases") if p.endswith("."))
        self.abbreviations = frozenset(folded(p).rsplit(".", 1)[-1].strip() for p in short)

    @staticmethod
    def _escaped(patterns: Patterns, name: str) -> list[str]:
        words = {folded(w) for r in patterns.rules.get("section", ()) if r.get("id") == name for w in r.get("words")}
        return [re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w))]

    def part(self, name: str, fold: str, start: int = 0) -> Found | None:
        """The phrase of the ``part`` rule `name` that stands at `start` of `fold`."""
        phrases = self._parts.get(name)
        return phrases.at(fold, start) if phrases else None

    def find(self, name: str, where: str, fold: str) -> tuple[int, int] | None:
        """Where the rule `name` finds its words in a folded line; what the examples of the pattern file are held to."""
        if where == "line":
            inner = _LETTERS_ONLY.search(fold)
            return inner.span() if inner and self.lines.get(letters(fold)) == name else None
        if where == "start":
            found = self.starts.at(fold, after_marks(fold))
        else:
            phrases = self.insides if where == "inside" else self._parts.get(name)
            found = phrases.search(fold) if phrases else None
        return found[1:] if found and found.id == name else None

    def is_rubric(self, fold: str) -> bool:
        """Whether a line names a page of the site: "Xã hội", "Trang chủ > Kinh tế", "Báo Cao Bằng"."""
        parts = [p for p in _PATH_MARK.split(fold) if p]
        return bool(parts) and all(
            self.lines.get(letters(p)) in ("rubric", "page_end") or self.publisher(p) is not None
            or letters(p) in self.provinces for p in parts)

    def publisher(self, fold: str) -> str | None:
        """The masthead that the whole of `fold` names (a name, a code or an address)."""
        plain = fold.strip(" .,:;-()[]*")
        found = self.publishers.at(plain, 0)
        if found and (edition := self.part("edition", plain, min(found.end + 1, len(plain)))):
            plain = plain[:found.end] if edition.end == len(plain) else plain
        if found is None or found.end < len(plain):
            # "báo Dân Việt" is "Dân Việt"
            kind = self.part("paper", plain)
            at = kind.end + 1 if kind else 0
            found = self.publishers.at(plain, at) if 0 < at < len(plain) else None
        if found and found.end == len(plain):
            return found.id
        domain = _DOMAIN.fullmatch(plain)
        return self.domains.get(domain[1], domain[1]) if domain else None

    def address(self, fold: str) -> str | None:
        """The masthead of the first address in `fold`, or the address itself where the mastheads don't list it."""
        match = _DOMAIN.search(fold)
        if match is None:
            return None
        host = match[1]
        while host not in self.domains and host.count(".") > 1:
            host = host.split(".", 1)[1]
        return self.domains.get(host, match[1])


def _provinces(patterns: Patterns) -> frozenset[str]:
    names = set()
    for folder in patterns.folders:
        path = folder / "places" / "provinces.tsv"
        if path.exists():
            names |= {letters(folded(row["name"])) for row in read_table(path, ["name"])}
    return frozenset(names)
