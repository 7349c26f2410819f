"""Who holds a post: every title of the article with the posts around it, and the name that one of the rules finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.people.addressed import Addressed
from extractor.people.attach import RULES, Case, Sighting, after_abbreviation, name_at
from extractor.people.runs import Naming
from extractor.people.titles import Chain, is_title, read_chain
from extractor.people.view import View


@dataclass(slots=True)
class Found:
    """What was found: names with posts in the order of the text, and the posts for which there was no name."""

    sightings: list[Sighting] = field(default_factory=list)
    nameless: list[Chain] = field(default_factory=list)


def find_sightings(view: View, addressed: Addressed) -> Found:
    """All names with posts; `addressed` are the names after honorifics."""
    found = Found()
    done = -1
    heading: Chain | None = None
    for first in view.titles:
        if first < done or not is_title(view, first):
            continue
        if heading is not None and any(view.stops(k) for k in range(done, first)):
            heading = None
        chain = read_chain(view, first)
        done = chain.end
        listed = names_in_list(view, chain)
        if listed is not None:
            found.sightings += listed
            if not listed and chain.posts[-1].kind == "rank" and view.mark(chain.end, ":"):
                heading = chain
            continue
        if chain.before is None:
            chain.before = _named_last(view, chain, found.sightings)
        for part in _parts(view, chain):
            _attach(Case(view, part, addressed), heading, found)
    return found


def _attach(case: Case, heading: Chain | None, found: Found) -> None:
    sighting = next((s for s in (rule(case) for rule in RULES) if s is not None), None)
    if sighting is None:
        found.nameless.append(case.chain)
        return
    if heading is not None:  # "Các Ủy viên Trung ương Đảng: Bộ trưởng A; Bí thư B"
        sighting.posts = [*heading.posts, *sighting.posts]
    sighting.posts = [p for p in sighting.posts if p.kind != "weak" or p.body is not None]
    if sighting.posts:
        found.sightings.append(sighting)


def _named_last(view: View, chain: Chain, sightings: Sequence[Sighting]) -> Naming | None:
    """"Phó Thủ tướng Lê Văn Tám - Ủy viên Bộ Chính trị": the name has a post before it already."""
    mark = chain.first - 1
    last = sightings[-1].name if sightings else None
    return last if last is not None and last.last == mark and view.mark(mark, ",-(") else None


def names_in_list(view: View, chain: Chain) -> list[Sighting] | None:
    """"các Phó Chủ tịch UBND tỉnh: Lê Văn Tám, Hà Thị Tư" (one post each); [] for "các Bộ trưởng", None if not plural."""
    sets = view.words.sets
    if chain.before is not None or (sets["plural"].before(view.text, chain.first) is None
                                    and view.kind[chain.first - 1] != "number"):
        return None
    if any(p.kind == "weak" and p.body is None for p in chain.posts):
        return []
    i = after_abbreviation(view, chain.end)
    if i < view.n and view.text[i] in sets["list_mark"]:
        i += 1
    body = chain.posts[-1].body
    abroad = body is not None and body.abroad
    found: list[Sighting] = []
    while (naming := name_at(view, i, chain.state, abroad, lone=False)) is not None:
        found.append(Sighting(naming, chain.posts, "names_in_list"))
        i = naming.last
        while i < view.n and (view.mark(i, ",;") or view.text[i] in sets["body_and"]):
            i += 1
        if i == naming.last:
            break
    return found if len(found) > 1 or not found else None


def _parts(view: View, chain: Chain) -> list[Chain]:
    """The chain, or two of them: "Lê Văn Tám, Phó Chủ tịch Hội X, Bộ trưởng Y Lê Thị Tư" is about two people."""
    if chain.before is None or len(chain.posts) == 1 or name_at(view, chain.end, state=chain.state) is None:
        return [chain]
    last = chain.posts[-1]
    return [Chain(chain.posts[:-1], last.first - 1, chain.before), Chain([last], chain.end)]
