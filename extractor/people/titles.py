"""Posts: a title with what belongs to it ("nguyên …", "… Thường trực"), its body, and chains of posts of one person."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.people.before import name_before_mark
from extractor.people.names import person_at
from extractor.people.organizations import Body, read_body
from extractor.people.runs import Naming
from extractor.people.view import View

_OF_PLACES = frozenset({"governor", "envoy"})
AND, LINK = "and", "link"
_SHARING = frozenset({"chairman", "director", "chief"})
_LONGEST_ADDITION = 4  # words between a title and its body that are still part of the title


@dataclass(slots=True)
class Post:
    """A title (tokens [first, last)) and its body.

    ``joined``: how it hangs on the post before: a mark, `AND`, `LINK` ("kiêm"), or nothing.
    """

    first: int
    last: int
    kind: str | None
    body: Body | None
    joined: str = ""
    delegate: bool = False  # says little: dropped where the person has another post
    member: bool = False  # of a parliament, whatever it is called
    lone: bool = True  # a name of one word may follow
    shares: bool = False  # may be in the one body of another post


@dataclass(slots=True)
class Chain:
    """Posts that stand together, and the token after the last of them."""

    posts: list[Post]
    end: int
    before: Naming | None = None

    @property
    def first(self) -> int:
        """The first token of the first title."""
        return self.posts[0].first

    @property
    def state(self) -> bool:
        """Whether a name may follow the last post that only such posts are sure to have before them."""
        post = self.posts[-1]
        return post.kind in ("state", "envoy", "rank") or (post.body is not None and post.body.foreign)


def is_title(view: View, i: int) -> bool:
    """Whether the title at token `i` is a post that someone holds.

    It isn't as part of a body's name ("Hội đồng Bộ trưởng", "Đoàn ĐBQH tỉnh") or after "ứng viên".
    """
    if any(k in view.bodies and view.bodies[k].last > i for k in range(i - 3, i)):
        return False
    if view.words.sets["no_post_after"].before(view.text, i) is not None:
        return False
    body = view.bodies_end.get(i)
    return body is None or view.body_kind(body) != "head" or view.cap(body.first) != view.cap(i)


def read_chain(view: View, i: int) -> Chain:
    """The posts from the title that begins at token `i` on: "Bí thư Tỉnh ủy, Chủ tịch HĐND tỉnh"."""
    mark = title_start(view, i) - 1
    filler = view.words.sets["before_title"].before(view.text, mark + 1)
    if filler is not None and view.mark(filler - 1, ","):
        mark = filler - 1
    before = name_before_mark(view, mark)
    dashed = view.mark(mark, "-")
    apposed = before is not None and (before.addressed or dashed)
    posts: list[Post] = []
    joined = ""
    while True:
        post, end = _read_post(view, i, dashed, apposed)
        post.joined = joined
        posts.append(post)
        link = _next_title(view, end)
        if link is None:
            break
        joined, i = link
    _share_bodies(view, posts)
    return Chain(posts, end, before)


def title_start(view: View, i: int) -> int:
    """Where the title at token `i` begins with "nguyên", "cựu", "quyền" before it."""
    before = view.words.sets["title_prefix"].before(view.text, i)
    if before is None or view.stops(before) or (
            before > 0 and view.text[before - 1] in view.words.sets["not_before_prefix"] and not view.cap(before)):
        return i
    return before


def _read_post(view: View, i: int, dashed: bool, apposed: bool) -> tuple[Post, int]:
    hit = view.titles[i]
    rule = hit.entry.data
    kind = rule.get("kind")
    last = hit.last
    after = view.words.sets["title_suffix"].at(view.text, last)
    while after:
        last = after
        after = view.words.sets["title_suffix"].at(view.text, last)
    post = Post(title_start(view, i), last, kind, None, shares=hit.entry.id in _SHARING,
                delegate=hit.entry.id == "delegate", lone=hit.entry.id not in _OF_PLACES,
                member=hit.entry.id == "member_of_parliament")
    if kind == "rank":
        return post, last
    head = int(rule.get("head", 0))
    body = _body_of(view, post, hit.last - head if head and last == hit.last else None, dashed, apposed)
    if body is None:
        return post, post.last
    post.body = body
    return post, body.last


def _body_of(view: View, post: Post, noun: int | None, dashed: bool, apposed: bool) -> Body | None:
    """The body after the title, which grows by what describes it ("giám đốc kinh doanh nội địa của Vinamilk")."""
    text, i = view.text, post.last
    if i >= view.n or view.stops(i):
        return None
    envoy = post.kind == "envoy"
    if noun is not None:
        body = _noun_body(view, i, noun, dashed, apposed)
        if body is not None:
            return body
    if text[i] in view.words.sets["title_of"]:
        return read_body(view, i + 1, envoy=envoy, dashed=dashed, apposed=apposed)
    state = post.kind in ("state", "envoy")
    if view.cap(i) and (state or not apposed) and person_at(view, i, state=state, lone=post.lone):
        return None
    body = read_body(view, i, envoy=envoy, dashed=dashed, apposed=apposed, ministry=state)
    if body is not None or state:
        return body
    return _after_description(view, post, dashed, apposed)


def _noun_body(view: View, i: int, noun: int, dashed: bool, apposed: bool) -> Body | None:
    """The body whose noun is the end of the title, unless the noun is said again ("Trưởng Ban Ban Chỉ đạo")."""
    hit = view.bodies.get(i)
    if hit is not None and view.text[i] == view.text[noun]:
        return read_body(view, i, dashed=dashed, apposed=apposed)
    if not apposed and view.cap(i) and person_at(view, i):
        return None
    return read_body(view, i, dashed=dashed, apposed=apposed, head_from=noun)


def _after_description(view: View, post: Post, dashed: bool, apposed: bool) -> Body | None:
    stop = view.words.sets["body_stop"]
    i = post.last
    while i < view.n and i - post.last < _LONGEST_ADDITION:
        if view.words.sets["place_class"].at(view.text, i):
            return None
        if view.kind[i] != "word" or view.cap(i) or stop.at(view.text, i) or i in view.says or i in view.honorifics:
            return None
        i += 1
        if i < view.n and (view.text[i] in view.words.sets["title_of"] or _begins_body(view, i)):
            start = i + 1 if view.text[i] in view.words.sets["title_of"] else i
            if start == i and view.cap(i) and person_at(view, i):
                post.last = i
                return None
            body = read_body(view, start, dashed=dashed, apposed=apposed)
            if body is not None:
                post.last = i
            return body
    return None


def _begins_body(view: View, i: int) -> bool:
    hit = view.bodies.get(i)
    return view.cap(i) or (hit is not None and hit.last - hit.first > 1)


def _next_title(view: View, i: int) -> tuple[str, int] | None:
    """How the post that ends before token `i` is joined to another one, and where that one's title stands."""
    if view.stops(i):
        return None
    if i in view.titles and is_title(view, i):
        return "", i
    text = view.text
    k = i
    joined = ""
    if view.mark(k, ",-/") or text[k] in view.words.sets["body_and"]:
        joined = AND if text[k] in view.words.sets["body_and"] else text[k]
        k += 1
    link = view.words.sets["title_link"].at(text, k)
    if link:
        joined, k = LINK, link
    elif not joined:
        return None
    prefix = view.words.sets["title_prefix"].at(text, k)
    if prefix and prefix in view.titles:
        k = prefix
    return (joined, k) if k in view.titles and is_title(view, k) else None


def _share_bodies(view: View, posts: list[Post]) -> None:
    """"Chủ tịch kiêm Tổng giám đốc Công ty X": both posts are in the one body that is named."""
    for before, post in zip(reversed(posts[:-1]), reversed(posts[1:]), strict=True):
        if (before.body is None and before.shares and post.shares and post.joined in (LINK, AND)
                and post.body is not None and not view.words.sets["subunit"].at(view.text, post.body.first)):
            before.body = post.body
