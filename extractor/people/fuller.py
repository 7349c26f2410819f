"""The fuller name of a body that a post gives in short, where the article prints it elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from extractor.people.organizations import Body, read_body
from extractor.people.titles import Post
from extractor.people.view import View

_TRIES = 200  # places at which a noun is looked up


class Fuller:
    """The posts without a name, by title, and where each noun stands."""

    def __init__(self, view: View, nameless: Iterable[Post]) -> None:
        self._view = view
        self._bodies: dict[str, dict[str, Body]] = {}
        for post in nameless:
            if post.body is not None:
                bodies = self._bodies.setdefault(view.fold(post.first, post.last), {})
                bodies.setdefault(view.fold(post.body.first, post.body.last), post.body)

    def body(self, post: Post) -> Body | None:
        """The body of `post` as fully as the article names it."""
        if post.body is None:
            return None
        return self._same_post_elsewhere(post, post.body) or _noun_alone(self._view, post.body) or post.body

    def _same_post_elsewhere(self, post: Post, body: Body) -> Body | None:
        """"Chủ tịch UBND tỉnh Lê Văn Tám": "Chủ tịch UBND tỉnh Kon Tum" stands elsewhere, and no other province's."""
        bodies = self._bodies.get(self._view.fold(post.first, post.last), {})
        short = self._view.fold(body.first, body.last) + " "
        found = [other for name, other in bodies.items() if name.startswith(short)] if len(bodies) < _TRIES else []
        return found[0] if len(found) == 1 else None


def _noun_alone(view: View, body: Body) -> Body | None:
    """"hiệu trưởng nhà trường", "Phó Chủ tịch huyện": the school or district named last, or else next."""
    if view.words.sets["noun_alone"].at(view.text, body.first) != body.last:
        return None
    before = body.last - 1 - body.first
    places = view.places_of(view.text[body.last - 1])
    at = bisect_left(places, body.last - 1)
    for i in [*reversed(places[max(0, at - _TRIES):at]), *places[at + 1:at + _TRIES]]:
        same = view.text[max(0, i - before):i] == view.text[body.first:body.last - 1]
        first = i - before if same else i  # "công ty" is looked for whole, "nhà trường" as "trường"
        other = read_body(view, first, apposed=True)
        if other is not None and other.last > i + 1 and view.cap(other.last - 1):
            return other
    return None
