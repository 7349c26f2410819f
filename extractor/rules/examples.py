"""Run the examples that stand beside the rules of the pattern files.

An example is a sentence in which [[double brackets]] mark what its rule is about. For a rule that says something about
a number (indicator, group, status, role, comparator, unit) they hold the number: the sentence alone must give an
observation there of which the rule's word is true. For a rule that says that a figure is no quantity they hold that
figure. For any other rule they hold the words that it finds. In a counterexample the same must not be so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from extractor.draft import Article, Draft
from extractor.errors import ExtractorError
from extractor.patterns import Patterns, load_patterns
from extractor.records import Extraction, Observation
from extractor.rules.load import Rule

Span = tuple[int, int]
FIELDS = ("examples", "counterexamples")
# Tables whose phrases steps look up one by one, so that a longer phrase of the table does not hide a shorter one.
_WORD_BY_WORD = frozenset({"digit", "tens", "magnitude", "number_word", "words"})

_MARK = re.compile(r"\[\[|\]\]")


@dataclass(frozen=True, slots=True)
class Result:
    """One example that was run; ``failure`` says what was expected and what came out, None where it passes."""

    rule: Rule
    field: str
    example: str
    failure: str | None

    def __str__(self) -> str:
        name = self.rule.get("id") or self.rule.get("name") or ""
        where = f"{self.rule.path}:{self.rule.line_of(self.field, self.example)}"
        verdict = self.failure or "passes"
        return f"{where}: field {self.field!r} of [[{self.rule.table}]] {name}: {verdict}: {self.example}"


def with_folder(folder: Path | None) -> Patterns:
    """The built-in patterns, and those of a user's `folder` where one is given."""
    if folder is None:
        return load_patterns()
    if not folder.is_dir():
        raise ExtractorError(f"{folder}: not a folder of pattern files")
    built_in = load_patterns()
    if folder.resolve() in {own.resolve() for own in built_in.folders}:
        return built_in
    return Patterns(*built_in.folders, folder)  # read anew: the user may just have changed a file


def check_examples(patterns: Patterns) -> Iterator[Result]:
    """The results of all examples of all rules, rule by rule; a malformed example fails."""
    for rules in patterns.rules.values():
        for rule in rules:
            yield from check_rule(rule, patterns)


def check_rule(rule: Rule, patterns: Patterns) -> Iterator[Result]:
    """The results of the examples of one rule."""
    check = _CHECKS.get(rule.table, _words)
    for field in FIELDS:
        for example in rule.get(field, ()):
            try:
                text, spans = parse(example)
                failure = _failure(check, rule, Sentence(text, patterns), spans, field == "examples")
            except ExtractorError as error:
                failure = str(error)
            yield Result(rule, field, example, failure)


def parse(example: str) -> tuple[str, list[Span]]:
    """The sentence of an example without its brackets, and the spans that they marked.

    >>> parse("giảm [[4%]]")
    ('giảm 4%', [(5, 7)])
    """
    text, spans, start, at = "", [], -1, 0
    for mark in _MARK.finditer(example):
        text += example[at:mark.start()]
        at = mark.end()
        if (mark[0] == "[[") != (start < 0):
            raise ExtractorError("malformed, [[ and ]] must take turns")
        if mark[0] == "[[":
            start = len(text)
        else:
            spans.append((start, len(text)))
            start = -1
    if start >= 0:
        raise ExtractorError("malformed, expected ]] after [[")
    if not spans or any(not text[a:b].strip() for a, b in spans):
        raise ExtractorError("malformed, expected words in [[double brackets]]")
    return text + example[at:], spans


class Sentence:
    """The sentence of an example by itself, and what the toolkit makes of it."""

    def __init__(self, text: str, patterns: Patterns) -> None:
        self.text = text
        self.patterns = patterns

    @cached_property
    def draft(self) -> Draft:
        """The draft after all steps."""
        from extractor.steps import run

        return run(Draft(Article(self.text), self.patterns))

    @cached_property
    def extraction(self) -> Extraction:
        """What comes out."""
        from extractor.finish import finish

        return finish(self.draft)

    def observations(self, span: Span) -> list[Observation]:
        """The observations that overlap the characters of `span`."""
        return [o for o in self.extraction.observations if o.start < span[1] and o.end > span[0]]

    def rule_spans(self, rule: Rule) -> list[Span]:
        """Where phrases of `rule` are found: as steps see them, the longest of each list or each word by itself."""
        draft = self.draft
        if rule.table in _WORD_BY_WORD:
            tokens = draft.tokens
            hits = self.patterns.lexicon.match(tokens.text, tokens.start, tokens.end)
        else:
            hits = [h for name in (rule.table, f"{rule.table}.weak") for h in draft.hits.get(name, ())]
        return [draft.text.raw_span(h.start, h.end) for h in hits if h.entry.data is rule]


# A check says whether what the rule claims holds of a span, and in words what came out there.
Check = Callable[[Rule, Sentence, Span], tuple[bool, str]]


def _failure(check: Check, rule: Rule, sentence: Sentence, spans: list[Span], wanted: bool) -> str | None:
    for span in spans:
        holds, found = check(rule, sentence, span)
        if holds != wanted:
            claim = _CLAIMS.get(rule.table, _is_found)(rule)
            return f"expected {'' if wanted else 'not '}{claim} at {sentence.text[slice(*span)]!r}, found {found}"
    return None


def _is_found(_rule: Rule) -> str:
    return "the rule's words"


_CLAIMS: Mapping[str, Callable[[Rule], str]] = {
    "indicator": lambda r: f"indicator {r.get('id')}",
    "group": lambda r: f"group {r.get('id')}",
    "status": lambda r: f"status {r.get('value')}",
    "role": lambda r: " ".join(["role", *(str(v) for v in (r.get("role"), r.get("direction")) if v)]),
    "comparator": lambda r: f"comparator {r.get('value')}",
    "unit": lambda r: f"kind {r.get('kind')}",
    "reject": lambda _: "no quantity beside the rule's words",
}

T = TypeVar("T")


def _of_observation(read: Callable[[Observation], T], agrees: Callable[[Rule, T], bool]) -> Check:
    """The check that an observation at the span agrees with the rule in what `read` takes from it."""
    def check(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
        seen = [read(o) for o in sentence.observations(span)]
        return any(agrees(rule, value) for value in seen), ", ".join(map(str, seen)) or "no quantity"
    return check


def _words(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The words at the span are found by the rule."""
    if rule.get("phrases") is None:
        listed = rule.get("words") or [rule.get("word")]
        words = sentence.patterns.words(sentence.text[slice(*span)])
        return words in [sentence.patterns.words(w) for w in listed if w], "words that are not listed"
    found = sentence.rule_spans(rule)
    return span in found, _quoted(sentence, found)


def _within(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The rule finds words inside the span, at one end of it: "[[năm 2023]]"."""
    found = sentence.rule_spans(rule)
    return any(span[0] <= a and b <= span[1] and (a == span[0] or b == span[1]) for a, b in found), _quoted(
        sentence, found)


def _quoted(sentence: Sentence, spans: list[Span]) -> str:
    return ", ".join(repr(sentence.text[a:b]) for a, b in spans) or "nothing"


def _token(_rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The words at the span are one token."""
    draft = sentence.draft
    tokens = [draft.text.raw_span(a, b) for a, b in zip(draft.tokens.start, draft.tokens.end, strict=True)]
    return span in tokens, _quoted(sentence, [t for t in tokens if t[0] < span[1] and t[1] > span[0]])


def _role(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The number at the span has the rule's role and direction; a rule that names neither only finds its words."""
    if not any(c.isdigit() for c in sentence.text[slice(*span)]):
        return _words(rule, sentence, span)
    return _ROLE_OF_NUMBER(rule, sentence, span)


def _role_agrees(rule: Rule, found: tuple[str, str | None]) -> bool:
    return rule.get("role") in (None, found[0]) and rule.get("direction") in (None, found[1])


def _no_quantity(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The figure at the span is no quantity, and words of the rule stand directly before or after it."""
    quantities = [sentence.draft.text.raw_span(q.start, q.end) for q in sentence.draft.quantities]
    here = [q for q in quantities if q[0] < span[1] and q[1] > span[0]]
    if here:
        return False, f"the quantity {_quoted(sentence, here)}"
    found = sentence.rule_spans(rule)
    gaps = [sentence.text[b:span[0]] if rule.get("side") == "before" else sentence.text[span[1]:a] for a, b in found]
    beside = any(not any(c.isalnum() for c in gap) for (a, b), gap in zip(found, gaps, strict=True)
                 if (b <= span[0] if rule.get("side") == "before" else a >= span[1]))
    return beside, f"the rule's words at {_quoted(sentence, found)}"


_ROLE_OF_NUMBER = _of_observation(lambda o: (o.role, o.direction), _role_agrees)
_CHECKS: Mapping[str, Check] = {
    "indicator": _of_observation(lambda o: o.indicator, lambda r, v: v == r.get("id")),
    "group": _of_observation(lambda o: o.groups, lambda r, v: r.get("id") in v),
    "status": _of_observation(lambda o: o.status, lambda r, v: v == r.get("value")),
    "role": _role,
    "comparator": _of_observation(lambda o: o.comparator, lambda r, v: v == r.get("value")),
    "unit": _of_observation(lambda o: o.kind, lambda r, v: v == r.get("kind")),
    "reject": _no_quantity,
    "abbreviation": _token,
    "time": _within,
}
