"""What a model for names may add: persons' names for posts that the rules have left without one.

The rules decide first. A tagger is asked only about the sentence of a post without a name, and only where capitals
stand next to the post (or at the end of its body) that could be a name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from extractor.draft import Draft
from extractor.people.attach import Sighting
from extractor.people.officials import Found
from extractor.people.runs import Naming, run_end
from extractor.people.titles import Chain
from extractor.people.view import View

#: The entities of a sentence: start, end and label ("PER", "LOC", "ORG"), offsets into the sentence.
Entities = Callable[[str], Iterable[tuple[int, int, str]]]
_PERSON = "PER"


def ask_model(draft: Draft, view: View, found: Found, entities: Entities) -> None:
    """Move posts from ``found.nameless`` to ``found.sightings`` for which `entities` knows a name."""
    persons: dict[int, dict[int, int]] = {}
    left: list[Chain] = []
    for chain in found.nameless:
        sentence = draft.sentence_at(view.start[chain.first])
        if sentence is None or not _is_open(view, chain):
            left.append(chain)
            continue
        if sentence.index not in persons:
            text = draft.text.norm[sentence.start:sentence.end]
            persons[sentence.index] = {sentence.start + a: sentence.start + b for a, b, label in entities(text)
                                       if label == _PERSON}
        sighting = _name_from(view, chain, persons[sentence.index])
        if sighting is None or not _plausible(view, sighting.name):
            left.append(chain)
        else:
            found.sightings.append(sighting)
    found.nameless = left
    found.sightings.sort(key=lambda s: s.posts[0].first)


def _is_open(view: View, chain: Chain) -> bool:
    """Whether capitals stand after the posts, at the end of the last body, or before a mark before the posts."""
    post = chain.posts[-1]
    if post.kind == "weak":
        return False
    return view.cap(chain.end) or view.cap(chain.end - 1) or (
        view.mark(chain.first - 1, ",-(") and view.cap(chain.first - 2))


def _plausible(view: View, name: Naming) -> bool:
    """The model takes places for persons as often as not: a single word, or a known place, is not believed."""
    return name.last - name.first > 1 and view.place_end(name.first) == name.first and name.first not in view.bodies


def _name_from(view: View, chain: Chain, persons: dict[int, int]) -> Sighting | None:
    return _after(view, chain, persons) or _inside_body(view, chain, persons) or _before(view, chain, persons)


def _after(view: View, chain: Chain, persons: dict[int, int]) -> Sighting | None:
    if not view.cap(chain.end) or view.start[chain.end] not in persons:
        return None
    last = run_end(view, chain.end)
    return Sighting(Naming(chain.end, last, False), chain.posts, "model_after")


def _inside_body(view: View, chain: Chain, persons: dict[int, int]) -> Sighting | None:
    """"CEO Apple Tim Cook": the model says where in the capitals the person begins."""
    body = chain.posts[-1].body
    if body is None:
        return None
    for k in range(body.first + 1, body.last):
        if view.start[k] in persons and persons[view.start[k]] >= view.end[body.last - 1]:
            posts = [*chain.posts[:-1], replace(chain.posts[-1], body=replace(body, last=k))]
            return Sighting(Naming(k, body.last, False), posts, "model_in_body")
    return None


def _before(view: View, chain: Chain, persons: dict[int, int]) -> Sighting | None:
    mark = chain.first - 1
    if not view.mark(mark, ",-("):
        return None
    for start, end in persons.items():
        if end == view.end[mark - 1]:
            first = next((k for k in range(mark - 1, max(mark - 8, -1), -1) if view.start[k] == start), None)
            if first is not None:
                return Sighting(Naming(first, mark, False), chain.posts, "model_before")
    return None
