"""Officials: everyone whom the article names with a post, and every later mention of them.

The step looks only at articles that hold a title (``patterns/people/titles.toml``). `officials.RULES` find the name
for each title, `persons` puts names and posts of one person together.
"""

from __future__ import annotations

from extractor.draft import Draft, OfficialDraft, PersonMention
from extractor.people.fuller import fuller_body
from extractor.people.names import Naming
from extractor.people.officials import find_sightings
from extractor.people.organizations import Body
from extractor.people.persons import Directory, Mentioned, addressed_names, mentions_of, merge_posts
from extractor.people.titles import Post
from extractor.people.view import View

__all__ = ["find_officials"]


def find_officials(draft: Draft) -> None:
    """Fill ``draft.officials`` (one entry per person and post) and ``draft.people`` (their mentions)."""
    if not draft.hits.get("title"):
        return
    view = View(draft)
    addressed = addressed_names(view)
    sightings, nameless = find_sightings(view, addressed)
    if not sightings:
        return
    namings = {n.first: n for n in addressed}
    namings.update((s.name.first, s.name) for s in sightings if not s.pronoun)
    directory = Directory(view, [namings[k] for k in sorted(namings)])
    mentions = mentions_of(view, draft, directory, list(namings.values()))
    keys = {m.first: m.key for m in mentions}
    people = merge_posts(view, [(keys[s.name.first], s) for s in sightings if s.name.first in keys])
    for key, entries in people.items():
        naming = directory.naming(key, entries[0][1].name)
        own = [m for m in mentions if m.key == key]
        index = len(draft.officials)
        for post, sighting in entries:
            draft.officials.append(_official(draft, view, naming, own, post, fuller_body(view, post, nameless), sighting.rule))
        for mention in own:
            a, b = view.span(mention.first, mention.last)
            sentence = draft.sentence_at(a)
            draft.people.append(PersonMention(a, b, index, sentence.index if sentence else -1))
    draft.people.sort(key=lambda p: p.start)


def _official(draft: Draft, view: View, naming: Naming, own: list[Mentioned], post: Post, body: Body | None,
              rule: str) -> OfficialDraft:
    raw, spans = draft.text.raw, draft.text.raw_span
    name = view.span(naming.first, naming.last)
    title = view.span(post.first, post.last)
    evidence = {"name": name, "title": title}
    organization = None
    if body is not None:
        span = view.span(body.first, body.last)
        evidence["organization"] = span
        a, b = spans(*span)
        organization = raw[a:b]
    honorific = next((view.span(h.first, h.last) for m in own if (h := view.honorifics_end.get(m.first)) is not None
                      and h.entry.id != "neutral"), None)
    a, b = spans(*name)
    c, d = spans(*title)
    e, f = spans(*honorific) if honorific else (0, 0)
    return OfficialDraft(
        raw[a:b], raw[e:f] or None, raw[c:d], organization, _province(draft, evidence.get("organization")),
        [view.span(m.first, m.last) for m in own], evidence, rule)


def _province(draft: Draft, organization: tuple[int, int] | None) -> str | None:
    """The province of the body: printed in its name, else the one the article is about."""
    if organization is None:
        return None
    for place in draft.places:
        if organization[0] <= place.start and place.end <= organization[1]:
            return place.name if place.level == "province" else place.province
    return draft.document_provinces[0] if len(draft.document_provinces) == 1 else None
