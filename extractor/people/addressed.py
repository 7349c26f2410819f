"""Names after an honorific or a rank ("ông Lê Văn Tám"): who is in the article, with or without a post."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from extractor.people.names import is_address
from extractor.people.runs import Naming, run_end
from extractor.people.view import View


class Addressed:
    """These names in the order of the text, found by where they stand."""

    def __init__(self, view: View, names: list[Naming]) -> None:
        self.names = names
        self._first = [n.first for n in names]
        self._last = [n.last for n in names]
        self._earliest: dict[str, int] = {}
        for naming in names:
            self._earliest.setdefault(view.fold(naming.first, naming.last), naming.first)

    def ending(self, low: int, high: int) -> list[Naming]:
        """The names whose last token ends in [low, high]."""
        return self.names[bisect_left(self._last, low):bisect_right(self._last, high)]

    def after(self, i: int) -> Naming | None:
        """The first name that begins after token `i`."""
        k = bisect_right(self._first, i)
        return self.names[k] if k < len(self.names) else None

    def stands_before(self, name: str, i: int) -> bool:
        """Whether the folded name stands somewhere before token `i`."""
        return self._earliest.get(name, i) < i


def addressed_names(view: View) -> Addressed:
    """Every name after an honorific or a rank; fills ``view.known`` with those of two syllables or more."""
    found: list[Naming] = []
    for hit in sorted([*view.honorifics.values(), *view.ranks.values()], key=lambda h: (h.first, h.last)):
        k = hit.last
        if not view.cap(k) or (found and k < found[-1].last) or not is_address(view, hit.first):
            continue
        if k in view.titles or k in view.ranks or k in view.honorifics:
            continue
        j = run_end(view, k)
        if j > k and not _is_body(view, k, j):
            found.append(Naming(k, j, True))
            if j - k > 1:
                view.known.add(view.fold(k, j))
    return Addressed(view, found)


def _is_body(view: View, first: int, last: int) -> bool:
    body = view.bodies.get(first)
    return body is not None and body.last - first > 1 and body.last >= last and view.body_kind(body) != "country"
