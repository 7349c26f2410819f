"""The state of reading the name of a body: where it began, how far it has come, and what may follow."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.people.names import is_address
from extractor.people.view import View

CLOSED_KINDS = frozenset({"local", "full", "field", "country"})
LONGEST = 34  # tokens of the name of a body


@dataclass(slots=True)
class Body:
    """The name of a body: tokens [first, last); ``kind`` of its first noun, "class" (a place) or "bare" (capitals).

    ``foreign``: it ends with another country or a whole body, so that a foreign name may follow; ``abroad``: with
    another country.
    """

    first: int
    last: int
    kind: str
    foreign: bool = False
    abroad: bool = False


@dataclass(slots=True)
class Reader:
    """What the rules of `body_rules` read and move on."""

    view: View
    first: int
    at: int
    kind: str
    last: int
    noun: int  # the token after the first noun
    closed: bool  # nothing but a place, a name or a connecting word may follow
    placed: bool = False  # a place has been read: no further capitals
    sealed: bool = False  # the last phrase is a whole body or country: foreign capitals after it are a person
    foreign: bool = False
    envoy: bool = False
    dashed: bool = False  # the post stands between dashes: a dash ends it
    apposed: bool = False  # a name has been given already: what follows is no further name
    parent: bool = False  # the body that this one is part of has been added

    def take(self, upto: int, *, closed: bool | None = None) -> bool:
        """The name goes on to token `upto`; `closed` if it is said whether the name may be over."""
        self.at = self.last = upto
        if closed is not None:
            self.closed = closed
        return True


def begin(view: View, i: int, head_from: int | None = None) -> Reader | None:
    """A reader at the name that begins at token `i` (see `organizations.read_body`), or None."""
    if head_from is not None:
        return Reader(view, head_from, i, "head", i, i, closed=False)
    hit = view.bodies.get(i)
    if i in view.ranks or (i in view.honorifics and view.cap(i + 1) and is_address(view, i)):
        return None
    if hit is not None and (i not in view.says or view.cap(i)):
        kind = view.body_kind(hit)
        if kind != "field" or view.cap(i) or view.words.sets["place_class"].at(view.text, hit.last):
            abroad = kind == "country"
            return Reader(view, i, hit.last, kind, hit.last, hit.last, closed=kind in CLOSED_KINDS, placed=abroad,
                          sealed=abroad or kind == "full", foreign=abroad and not is_home(view, i))
    after = view.words.sets["place_class"].at(view.text, i)
    if after:
        return Reader(view, i, i, "class", i, i, closed=True)
    if view.cap(i):
        return Reader(view, i, i, "bare", i, i, closed=True)
    return None


def is_home(view: View, i: int) -> bool:
    """Whether the country at token `i` is Việt Nam."""
    return view.words.sets["home"].at(view.text, i) > 0
