"""Interviews: answers that stand without quotation marks under the name of the one who answers."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.draft import Draft, Sentence
from extractor.people.statements import Named, Statement
from extractor.people.view import View

_LABEL = 14  # tokens from the beginning of an answer to the colon after the name
_REPLY = 45  # tokens from the name to "trả lời:"
_QUESTIONS = 2  # questions without any name under them that make an interview


def answers(draft: Draft, view: View, people: Sequence[Named]) -> list[Statement]:
    """The answers of an interview, each from its label (or the question before it) to the next question."""
    asked = [s for s in draft.sentences if is_question(view, s)]
    first_named: dict[int, Named] = {}
    for person in people:
        first_named.setdefault(person.begin, person)
    labels = {s.index: n for s in draft.sentences if (n := label_of(view, s, first_named.get(s.first))) is not None}
    if labels and (asked or len(labels) > 1):
        return _labelled(draft, view, labels)
    partner = interviewed(view, people)
    if partner is not None and len(asked) >= _QUESTIONS:
        return _unlabelled(draft, view, partner, {s.index for s in asked})
    return _reply(draft, view, people)


def is_question(view: View, sentence: Sentence) -> bool:
    """"PV: …", "Phóng viên: …", "• Thưa ông, …?"."""
    i = _after_dashes(view, sentence.first)
    upto = view.words.sets["asker"].at(view.text, i)
    if upto:
        while view.mark(upto, "()") or view.words.sets["asker"].at(view.text, upto):
            upto += 1
        if view.mark(upto, ":-?") or view.text[i] in "•*":
            return True
    last = sentence.last - 1
    while last > sentence.first and view.text[last] in ('"', ")"):
        last -= 1
    return view.text[last] == "?" and any(
        view.words.sets["address"].at(view.text, k) for k in range(sentence.first, sentence.last))


def _after_dashes(view: View, i: int) -> int:
    while view.mark(i, "-–"):
        i += 1
    return i


def label_of(view: View, sentence: Sentence, person: Named | None) -> Named | None:
    """The official whose name and a colon begin the sentence ("Ông Lê Văn Năm: …"); `person` is the first one named."""
    i = _after_dashes(view, sentence.first)
    if person is None or not i <= person.first <= sentence.first + _LABEL or not view.mark(person.last, ":"):
        return None
    return person if _only_names(view, i, person) else None


def _only_names(view: View, i: int, person: Named) -> bool:
    posts = i in view.titles or i in view.ranks
    return person.first == i or (posts and all(view.kind[k] in ("word", "abbr") for k in range(i, person.first)))


def interviewed(view: View, people: Sequence[Named]) -> Named | None:
    """The official with whom "phóng viên đã có cuộc trao đổi"."""
    sets = view.words.sets
    for person in people:
        for k in range(person.first, max(person.begin, person.first - 30) - 1, -1):
            if sets["interview"].before(view.text, k) is not None:
                return person
    return None


def _labelled(draft: Draft, view: View, labels: dict[int, Named]) -> list[Statement]:
    found: list[Statement] = []
    speaking: Named | None = None
    for sentence in draft.sentences:
        label = labels.get(sentence.index)
        if label is not None:
            speaking = label
        elif _ends_answer(view, sentence):
            speaking = None
        if speaking is not None:
            first = speaking.last if label is not None else sentence.first
            found.append(Statement(first, sentence.last, speaking.official, view.span(speaking.first, speaking.last),
                                   "interview_label"))
    return found


def _ends_answer(view: View, sentence: Sentence) -> bool:
    return is_question(view, sentence) or sentence.section in ("byline", "boilerplate", "caption") or (
        view.words.sets["thanks"].at(view.text, sentence.first) > 0)


def _unlabelled(draft: Draft, view: View, partner: Named, asked: set[int]) -> list[Statement]:
    found: list[Statement] = []
    answering = False
    paragraph = -1
    for sentence in draft.sentences:
        if sentence.index in asked:
            answering, paragraph = True, sentence.paragraph
            continue
        if sentence.section in ("byline", "boilerplate", "caption"):
            continue
        if answering and sentence.paragraph != paragraph:
            found.append(Statement(sentence.first, sentence.last, partner.official,
                                   view.span(partner.first, partner.last), "interview_answer"))
    return found


def _reply(draft: Draft, view: View, people: Sequence[Named]) -> list[Statement]:
    """"Bà Tư, Phó Trưởng ban, trả lời: 1. …": all that follows, up to a question."""
    replies = view.words.sets["reply"]
    for person in people:
        for k in range(person.last, min(person.stop - 1, person.last + _REPLY)):
            if replies.begins(view.text[k]) and (after := replies.at(view.text, k)) and view.mark(after, ":"):
                end = _end_of_reply(draft, view, person)
                return [Statement(k, end, person.official, view.span(person.first, person.last), "reply")]
    return []


def _end_of_reply(draft: Draft, view: View, person: Named) -> int:
    end = person.stop
    for sentence in draft.sentences:
        if sentence.first >= person.stop:
            if _ends_answer(view, sentence):
                break
            end = sentence.last
    return end
