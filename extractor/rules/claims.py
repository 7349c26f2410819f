"""What a rule claims of the words that an example marks, and whether it is so: one check for each kind of table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from extractor.draft import Article, Draft
from extractor.patterns import Patterns
from extractor.records import Extraction, Observation
from extractor.rules.lexicon import Entry, Hit, Lexicon, longest
from extractor.rules.load import Rule
from extractor.text.normalize import Text

Span = tuple[int, int]
T = TypeVar("T")

# Tables whose phrases steps look up one by one, so that a longer phrase of the table does not hide a shorter one.
_WORD_BY_WORD = frozenset({"digit", "tens", "magnitude", "number_word", "words"})


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

    def spans(self, rule: Rule) -> list[Span]:
        """Where the words of `rule` are found: as steps see them, the longest of each list or each word by itself."""
        draft = self.draft
        if rule.get("phrases") is None:
            hits = longest(self._matches(_own_lexicon(rule, self.patterns)))
        elif rule.table in _WORD_BY_WORD:
            hits = self._matches(self.patterns.lexicon)
        else:
            hits = [h for name in (rule.table, f"{rule.table}.weak") for h in draft.hits.get(name, ())]
        return [draft.text.raw_span(h.start, h.end) for h in hits if h.entry.data is rule]

    def _matches(self, lexicon: Lexicon) -> list[Hit]:
        tokens = self.draft.tokens
        return lexicon.match(tokens.text, tokens.start, tokens.end)

    def quoted(self, spans: Iterable[Span]) -> str:
        """The words at `spans`, for a message."""
        return ", ".join(repr(self.text[a:b]) for a, b in spans) or "nothing"


def _own_lexicon(rule: Rule, patterns: Patterns) -> Lexicon:
    """The words of a rule that is no phrase list of the common lexicon."""
    lexicon = Lexicon(patterns.words)
    for word in rule.get("words", ()):
        lexicon.add_plain(word, Entry(rule.table, word, rule))
    return lexicon


# A check says whether what the rule claims holds of a span, and in words what came out there.
Check = Callable[[Rule, Sentence, Span], tuple[bool, str]]


def words_are_found(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The marked words, no more and no less, are found by the rule."""
    found = sentence.spans(rule)
    return span in found, sentence.quoted(found)


def _words_within(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The rule finds words at one end of what is marked: "[[năm 2023]]"."""
    found = sentence.spans(rule)
    return any(span[0] <= a and b <= span[1] and (a == span[0] or b == span[1]) for a, b in found), sentence.quoted(found)


def _one_token(_rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The marked words are one token."""
    draft = sentence.draft
    tokens = [draft.text.raw_span(a, b) for a, b in zip(draft.tokens.start, draft.tokens.end, strict=True)]
    return span in tokens, sentence.quoted(t for t in tokens if t[0] < span[1] and t[1] > span[0])


def _of_observation(read: Callable[[Observation], T], agrees: Callable[[Rule, T], bool]) -> Check:
    """The check that an observation at the marked number agrees with the rule in what `read` takes from it."""
    def check(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
        seen = [read(o) for o in sentence.observations(span)]
        return any(agrees(rule, value) for value in seen), ", ".join(map(str, seen)) or "no quantity"
    return check


_role_of_number = _of_observation(
    lambda o: (o.role, o.direction),
    lambda rule, found: rule.get("role") in (None, found[0]) and rule.get("direction") in (None, found[1]))


def _role(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The marked number has the rule's role and direction; where words are marked, the rule finds them."""
    if any(c.isdigit() for c in sentence.text[slice(*span)]):
        return _role_of_number(rule, sentence, span)
    return words_are_found(rule, sentence, span)


def _no_quantity(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The marked figure is no quantity, and words of the rule stand directly before or after it."""
    quantities = [sentence.draft.text.raw_span(q.start, q.end) for q in sentence.draft.quantities]
    here = [q for q in quantities if q[0] < span[1] and q[1] > span[0]]
    if here:
        return False, f"the quantity {sentence.quoted(here)}"
    found = sentence.spans(rule)
    before = rule.get("side") == "before"
    gaps = [sentence.text[b:span[0]] if before else sentence.text[span[1]:a] for a, b in found
            if (b <= span[0] if before else a >= span[1])]
    return any(not any(c.isalnum() for c in gap) for gap in gaps), f"the rule's words at {sentence.quoted(found)}"


def _place_after(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The marked name is a place of the rule's level, and the rule's class word stands before it or its list."""
    raw = sentence.draft.text.raw_span
    levels = [m.level for m in sentence.draft.places if raw(m.start, m.end) == span]
    announced = str(rule.get("word")) in sentence.text[:span[0]]
    return announced and rule.get("level") in levels, ", ".join(levels) or "no place"


def _words_of_line(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The section rule finds the marked words in the line, and at its start they make it no part of the body."""
    from extractor.article.words import Words

    text = sentence.draft.text
    found = sentence.patterns.part(Words).find(rule.get("id"), rule.get("where"), text.fold)
    spans = [text.raw_span(*found)] if found else []
    kind = next((s.kind for s in sentence.extraction.document.sections if s.start <= span[0] < s.end), "body")
    return span in spans and (rule.get("where") != "start" or kind != "body"), f"{sentence.quoted(spans)} in {kind}"


def _publisher(rule: Rule, sentence: Sentence, span: Span) -> tuple[bool, str]:
    """The marked words name the publisher."""
    from extractor.article.words import Words

    name = sentence.patterns.part(Words).publisher(Text(sentence.text[slice(*span)]).fold)
    return name == rule.get("name"), str(name)


CHECKS: Mapping[str, Check] = {
    "indicator": _of_observation(lambda o: o.indicator, lambda r, v: v == r.get("id")),
    "group": _of_observation(lambda o: o.groups, lambda r, v: r.get("id") in v),
    "status": _of_observation(lambda o: o.status, lambda r, v: v == r.get("value")),
    "role": _role,
    "comparator": _of_observation(lambda o: o.comparator, lambda r, v: v == r.get("value")),
    "unit": _of_observation(lambda o: o.kind, lambda r, v: v == r.get("kind")),
    "reject": _no_quantity,
    "abbreviation": _one_token,
    "time": _words_within,
    "classword": _place_after,
    "section": _words_of_line,
    "publisher": _publisher,
}

# The same claims in words, for a message; of any other table the claim is that its words are found.
CLAIMS: Mapping[str, Callable[[Rule], str]] = {
    "indicator": lambda r: f"indicator {r.get('id')}",
    "group": lambda r: f"group {r.get('id')}",
    "status": lambda r: f"status {r.get('value')}",
    "role": lambda r: " ".join(["role", *(str(v) for v in (r.get("role"), r.get("direction")) if v)]),
    "comparator": lambda r: f"comparator {r.get('value')}",
    "unit": lambda r: f"kind {r.get('kind')}",
    "reject": lambda _: "no quantity beside the rule's words",
    "abbreviation": lambda _: "one token",
    "classword": lambda r: f"{r.get('level')} after {r.get('word')!r}",
    "publisher": lambda r: f"publisher {r.get('name')}",
}
