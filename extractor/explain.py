"""Why a number was read as it was: its sentence, every field, the words it comes from and the rule that decided.

Plain text for files and pipes, colours for terminals: each field has one, in the sentence and in its line.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import sys
import unicodedata
from collections.abc import Iterator, Mapping

from extractor.errors import ExtractorError
from extractor.patterns import Patterns
from extractor.records import Check, Extraction, Observation
from extractor.wording import check_language, field_in_words, in_words, label

_FIELDS = ("indicator", "subject", "groups", "place", "period", "status", "role", "direction", "comparator", "per", "of",
           "speaker")
#: Fields that are shown even where the article does not give them.
_ALWAYS = frozenset({"indicator", "place", "period", "status"})
_RESET, _BOLD, _DIM, _NUMBER, _BAD, _GOOD = "0", "1", "2", "1;7", "1;31", "32"
_COLOURS = {"indicator": "36", "subject": "36", "groups": "35", "place": "32", "period": "34", "status": "33", "role": "31",
            "direction": "31", "comparator": "95", "speaker": "94", "unit": "90", "per": "90", "of": "90"}
_LABEL, _VALUE, _WORDS = 12, 34, 40  # widths of the columns, in characters


def wants_colour() -> bool:
    """Whether standard output is a terminal that shows colours; ``NO_COLOR`` (https://no-color.org) turns them off."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class _Paint:
    """Colours, or none."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, words: str, code: str | None) -> str:
        return f"\x1b[{code}m{words}\x1b[{_RESET}m" if self.colour and code and words else words


def printable(text: str) -> str:
    r"""The words without line breaks and without what a terminal would obey.

    >>> printable("a\nb\x1b[2J")
    'a b�[2J'
    """
    one_line = " ".join(text.split())
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cs") or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
                   else c for c in one_line)


def _padded(words: str, width: int) -> str:
    """`words` filled up to `width` columns; letters that combine take none."""
    shown = sum(not unicodedata.combining(c) for c in words)
    return words + " " * (width - shown)


def _sentence(o: Observation, text: str, paint: _Paint) -> str:
    """The sentence with the number in double brackets (the other way round in colour) and the evidence in colour."""
    start, end = o.sentence
    inside = {field: (a, b) for field, (a, b) in o.evidence.items() if start <= a and b <= end}
    cuts = sorted({start, end, o.start, o.end, *(offset for span in inside.values() for offset in span)})
    out = []
    for a, b in itertools.pairwise(cuts):
        part = text[a:b]
        lead, tail = part[:len(part) - len(part.lstrip())], part[len(part.rstrip()):] if part.strip() else ""
        words = printable(part)
        code = _NUMBER if o.start <= a and b <= o.end else next(
            (_COLOURS.get(field) for field, (x, y) in inside.items() if x <= a and b <= y), None)
        if a == o.start and not paint.colour:
            words = "[[" + words
        if b == o.end and not paint.colour:
            words += "]]"
        out.append((" " if lead else "") + paint(words, code) + (" " if tail else ""))
    return "".join(out).strip()


def _row(o: Observation, field: str, text: str, speakers: Mapping[str, str], paint: _Paint, language: str,
         patterns: Patterns | None) -> str | None:
    """One field in one line: its name, its value, the words it comes from, its rule; None where there is nothing."""
    words = field_in_words(o, field, language, patterns)
    if field == "speaker" and o.speaker is not None:
        words = speakers.get(o.speaker, o.speaker)
    rule = o.rules.get(field, "")
    if words is None or (field == "comparator" and o.comparator == "eq"):
        if field not in _ALWAYS:
            return None
        words = label("ui", "not_given", language)
    quoted = ""
    if field in o.evidence and field != "subject":
        a, b = o.evidence[field]
        quoted = f"“{printable(text[a:b])}”"
        if not (o.sentence[0] <= a and b <= o.sentence[1]):
            quoted += f" ({label('ui', 'outside', language)})"
    name = _padded(label("field", field, language).lower(), _LABEL)
    code = _COLOURS.get(field)
    line = f"    {paint(name, _DIM)} {_padded(printable(words), _VALUE)} {paint(_padded(quoted, _WORDS), code)} {paint(rule, _DIM)}"
    return line.rstrip()


def _check_text(o: Observation, text: str | None) -> str:
    given = text if text is not None else o._text
    if given is None:
        raise ExtractorError(f"{o.id}: the record does not carry its text; give it as explain(text)")
    if given[o.start:o.end] != o.text:
        raise ExtractorError(f"{o.id}: expected {o.text!r} at {o.start} of the text, found {given[o.start:o.end]!r}")
    return given


def _lines(o: Observation, text: str, speakers: Mapping[str, str], checks: list[Check], paint: _Paint, language: str,
           patterns: Patterns | None) -> Iterator[str]:
    sure = f"{label('field', 'confidence', language).lower()} {o.confidence:.2f}"
    yield f"{paint(o.id, _DIM)}  {paint(printable(o.text), _BOLD)}  {printable(in_words(o, language))}  {paint(f'({sure})', _DIM)}"
    yield f"    {_sentence(o, text, paint)}"
    for field in _FIELDS:
        row = _row(o, field, text, speakers, paint, language, patterns)
        if row is not None:
            yield row
    for check in checks:
        sign = label("ui", "ok" if check.ok else "not_ok", language)
        yield "    " + paint(f"{label('check', check.kind, language)}: {check.detail} ({sign})", _GOOD if check.ok else _BAD)


def explain_observation(o: Observation, text: str | None = None, *, language: str = "en", colour: bool | None = None,
                        patterns: Patterns | None = None) -> str:
    """`Observation.explain`: a block of lines for one number."""
    check_language(language)
    paint = _Paint(wants_colour() if colour is None else colour)
    return "\n".join(_lines(o, _check_text(o, text), {}, [], paint, language, patterns))


def explain_extraction(extraction: Extraction, text: str | None = None, *, language: str = "en", colour: bool | None = None,
                       patterns: Patterns | None = None) -> str:
    """`Extraction.explain`: the article's head, then a block of lines for each number, in the order of the text."""
    check_language(language)
    document = extraction.document
    given = text if text is not None else extraction.text
    if given is None:
        raise ExtractorError("the document does not carry its text; give it as explain(text)")
    if hashlib.sha256(given.encode("utf-8", "surrogatepass")).hexdigest() != document.sha256:
        raise ExtractorError("the text is not the one that the document was read from: its hash differs")
    paint = _Paint(wants_colour() if colour is None else colour)
    head = [document.title or document.id or "", document.published or "", ", ".join(document.provinces)]
    speakers = {f.id: ", ".join(part for part in (f.name, f.title) if part) for f in extraction.officials}
    blocks = [paint(printable(" · ".join(part for part in head if part)), _BOLD)]
    for o in extraction.observations:
        checks = [check for check in extraction.checks if o.id in check.observations]
        blocks.append("\n".join(_lines(o, _check_text(o, given), speakers, checks, paint, language, patterns)))
    return "\n\n".join(block for block in blocks if block)
