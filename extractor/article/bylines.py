"""By-lines: "Bài, ảnh: Thanh Hà", "Minh Khuê - Đỗ Lan (thực hiện)", "Theo Vân Anh (TTXVN)", "P.V".

What is read is a short piece of text: a whole line, a piece of a date line, or what follows the last sentence.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from extractor.article.words import Words
from extractor.patterns import Patterns

Span = tuple[int, int]

_BRACKETS: Final = re.compile(r"\(([^()]*)\)?")
_SPLIT: Final = re.compile(r"\s*[–—,;/&_+|\x00]\s*|\s*-+\s*|\s{2,}")
_ENDS: Final = re.compile(r"\./\.?\s*|[.!?…]+[\"”’')\]]*\s+|[\"”’)\]]\s+|\s{2,}|>>\s*|[.!?…][\"”]?(?=\()")
_BEFORE: Final = re.compile(r"(\w+)$")
_SENTENCE: Final = re.compile(r"[!?…:\"”]|\.\s+[^\W\d_][^\W\d_]{2}")
_BLANK: Final = " \t.,:;-–—/&*•+_|\x00"
_LONGEST: Final = 95
_LONGEST_TAIL: Final = 110
_MOST_WORDS: Final = 5
_SOURCE_WORDS: Final = 7


@dataclass(slots=True)
class Byline:
    """Who signed: spans of the authors' names in the text that was read, and what else it names.

    ``sources``: papers, agencies and bodies, as printed or by their masthead; ``publisher``: the one whose article it is;
    ``marked``: words such as "Tin, ảnh:" or "(thực hiện)" make it a by-line whatever else it might be.
    """

    authors: list[Span] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    publisher: str | None = None
    marked: bool = False


def has_vowel(word: str) -> bool:
    """Whether a word can be spoken: abbreviations such as "TTXVN" or "BBT" can't."""
    return any(unicodedata.normalize("NFD", c)[0] in "aeiouy" for c in word.lower())


def is_acronym(word: str) -> bool:
    """Whether a word is written in plain capitals only, as abbreviations are ("PL", "VOV", "M.N")."""
    bare = word.replace(".", "")
    return bare.isupper() and len(bare) <= 6 and bare.isascii()


def is_name(part: str) -> bool:
    """Whether a piece of text is written as a person's name: "Hà My", "H.Lan", "Y Krông", "LÊ THU", "Kh. An".

    >>> [is_name(p) for p in ("Hà My", "H.Lan", "LÊ THU", "Kinh tế", "TTXVN", "M.N", "Minh")]
    [True, True, True, False, False, False, True]
    """
    words = part.split()
    if not 1 <= len(words) <= _MOST_WORDS:
        return False
    spoken = 0
    for i, word in enumerate(words):
        dotted = word.endswith(".")
        if dotted and i == len(words) - 1:
            return False
        for bit in word.strip(".").split("."):
            letters = bit.replace("'", "").replace("’", "")
            if not letters.isalpha() or not letters[0].isupper():
                return False
            if len(letters) == 1 or (dotted and len(letters) == 2):
                continue
            if dotted:
                return False
            if not has_vowel(letters) or not (letters[1:].islower() or letters.isupper() or len(words) == 1):
                return False
            spoken += 1
    return spoken > 0


class Bylines:
    """Reads by-lines with the words of the pattern files; build it with ``patterns.part(Bylines)``."""

    def __init__(self, patterns: Patterns) -> None:
        self.words = patterns.part(Words)

    def read(self, text: str, fold: str) -> Byline | None:
        """The by-line that `text` is, None if it is something else; `fold` is its folded form."""
        start, end = _trim(text, 0, len(text))
        if not start < end <= start + _LONGEST:
            return None
        out = Byline()
        found = self.words.starts.at(fold, start)
        if found and found.id in ("byline", "source_label"):
            out.marked = True
            begin = start
            start, end = _trim(text, found.end, end)
            if found.id == "source_label":
                named = self.words.address(fold[start:end]) or self.words.publisher(fold[start:end]) or text[start:end]
                out.sources.append(named)
                out.publisher = named
                labelled = fold[found.end - 1] == ":" or fold[found.end:found.end + 1] == ":"
                # "Nguồn vốn ..." is a sentence, "Nguồn Cao Bằng: https://..." is not.
                return out if start < end and (labelled or "://" in fold[begin:end]) else None
            if not (fold[found.end - 1] == ":" or fold[found.end:found.end + 2].strip()[:1] in (":", "-", "–")):
                out.marked = False
                if not text[start:start + 1].isupper():
                    return None
        elif found and found.id == "after":
            if not self._source(text, fold, *_trim(text, found.end, end), out):
                return None
            out.publisher = out.publisher or (out.sources[0] if out.sources and not out.authors else None)
            return out
        return out if self._main(text, fold, start, end, out) and (out.authors or out.sources or out.marked) else None

    def _main(self, text: str, fold: str, start: int, end: int, out: Byline) -> bool:
        """Names, mastheads and brackets between `start` and `end`; False if anything else is there."""
        main = list(text[start:end])
        for bracket in _BRACKETS.finditer(text, start, end):
            if not self._bracket(text, fold, *bracket.span(1), out, bracket.start() > start):
                return False
            main[bracket.start() - start:bracket.end() - start] = "\0" * (bracket.end() - bracket.start())
        plain = "".join(main)
        low = fold[start:end]
        # "Thu Hà Theo Đời sống", "Thu Hà Ảnh: NVCC": the names stand before it
        cut = len(plain)
        for word in re.finditer(r"\s+(?=\w)", plain):
            found = self.words.starts.at(low, word.end())
            if found and found.id in ("after", "credit", "source_label") and word.start() > 1:
                cut = word.start()
                rest = _trim(text, start + found.end, end)
                if found.id == "after" and not self._source(text, fold, *rest, out):
                    return False
                out.marked = True
                break
        done = self.words.doing_end.search(low, 0, cut)
        if done and plain[done.start():cut].isprintable():
            out.marked, cut = True, done.start()
        return self._names(text, fold, plain[:cut], start, out)

    def _names(self, text: str, fold: str, plain: str, start: int, out: Byline) -> bool:
        pieces: list[Span] = []
        at = 0
        for mark in [*_SPLIT.finditer(plain), None]:
            stop = mark.start() if mark else len(plain)
            pieces += _by_and(self.words.and_, fold[start + at:start + stop], start + at)
            at = mark.end() if mark else stop
        many = sum(1 for a, b in pieces if text[a:b].strip(_BLANK)) > 1
        for a, b in pieces:
            a, b = _trim(text, a, b)
            if a < b and not self._piece(text, fold, a, b, out, many):
                return False
        return True

    def _piece(self, text: str, fold: str, a: int, b: int, out: Byline, many: bool) -> bool:
        """One piece between dashes or commas: a person, a masthead, nobody; False if it is none of these."""
        if _SENTENCE.search(text, a, b):
            return False
        if self._is_nobody(fold[a:b]):
            out.marked = True
            return True
        if self._masthead(text, fold, a, b, out):
            return True
        if self.words.is_rubric(fold[a:b]):
            return True
        while (found := self.words.part("contributor", fold, a)) and found.end < b:
            a, b = _trim(text, found.end, b)
            if self._masthead(text, fold, a, b, out):
                return True
        part = text[a:b]
        if is_name(part) and not (" " not in part and is_acronym(part)):
            if (a, b) not in out.authors and part not in [text[x:y] for x, y in out.authors]:
                out.authors.append((a, b))
            return True
        if " " not in part and (is_acronym(part) or (many and "." in part and part.replace(".", "").isupper())):
            out.sources.append(part)
            return True
        words = part.split()
        if out.marked or (out.authors and (all(w[0].isupper() for w in words) or is_acronym(words[0]))):
            if not part[0].islower() and len(words) <= _SOURCE_WORDS:
                out.sources.append(part)
                return True
        return False

    def _is_nobody(self, low: str) -> bool:
        found = self.words.part("no_author", low)
        return found is not None and found.end == len(low)

    def _masthead(self, text: str, fold: str, a: int, b: int, out: Byline) -> bool:
        """Whether the piece names a paper, an agency or another body; it is noted then."""
        paper = self.words.publisher(fold[a:b])
        if paper is None:
            found = self.words.publishers.at(fold, a, b)
            paper = found.id if found and not is_name(text[a:b]) else None
        if paper is not None:
            out.publisher = out.publisher or paper
        else:
            body = self.words.part("organization", fold, a)
            if body is None and not is_name(text[a:b]):
                body = self.words.part("organization_or_name", fold, a)
            if body is None or body.end > b:
                return False
        out.sources.append(paper or text[a:b])
        return True

    def _bracket(self, text: str, fold: str, a: int, b: int, out: Byline, after_name: bool) -> bool:
        """What stands in brackets: "(thực hiện)", "(Theo Reuters)", "(TTXVN)", "(Sở Nội vụ)"."""
        a, b = _trim(text, a, b)
        if a >= b:
            return True
        found = self.words.part("doing", fold, a)
        if found and found.end <= b:
            out.marked = True
            if found.end < b:
                source = text[slice(*_trim(text, found.end, b))]
                out.sources.append(source)
            return True
        if self._masthead(text, fold, a, b, out):
            return True
        if after_name and not text[a].islower() and len(text[a:b].split()) <= _SOURCE_WORDS and text[b - 1] not in ".!?":
            out.sources.append(text[a:b])
            return True
        return False

    def _source(self, text: str, fold: str, a: int, b: int, out: Byline) -> bool:
        """What follows "Theo": a masthead, or an author with a masthead beside it; False for running text."""
        if a >= b or text[b - 1] in ".!?…":
            return False
        known = self.words.publisher(fold[a:b])
        if known:
            out.sources.append(known)
            return True
        paper = self.words.publishers.at(fold, a, b)
        if paper and is_name(text[slice(*_trim(text, paper.end, b))]):
            out.sources.append(paper.id)
            out.publisher = paper.id
            out.authors.append(_trim(text, paper.end, b))
            return True
        inner = Byline()
        mark = re.compile(r"[(/]").search(text, a, b)
        if mark and self._main(text, fold, a, b, inner) and (inner.sources or inner.marked):
            out.authors += inner.authors
            out.sources += inner.sources
            out.publisher = inner.publisher
            return True
        words = text[a:b].split()
        if 1 < len(words) <= 4 and is_name(text[a:b]) and fold[a:b].split()[0] in self.words.surnames:
            out.authors.append((a, b))
            return True
        capitals = sum(w[0].isupper() or w[0].isdigit() for w in words)
        if len(words) <= _SOURCE_WORDS and text[a].isupper() and capitals >= len(words) - 1 and "," not in text[a:b]:
            out.sources.append(text[a:b])
            return True
        return False

    def at_end(self, text: str, fold: str) -> tuple[int, Byline] | None:
        """A by-line after the last sentence of a paragraph: where it begins, and what it says."""
        n = len(text)
        if text[-1] in ".!?…:;":
            return None
        for mark in _ENDS.finditer(text, max(0, n - _LONGEST_TAIL)):
            a = mark.end()
            if a >= n or not (text[a].isupper() or text[a] == "(") or self._is_abbreviation(text, mark):
                continue
            byline = self.read(text[a:], fold[a:])
            if byline is None:
                continue
            ended = text[mark.start()] in ".!?…"
            if not byline.authors and not byline.marked:
                # a bare masthead or abbreviation signs only after the end of a sentence
                if ended and len(text) - a <= 40 and (self.words.publisher(fold[a:]) or is_acronym(text[a:].strip())
                                                      or byline.sources):
                    return a, byline
                continue
            if byline.marked or ended or len(text[a:].split()) > 1:
                return a, byline
        return None

    def _is_abbreviation(self, text: str, mark: re.Match[str]) -> bool:
        """Whether the full stop belongs to the word before it: "TP. Hà Giang", "GS. Lê Minh", "3. Lê Minh"."""
        if text[mark.start()] != "." or mark[0].startswith("./"):
            return False
        before = _BEFORE.search(text, max(0, mark.start() - 12), mark.start())
        if before is None or before.end() != mark.start():
            return False
        word = before[1]
        return (word.lower() in self.words.abbreviations or (len(word) == 1 and word.isupper())
                or (word.isdigit() and len(word) <= 2 and before.start() > 0 and text[before.start() - 1] in " (")
                or not has_vowel(word) and not word.isdigit() and word.isupper())


def _trim(text: str, a: int, b: int) -> Span:
    """The span without blanks and marks at its ends; a final full stop belongs to an initial."""
    while a < b and text[a] in _BLANK:
        a += 1
    while b > a and text[b - 1] in _BLANK:
        b -= 1
    return a, b


def _by_and(pattern: re.Pattern[str], fold: str, offset: int) -> list[Span]:
    out, at = [], 0
    for mark in pattern.finditer(fold):
        out.append((offset + at, offset + mark.start()))
        at = mark.end()
    return [*out, (offset + at, offset + len(fold))]
