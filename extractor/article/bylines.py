"""By-lines: "Bài, ảnh: Thanh Hà", "Minh Khuê - Đỗ Lan (thực hiện)", "Theo Vân Anh (TTXVN)", "P.V".

What is read is a short piece of text: a whole line, a piece of a date line, or what follows the last sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from extractor.article.names import Span, between, has_vowel, is_acronym, is_name, trim
from extractor.article.words import Words, letters
from extractor.patterns import Patterns

_BRACKETS: Final = re.compile(r"\(([^()]*)\)?")
_SPLIT: Final = re.compile(r"(?:(?<!\s)\s+)?[–—,;/_|\x00]\s*|(?:(?<!\s)\s+)?-+\s*|\s{2,}")
_ENDS: Final = re.compile(r"\./\.?\s*|[.!?…]{1,20}[\"”’')\]]{0,9}\s+|[\"”’]\s+|\s{2,}|>>\s*|[.!?…][\"”]?(?=\()")
_BEFORE: Final = re.compile(r"(\w{1,12})$")
_NEXT_WORD: Final = re.compile(r"(?<!\s)\s+(?=\w)")
_SLASH: Final = re.compile(r"[(/]")
_SENTENCE: Final = re.compile(r"[!?…:\"”]|[^\W\d_]{3}\.\s+\w")
_LONGEST: Final = 95
_LONGEST_TAIL: Final = 110
_BARE_TAIL: Final = 40  # the longest tail that names a paper and no author
_SOURCE_WORDS: Final = 7


@dataclass(slots=True)
class Byline:
    """Who signed: spans of the authors' names in the text that was read, and what else it names.

    ``sources``: papers, agencies and bodies, as printed or by their masthead; ``publisher``: the one whose article it is;
    ``marked``: words such as "Tin, ảnh:" or "(thực hiện)" make it a by-line whatever else it might be; ``labelled``: it
    begins with such words; ``of_source``: it says where the article or a picture was taken from ("Nguồn: ...").
    """

    authors: list[Span] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    publisher: str | None = None
    marked: bool = False
    labelled: bool = False
    of_source: bool = False


class Bylines:
    """Reads by-lines with the words of the pattern files; build it with ``patterns.part(Bylines)``."""

    def __init__(self, patterns: Patterns) -> None:
        self.words = patterns.part(Words)

    def read(self, text: str, fold: str) -> Byline | None:
        """The by-line that `text` is, None if it is something else; `fold` is its folded form."""
        start, end = trim(text, 0, len(text))
        if not start < end <= start + _LONGEST:
            return None
        reading = _Reading(self.words, text, fold)
        return reading.out if reading.all(start, end) else None

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
            if byline.authors or byline.marked:
                if byline.marked or ended or len(text[a:].split()) > 1:
                    return a, byline
            elif ended and n - a <= _BARE_TAIL and byline.sources:
                # a bare masthead or abbreviation signs only after the end of a sentence
                return a, byline
        return None

    def _is_abbreviation(self, text: str, mark: re.Match[str]) -> bool:
        """Whether the full stop belongs to the word before it: "TP. Hà Giang", "GS. Lê Minh", "3. Lê Minh"."""
        at = mark.start()
        before = _BEFORE.search(text, max(0, at - 12), at)
        if before is None or text[at] != "." or mark[0].startswith("./"):
            return False
        word = before[1]
        if word.isdigit():
            return len(word) <= 2 and before.start() > 0 and text[before.start() - 1] in " ("
        return (word.lower() in self.words.abbreviations or (len(word) == 1 and word.isupper())
                or (word.isupper() and not has_vowel(word)))


class _Reading:
    """One text being read as a by-line; each method reads the characters [a, b), False if they are something else."""

    def __init__(self, words: Words, text: str, fold: str) -> None:
        self.words = words
        self.text = text
        self.fold = fold
        self.out = Byline()

    def all(self, a: int, b: int) -> bool:
        """The whole by-line, with the words that introduce it."""
        out, found = self.out, self.words.starts.at(self.fold, a)
        label = found.id if found else ""
        if found and label == "source_label":
            return self._labelled_source(a, found.end, b)
        if found and label == "after":
            if not self._source(*trim(self.text, found.end, b)):
                return False
            out.publisher = out.publisher or (out.sources[0] if out.sources and not out.authors else None)
            return True
        if found and label == "byline":
            out.labelled = out.marked = self._has_colon(found.end)
            a, b = trim(self.text, found.end, b)
            if not out.marked and not self.text[a:a + 1].isupper():
                return False
        if not self._main(a, b):
            return False
        # a body alone ("Trường Đại học Tây Bắc") signs nothing
        return bool(out.authors or out.marked or out.publisher) or all(is_acronym(s) for s in out.sources)

    def _has_colon(self, end: int) -> bool:
        return self.fold[end - 1] == ":" or self.fold[end:end + 2].strip()[:1] in (":", "-")

    def _labelled_source(self, start: int, a: int, b: int) -> bool:
        """"Nguồn: baocaobang.vn"; "Nguồn vốn ..." is a sentence, "Nguồn Cao Bằng: https://..." is not."""
        colon = self.fold[a - 1] == ":" or self.fold[a:a + 1] == ":"
        if not colon and "://" not in self.fold[start:b]:
            return False
        a, b = trim(self.text, a, b)
        out, low = self.out, self.fold[a:b]
        out.marked = out.labelled = out.of_source = True
        out.publisher = self.words.address(low) or self.words.publisher(low) or self.text[a:b]
        out.sources.append(out.publisher)
        return a < b

    def _main(self, start: int, end: int) -> bool:
        """Names, mastheads and brackets."""
        main = list(self.text[start:end])
        for bracket in _BRACKETS.finditer(self.text, start, end):
            a, b = bracket.span()
            if not self._bracket(*bracket.span(1), named=a > start):
                return False
            main[a - start:b - start] = "\0" * (b - a)
        plain, low = "".join(main), self.fold[start:end]
        # "Thu Hà Theo Đời sống", "Thu Hà Ảnh: NVCC": the names stand before it
        cut = len(plain)
        for word in _NEXT_WORD.finditer(plain):
            found = self.words.starts.at(low, word.end())
            if found and found.id in ("after", "credit") and word.start() > 1:
                cut = word.start()
                source = found.id == "after" and self._source(*trim(self.text, start + found.end, end))
                if plain[cut - 1] in "-–—" or (found.id == "after" and not source):
                    return False
                self.out.marked = self.out.marked or source
                break
        done = self.words.doing_end.search(low, 0, cut)
        if done and plain[done.start():cut].isprintable():
            self.out.marked, cut = True, done.start()
        return self._names(plain[:cut], start)

    def _names(self, plain: str, start: int) -> bool:
        """Pieces between dashes, commas and slashes."""
        pieces: list[Span] = []
        at = 0
        for mark in [*_SPLIT.finditer(plain), None]:
            stop = mark.start() if mark else len(plain)
            pieces += between(self.words.and_, self.fold[start + at:start + stop], start + at)
            at = mark.end() if mark else stop
        pieces = [(a, b) for a, b in (trim(self.text, a, b) for a, b in pieces) if a < b]
        sources = len(self.out.sources)
        for a, b in pieces:
            part = self.text[a:b]
            signed = bool(self.out.authors) or self.out.marked
            if len(self.out.sources) > sources and is_name(part) and (signed or " " not in part):
                continue  # "Thu Hà/VOV-Tây Bắc", "VOV - Online"
            sources = len(self.out.sources)
            if not self._piece(a, b, many=len(pieces) > 1):
                return False
        return True

    def _piece(self, a: int, b: int, *, many: bool) -> bool:
        """One piece: a person, a masthead, nobody."""
        out, words = self.out, self.words
        if _SENTENCE.search(self.text, a, b):
            return False
        if self._is_nobody(a, b):
            out.marked = True
            return True
        if self._masthead(a, b) or self._is_rubric(a, b):
            return True
        while (found := words.part("contributor", self.fold, a)) and found.end < b:
            out.marked = out.marked or self._is_nobody(a, found.end)
            a, b = trim(self.text, found.end, b)
            if self._masthead(a, b) or self._is_rubric(a, b):
                return True
        if words.part("not_author", self.fold, a):
            return False
        agency = words.publishers.at(self.fold, a, b)
        if agency and is_acronym(self.text[a:agency.end]) and is_name(self.text[slice(*trim(self.text, agency.end, b))]):
            out.sources.append(agency.id)
            a, b = trim(self.text, agency.end, b)
        part = self.text[a:b]
        single = " " not in part
        if is_name(part) and not (single and is_acronym(part)):
            if part not in [self.text[x:y] for x, y in out.authors]:
                out.authors.append((a, b))
            return True
        pieces = part.split()
        initials = single and (is_acronym(part) or (many and "." in part and part.replace(".", "").isupper()))
        beside = out.labelled or (out.authors and (all(w[0].isupper() for w in pieces) or is_acronym(pieces[0])))
        if initials or (beside and not part[0].islower() and len(pieces) <= _SOURCE_WORDS):
            out.sources.append(part)
            return True
        return False

    def _is_nobody(self, a: int, b: int) -> bool:
        found = self.words.part("no_author", self.fold, a)
        return found is not None and found.end == b

    def _is_rubric(self, a: int, b: int) -> bool:
        return self.words.lines.get(letters(self.fold[a:b])) == "rubric"

    def _masthead(self, a: int, b: int) -> bool:
        """A paper, an agency or another body; it is noted then."""
        out, words, part = self.out, self.words, self.text[a:b]
        paper = words.publisher(self.fold[a:b])
        if paper is None and (out.authors or out.marked) and not is_name(part):
            found = words.publishers.at(self.fold, a, b)
            paper = found.id if found else None
        if paper is None:
            body = words.part("organization", self.fold, a)
            if body is None and not is_name(part):
                body = words.part("organization_or_name", self.fold, a)
            if body is None or body.end > b or not part[0].isupper() or len(part.split()) > _SOURCE_WORDS:
                return False
        out.publisher = out.publisher or paper
        out.sources.append(paper or part)
        return True

    def _bracket(self, a: int, b: int, *, named: bool) -> bool:
        """What stands in brackets: "(thực hiện)", "(Theo Reuters)", "(TTXVN)"; `named`: something stands before it."""
        a, b = trim(self.text, a, b)
        if a >= b:
            return True
        credit = self.words.starts.at(self.fold, a)
        if credit and credit.id == "credit" and named:
            return True
        found = self.words.part("doing", self.fold, a)
        if found and found.end <= b:
            self.out.marked = True
            rest = self.text[slice(*trim(self.text, found.end, b))]
            self.out.sources += [rest] if rest else []
            return True
        if self._masthead(a, b):
            return True
        inner = self.text[a:b]
        if named and not inner[0].islower() and inner[-1] not in ".!?" and len(inner.split()) <= _SOURCE_WORDS:
            self.out.sources.append(inner)
            return True
        return False

    def _source(self, a: int, b: int) -> bool:
        """What follows "Theo": a masthead, or an author with a masthead beside it; False for running text."""
        if a >= b or self.text[b - 1] in ".!?…":
            return False
        out, words, part = self.out, self.words, self.text[a:b]
        known = words.publisher(self.fold[a:b])
        if known:
            out.sources.append(known)
            return True
        paper = words.publishers.at(self.fold, a, b)
        if paper and is_name(self.text[slice(*trim(self.text, paper.end, b))]):
            out.sources.append(paper.id)
            out.publisher = paper.id
            out.authors.append(trim(self.text, paper.end, b))
            return True
        if _SLASH.search(self.text, a, b):
            inner = _Reading(words, self.text, self.fold)
            if inner._main(a, b) and (inner.out.sources or inner.out.marked):
                out.authors += inner.out.authors
                out.sources += inner.out.sources
                out.publisher = inner.out.publisher
                return True
        pieces = part.split()
        if 1 < len(pieces) <= 4 and is_name(part) and self.fold[a:b].split(maxsplit=1)[0] in words.surnames:
            out.authors.append((a, b))
            return True
        capitals = sum(w[0].isupper() or w[0].isdigit() for w in pieces)
        if len(pieces) <= _SOURCE_WORDS and part[0].isupper() and capitals >= len(pieces) - 1 and "," not in part:
            out.sources.append(part)
            return True
        return False
