"""Run the examples that stand beside the rules of the pattern files.

An example is a sentence in which [[double brackets]] mark what its rule is about. For a rule that says something about
a number (indicator, group, status, role, comparator, unit) they hold the number: the sentence alone must give an
observation there of which the rule's word is true. For a rule that says that a figure is no quantity they hold that
figure. For any other rule they hold the words that it finds. In a counterexample the same must not be so. What exactly
is asked of each table stands in `extractor.rules.claims`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import ExtractorError
from extractor.patterns import Patterns, load_patterns, user_folders
from extractor.rules.claims import CHECKS, CLAIMS, Sentence, Span, words_are_found
from extractor.rules.load import Rule

FIELDS = ("examples", "counterexamples")
_MARK = re.compile(r"\[\[|\]\]")


@dataclass(frozen=True, slots=True)
class Result:
    """One example that was run; ``failure`` says what was expected and what came out, None where it passes."""

    rule: Rule
    field: str
    example: str
    failure: str | None

    def __str__(self) -> str:
        name = self.rule.get("id") or self.rule.get("name") or self.rule.get("word") or ""
        where = f"{self.rule.path}:{self.rule.line_of(self.field, self.example)}"
        verdict = self.failure or "passes"
        return f"{where}: field {self.field!r} of [[{self.rule.table}]] {name}: {verdict}: {self.example}"


def with_folder(folder: Path | None) -> Patterns:
    """The built-in patterns, and those of a user's `folder` where one is given."""
    return load_patterns(*user_folders(folder))


def check_examples(patterns: Patterns) -> Iterator[Result]:
    """The results of all examples of all rules, rule by rule; a malformed example fails."""
    for rules in patterns.rules.values():
        for rule in rules:
            yield from check_rule(rule, patterns)


def check_rule(rule: Rule, patterns: Patterns) -> Iterator[Result]:
    """The results of the examples of one rule."""
    for field in FIELDS:
        for example in rule.get(field, ()):
            try:
                text, spans = parse(example)
                failure = _failure(rule, Sentence(text, patterns), spans, field == "examples")
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


def _failure(rule: Rule, sentence: Sentence, spans: list[Span], wanted: bool) -> str | None:
    check = CHECKS.get(rule.table, words_are_found)
    for span in spans:
        holds, found = check(rule, sentence, span)
        if holds != wanted:
            claim = CLAIMS[rule.table](rule) if rule.table in CLAIMS else "the rule's words"
            return f"expected {'' if wanted else 'not '}{claim} at {sentence.text[slice(*span)]!r}, found {found}"
    return None
