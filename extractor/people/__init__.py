"""Officials: everyone whom the article names with a post, and every later mention of them.

The step looks only at articles that hold a title (``patterns/people/titles.toml``). `titles` reads the posts around
each, `organizations` their bodies, `attach` finds the name; `persons` puts names and posts of one person together.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractor.draft import Draft, OfficialDraft, PersonMention
from extractor.people.addressed import addressed_names
from extractor.people.fuller import Fuller
from extractor.people.model import Entities, ask_model
from extractor.people.names import is_address
from extractor.people.officials import find_sightings
from extractor.people.organizations import Body
from extractor.people.persons import Directory, Mentioned, is_full, mentions_of, merge_posts, sure_namings
from extractor.people.provinces import Provinces
from extractor.people.runs import Naming
from extractor.people.titles import Post
from extractor.people.view import View, view_of

__all__ = ["find_officials"]


def find_officials(draft: Draft, entities: Entities | None = None) -> None:
    """Fill ``draft.officials`` (one entry per person and post) and ``draft.people`` (their mentions).

    `entities`, if given, is asked for the names of persons in sentences in which a post was left without a name
    (`model`); ``extractor.people.ner.tagger().entities`` is one, and the article's ``ask_model`` switches it on.
    """
    if not draft.hits.get("title"):
        return
    view = view_of(draft)
    addressed = addressed_names(view)
    found = find_sightings(view, addressed)
    if entities is None and draft.article.ask_model and found.nameless:
        from extractor.people.ner import tagger

        entities = tagger().entities
    if entities is not None and found.nameless:
        ask_model(draft, view, found, entities)
    if not found.sightings:
        return
    namings = sure_namings(addressed.names, [s.name for s in found.sightings if not s.pronoun])
    directory = Directory(view, namings)
    mentions = mentions_of(view, draft, directory, namings)
    keys = {m.first: m.key for m in mentions}
    people = merge_posts(view, [(keys[s.name.first], s) for s in found.sightings
                                if s.name.first in keys and is_full(view, s.name, keys[s.name.first])])
    fuller = Fuller(view, (p for chain in found.nameless for p in chain.posts))
    provinces = Provinces(draft, view)
    mentioned: dict[str, list[Mentioned]] = {}
    for mention in mentions:
        mentioned.setdefault(mention.key, []).append(mention)
    for key, entries in people.items():
        named = next(m for m in mentioned[key] if not m.pronoun)
        naming = directory.naming(key, Naming(named.first, named.last, True))
        person = _Person(draft, view, provinces, naming, mentioned[key])
        index = len(draft.officials)
        draft.officials += [person.official(post, fuller.body(post), sighting.rule) for post, sighting in entries]
        draft.people += person.mentions(index)
    draft.people.sort(key=lambda p: p.start)


@dataclass(slots=True)
class _Person:
    """One person: where the full name stands, and every mention."""

    draft: Draft
    view: View
    provinces: Provinces
    naming: Naming
    mentioned: list[Mentioned]

    def raw(self, span: tuple[int, int]) -> str:
        """The characters of `span` as the user gave them."""
        a, b = self.draft.text.raw_span(*span)
        return self.draft.text.raw[a:b]

    def official(self, post: Post, body: Body | None, rule: str) -> OfficialDraft:
        """The entry for one post."""
        view = self.view
        evidence = {"name": view.span(self.naming.first, self.naming.last), "title": view.span(post.first, post.last)}
        organization = None
        if body is not None:
            evidence["organization"] = view.span(body.first, body.last)
            organization = self.raw(evidence["organization"])
        honorific = next((self.raw((h.start, h.end)) for m in self.mentioned
                          if (h := view.honorifics_end.get(m.first)) is not None and h.entry.id != "neutral"
                          and is_address(view, h.first)), None)
        return OfficialDraft(
            self.raw(evidence["name"]), honorific, self.raw(evidence["title"]), organization,
            self.provinces.of(body),
            [view.span(m.first, m.last) for m in self.mentioned], evidence, rule)

    def mentions(self, index: int) -> list[PersonMention]:
        """The mentions, for the person's first entry, which has `index`."""
        found = []
        for mention in self.mentioned:
            a, b = self.view.span(mention.first, mention.last)
            sentence = self.draft.sentence_at(a)
            found.append(PersonMention(a, b, index, sentence.index if sentence else -1))
        return found
