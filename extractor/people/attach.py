"""Rules that find the name for posts that stand together; in the order of `RULES`, the first that answers wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.people.addressed import Addressed
from extractor.people.names import person_at
from extractor.people.organizations import Body, read_body
from extractor.people.runs import Naming, run_end
from extractor.people.titles import AND, Chain, Post
from extractor.people.view import View

_REACH = 28  # tokens from a subject to "làm Giám đốc"
_ASIDE = 4  # tokens between "trên cương vị Bí thư," and the name
_LED_BY_REACH = 30  # tokens from the noun of a body to "do ông Tám làm Giám đốc"


@dataclass(slots=True)
class Sighting:
    """A name with posts, as it stands at one place of the text; ``rule`` is what found it.

    ``pronoun``: the name is a bare "ông" or "bà".
    """

    name: Naming
    posts: list[Post]
    rule: str
    pronoun: bool = False


@dataclass(slots=True)
class Case:
    """Posts that want a name, and the names after honorifics in the whole article."""

    view: View
    chain: Chain
    addressed: Addressed


def name_follows(case: Case) -> Sighting | None:
    """"Giám đốc Sở Y tế Lê Văn Tám", "Bộ trưởng bà Lê Thị Tư"."""
    view, chain = case.view, case.chain
    body = chain.posts[-1].body
    naming = (name_at(view, chain.end, chain.state, body is not None and body.abroad, chain.posts[-1].lone)
              or name_at(view, after_abbreviation(view, chain.end), state=False)
              or name_at(view, _after_places(view, chain), state=False))
    if naming is None or (naming.addressed and _is_possessor(view, chain)):
        return None
    if chain.posts[-1].body is None and chain.posts[-1].kind != "rank":
        chain.posts[-1].body = _body_after_name(view, naming.last)
    return Sighting(naming, _own_posts(chain.posts), "name_follows")


def name_stands_before(case: Case) -> Sighting | None:
    """"Ông Lê Văn Tám, Giám đốc Sở Y tế", "Lê Văn Tám - Chủ tịch UBND xã", "Lê Văn Tám (trưởng thôn)"."""
    chain = case.chain
    return Sighting(chain.before, chain.posts, "name_stands_before") if chain.before is not None else None


def name_touches(case: Case) -> Sighting | None:
    """"đồng chí Lê Văn Tám Bí thư Đảng ủy": the comma is missing."""
    chain = case.chain
    touching = case.addressed.ending(chain.first, chain.first)
    return Sighting(touching[0], chain.posts, "name_touches") if touching else None


def name_after_mark(case: Case) -> Sighting | None:
    """"Giám đốc Sở Y tế, ông Lê Văn Tám", "Giám đốc Sở Y tế - Lê Văn Tám", "Giám đốc Sở Y tế là ông Lê Văn Tám"."""
    view, chain = case.view, case.chain
    i = view.words.sets["title_time"].at(view.text, chain.end) or chain.end
    if i >= view.n or view.stops(i):
        return None
    mark = view.text[i]
    if mark not in view.words.sets["name_mark"]:
        return None
    k = i + 1
    if k in view.honorifics or k in view.ranks:
        naming = name_at(view, k, state=False)
        if naming is None or (mark == "," and _is_new_subject(case, naming)):
            return None
        return Sighting(naming, chain.posts, "name_after_mark")
    if mark in "-:(":
        j = person_at(view, k)
        if j - k >= 2:
            return Sighting(Naming(k, j, False), chain.posts, "name_after_mark")
    return None


def name_after_role(case: Case) -> Sighting | None:
    """"Trên cương vị Bí thư Đoàn xã, anh Tám", "10 năm là Tổ trưởng, giờ đây chị Tư"."""
    view, chain = case.view, case.chain
    if _joined_by(view, chain.first) is None or not view.mark(chain.end, ","):
        return None
    naming = case.addressed.after(chain.end)
    if naming is None or naming.first - 1 - chain.end > _ASIDE:
        return None
    aside = range(chain.end, naming.first - 1)
    if any(view.stops(k) or view.cap(k) for k in aside):
        return None
    return Sighting(naming, chain.posts, "name_after_role")


def subject(case: Case) -> Sighting | None:
    """"Ông Lê Văn Tám hiện là Giám đốc", "Công ty X do ông Tám làm Giám đốc", "ông này làm Chủ tịch"."""
    view, chain = case.view, case.chain
    start = _joined_by(view, chain.first)
    if start is None or _denied(view, start):
        return None
    naming = None
    for candidate in reversed(case.addressed.ending(start - _REACH - 8, start)):
        if start - candidate.last > _REACH or any(view.stops(k) for k in range(candidate.last, start)):
            break
        if any(_another_name(view, k) for k in range(candidate.last, start)):
            break
        naming = candidate
        break
    pronoun = _pronoun_before(view, start, naming.last if naming else max(0, start - 8))
    if pronoun is not None:
        return Sighting(pronoun, chain.posts, "subject", pronoun=True)
    if naming is None:
        return None
    _led_body(view, naming, chain.posts)
    return Sighting(naming, chain.posts, "subject")


RULES: Sequence[Callable[[Case], Sighting | None]] = (
    name_follows, name_stands_before, name_touches, name_after_mark, name_after_role, subject)


def _own_posts(posts: list[Post]) -> list[Post]:
    """Of posts before a name those that are sure to be that person's.

    What is joined by "và", or is another one's before a comma ("lãnh đạo tỉnh, Thủ tướng Lê Văn Tám"), is left out.
    """
    for k in range(len(posts) - 1, 0, -1):
        if posts[k].joined == AND or (posts[k].joined == "," and posts[k - 1].kind == "weak"):
            return posts[k:]
    return posts


def _after_places(view: View, chain: Chain) -> int:
    """After ", huyện Nà Mèo, tỉnh Kon Tum" that goes on with the body's place before the name; else the chain's end."""
    i = chain.end
    while view.mark(i, ",") and view.words.sets["place_class"].at(view.text, i + 1):
        place = read_body(view, i + 1)
        if place is None:
            break
        i = place.last
    return i


def name_at(view: View, i: int, state: bool, abroad: bool = False, lone: bool = True) -> Naming | None:
    """The name at token `i`, after any honorifics and ranks."""
    k = i
    addressed = False
    while k in view.honorifics or k in view.ranks:
        hit = view.honorifics.get(k) or view.ranks[k]
        k = hit.last
        addressed = True
        if view.mark(k, ".") and view.glued(k):
            k += 1
    if addressed:
        j = run_end(view, k)
        return Naming(k, j, True) if j > k else None
    j = person_at(view, k, state=state, abroad=abroad, lone=lone)
    return Naming(k, j, False) if j else None


def _another_name(view: View, i: int) -> bool:
    """Whether a name without honorific begins at token `i`: who it is that "làm Giám đốc" is no longer sure."""
    if not view.cap(i) or view.cap(i - 1) or i in view.titles or i in view.bodies:
        return False
    return person_at(view, i) > 0 or view.words.sets["copula"].at(view.text, i + 1) > 0


def _is_possessor(view: View, chain: Chain) -> bool:
    """"phát ngôn viên của đội ông Tám": the name says whose team it is, not who speaks."""
    body = chain.posts[-1].body
    return body is not None and body.kind == "head" and not any(view.cap(k) for k in range(body.first, body.last))


def after_abbreviation(view: View, i: int) -> int:
    """The token after "(LĐTB&XH)" at token `i`, or `i`."""
    if view.mark(i, "(") and view.mark(i + 2, ")") and view.cap(i + 1):
        return i + 3
    return i


def _body_after_name(view: View, i: int) -> Body | None:
    """"Thứ trưởng Lê Văn Tám - Bộ Y tế", "đại biểu Lê Thị Tư (đoàn Kon Tum)"."""
    if not view.mark(i, "-(") or i + 1 not in view.bodies:
        return None
    if view.body_kind(view.bodies[i + 1]) not in ("head", "local", "named"):
        return None
    return read_body(view, i + 1, dashed=True, apposed=True)


def _is_new_subject(case: Case, naming: Naming) -> bool:
    """"Theo Chủ tịch UBND xã, ông Tám là hộ nghèo": the name begins what is told, unless a comma closes it.

    So it is, too, where the person has been named before: an addition to a post introduces its holder.
    """
    view, first = case.view, case.chain.first
    if case.addressed.stands_before(view.fold(naming.first, naming.last), first):
        return True
    return view.words.sets["according_to"].before(view.text, first) is not None and not view.mark(naming.last, ",")


def _joined_by(view: View, first: int) -> int | None:
    """Where the words begin that join a subject to the post at token `first` ("hiện là", "giữ chức")."""
    start = view.words.sets["copula"].before(view.text, first)
    if start is None:
        return None
    more = view.words.sets["copula"].before(view.text, start)
    return start if more is None else more


def _denied(view: View, start: int) -> bool:
    return any(view.text[k] in view.words.sets["denial"] for k in range(max(0, start - 3), start))


def _pronoun_before(view: View, start: int, after: int) -> Naming | None:
    """A bare "ông", "bà", "anh", "chị" between token `after` and the joining words at `start`."""
    for k in range(start - 1, after - 1, -1):
        if view.stops(k):
            return None
        hit = view.honorifics.get(k)
        if hit is not None and hit.entry.id != "neutral" and hit.last - k == 1 and not view.cap(k + 1):
            return Naming(k, k + 1, True)
    return None


def _led_body(view: View, naming: Naming, posts: list[Post]) -> None:
    """"Đoàn giám sát của HĐND tỉnh do ông Tám … làm trưởng đoàn": the body stands before "do"."""
    if posts[0].body is not None:
        return
    k = naming.first
    while (hit := view.address_before(k)) is not None:
        k = hit.first
    k -= 1
    if view.text[k] not in view.words.sets["led_by"]:
        return
    for first in range(max(0, k - _LED_BY_REACH), k):
        if first in view.bodies and not any(view.stops(x) for x in range(first, k)):
            body = read_body(view, first, apposed=True)
            if body is not None and (body.last == k or (
                    body.last == k - 1 and view.mark(k - 1, ",") and view.text[first] == view.text[posts[0].last - 1])):
                posts[0].body = body
                return

