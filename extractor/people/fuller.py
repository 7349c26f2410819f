"""The fuller name of a body that a post gives in short, where the article prints it elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.people.organizations import Body, read_body
from extractor.people.titles import Post
from extractor.people.view import View


def fuller_body(view: View, post: Post, nameless: Sequence[Post]) -> Body | None:
    """The body of `post` as fully as the article names it; `nameless` are posts that stand without a name."""
    body = post.body
    if body is None:
        return None
    return _same_post_elsewhere(view, post, body, nameless) or _noun_alone(view, body) or body


def _same_post_elsewhere(view: View, post: Post, body: Body, nameless: Sequence[Post]) -> Body | None:
    """"Chủ tịch UBND tỉnh Lê Văn Tám": "Chủ tịch UBND tỉnh Kon Tum" stands elsewhere, and no other province's."""
    title = view.fold(post.first, post.last)
    short = view.fold(body.first, body.last) + " "
    found: dict[str, Body] = {}
    for other in nameless:
        if other.body is not None and view.fold(other.first, other.last) == title:
            name = view.fold(other.body.first, other.body.last)
            if name.startswith(short):
                found.setdefault(name, other.body)
    return next(iter(found.values())) if len(found) == 1 else None


def _noun_alone(view: View, body: Body) -> Body | None:
    """"hiệu trưởng nhà trường", "Phó Chủ tịch huyện": the school or district named last, or else next."""
    noun = view.words.sets["noun_alone"].at(view.text, body.first)
    if noun != body.last:
        return None
    word = view.text[body.last - 1]
    best: Body | None = None
    for i in range(view.n):
        if view.text[i] != word or i in range(body.first, body.last):
            continue
        if best is not None and i > body.first:
            break
        other = read_body(view, i, apposed=True)
        if other is not None and other.last > i + 1 and view.cap(other.last - 1):
            best = other
    return best
