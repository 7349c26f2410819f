"""Statements: spans of text that the article ascribes to one of its officials by a verb of speech or by "theo"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.draft import Draft
from extractor.people.names import is_address
from extractor.people.quotes import Quotes
from extractor.people.view import View

_ADVERBS = 7  # tokens between a name and its verb without any mark
_APPOSITION = 45  # tokens between a name and its verb with a mark after the name
_POSTS_BEFORE_NAME = 26  # tokens between "theo" and the name


@dataclass(slots=True)
class Named:
    """An official named at one place: tokens [first, last) with the honorific, index of the entry, its sentence."""

    first: int
    last: int
    official: int
    begin: int  # first and one-past-last token of the sentence
    stop: int


@dataclass(slots=True)
class Statement:
    """Tokens [first, last) that an official states, and the words that name the official (characters)."""

    first: int
    last: int
    official: int
    naming: tuple[int, int]
    rule: str


def named_officials(draft: Draft, view: View) -> list[Named]:
    """``draft.people`` in tokens, in the order of the text."""
    found: list[Named] = []
    for mention in draft.people:
        sentence = draft.sentence_at(mention.start)
        if sentence is None:
            continue
        first = bisect_left(view.start, mention.start)
        last = bisect_left(view.start, mention.end)
        while (hit := view.address_before(first)) is not None and hit.first >= sentence.first:
            first = hit.first
        found.append(Named(first, last, mention.official, sentence.first, sentence.last))
    return found


def spoken(view: View, people: Sequence[Named], quotes: Quotes) -> list[Statement]:
    """"Bà Tư cho biết …", "“…”, bà Tư nói", "…, ông Năm cho biết."."""
    found: list[Statement] = []
    for n, person in enumerate(people):
        if _according(view, person) is not None:
            continue
        verb = _verb_after(view, person, people[n + 1:n + 4])
        if verb is None:
            continue
        last = verb[1]
        naming = view.span(person.first, person.last)
        before = quotes.before(person.first)
        if before is not None:
            found.append(Statement(before.first, before.last, person.official, naming, "quote_before_name"))
        elif _ends(view, last, person.stop) and view.mark(person.first - 1, ",-"):
            found.append(Statement(person.begin, person.first, person.official, naming, "said_at_end"))
            continue
        quote = quotes.at(last)
        end = person.stop
        if quote is not None:
            end = max(end, quote.last)
        found.append(Statement(last, end, person.official, naming, "verb_of_speech"))
    return found


def according_to(view: View, people: Sequence[Named], quotes: Quotes) -> list[Statement]:
    """"Theo ông Năm, …", "Theo Phó Giám đốc Sở Y tế Lê Văn Năm, …", "…, theo bà Tư."."""
    found: list[Statement] = []
    for person in people:
        start = _according(view, person)
        if start is None:
            continue
        naming = view.span(person.first, person.last)
        if _ends(view, person.last, person.stop) and start > person.begin:
            found.append(Statement(person.begin, start, person.official, naming, "according_to_at_end"))
        else:
            quote = quotes.at(person.last)
            end = max(person.stop, quote.last) if quote is not None else person.stop
            inserted = start > person.begin and view.mark(start - 1, ",")
            found.append(Statement(person.begin if inserted else person.last, end, person.official, naming, "according_to"))
    return found


def _ends(view: View, i: int, stop: int) -> bool:
    """Whether nothing but marks follows in the sentence from token `i` on."""
    return all(view.kind[k] == "mark" for k in range(i, stop))


def _verb_after(view: View, person: Named, later: Sequence[Named]) -> tuple[int, int] | None:
    """The verb of speech whose subject the person is: its tokens [first, last)."""
    i = person.last
    apposed = view.mark(i, ",-(")
    limit = min(person.stop, i + (_APPOSITION if apposed else _ADVERBS))
    for other in later:
        if other.official != person.official and other.first < limit:
            limit = other.first
    noun: tuple[int, int] | None = None  # a verb that may be a noun of the person's post ("Phòng Thông tin")
    for k in range(i, limit):
        hit = view.says.get(k)
        if hit is not None and hit.entry.id != "act" and not (apposed and not _after_apposition(view, i, k)):
            more = view.says.get(hit.last)
            found = (k, more.last if more is not None else hit.last)
            if hit.entry.id == "say" or not apposed:
                return found
            noun = noun or found
        if view.text[k] in ';:"' or (not apposed and view.text[k] in ",-("):
            break
        if k in view.honorifics and view.cap(view.honorifics[k].last) and k > i + 1 and is_address(view, k):
            break
    return noun


def _after_apposition(view: View, start: int, verb: int) -> bool:
    """Whether what stands between the mark after the name and the verb is an addition to the name: a post, an age.

    "Đối với ông Tám, giám đốc Công ty X, tòa cho rằng": after the addition comes another subject, not the verb.
    """
    last = next(k for k in range(verb - 1, start - 1, -1) if view.mark(k, ",-()"))
    title = any(k in view.titles for k in range(start + 1, verb))
    if last == start:
        return title
    between = range(last + 1, verb)
    if last + 1 < verb and (last + 1 in view.titles or view.words.sets["title_prefix"].at(view.text, last + 1)
                            or view.words.sets["place_class"].at(view.text, last + 1)):
        return True
    if any(view.cap(k) or k in view.bodies or k in view.honorifics for k in between) or len(between) > _ADVERBS:
        return False
    return title or verb - start <= _ADVERBS * 2


def _according(view: View, person: Named) -> int | None:
    """Where "theo" stands that governs the name, or None."""
    sets = view.words.sets
    direct = sets["source"].before(view.text, person.first)
    if direct is not None and direct >= person.begin:
        return direct
    for k in range(person.first - 1, max(person.begin, person.first - _POSTS_BEFORE_NAME) - 1, -1):
        if view.text[k] in ';:"(' or k in view.says:
            return None
        start = sets["source"].before(view.text, k)
        if start is not None and start >= person.begin and (
                k in view.titles or k in view.ranks or sets["title_prefix"].at(view.text, k) in view.titles):
            return start
    return None


def told_above(draft: Draft, view: View, people: Sequence[Named]) -> list[Statement]:
    """"Thông tin trên được bà Tư công bố": what the same paragraph, or else the one before, has said so far."""
    found: list[Statement] = []
    for person in people:
        if not view.words.sets["told_above"].at(view.text, person.begin):
            continue
        here = draft.sentence_at(view.start[person.begin])
        if here is None or here.index == 0:
            continue
        paragraph = draft.sentences[here.index - 1].paragraph
        for at in range(here.index - 1, -1, -1):
            sentence = draft.sentences[at]
            if sentence.paragraph != paragraph:
                break
            found.append(Statement(sentence.first, sentence.last, person.official, view.span(person.first, person.last),
                                   "told_above"))
    return found
