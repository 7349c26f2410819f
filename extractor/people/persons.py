"""From sightings to people: which names are one person, which posts are one post, and the later short forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.draft import Draft
from extractor.people.attach import Sighting
from extractor.people.names import is_address
from extractor.people.organizations import Body
from extractor.people.runs import Naming
from extractor.people.titles import Post
from extractor.people.view import View
from extractor.rules.lexicon import Hit

_PRONOUN_REACH = 4  # sentences from a bare "ông" back to the name it stands for


def sure_namings(addressed: Sequence[Naming], with_posts: Sequence[Naming]) -> list[Naming]:
    """All names in order; of those that overlap the one with a post."""
    namings = {n.first: n for n in with_posts}
    taken = {k for n in with_posts for k in range(n.first, n.last)}
    for naming in addressed:
        if not any(k in taken for k in range(naming.first, naming.last)):
            namings[naming.first] = naming
    return [namings[k] for k in sorted(namings)]


class Directory:
    """Full names and what shorter forms stand for."""

    def __init__(self, view: View, namings: Sequence[Naming]) -> None:
        self._view = view
        self._full: dict[str, Naming] = {}
        for naming in namings:
            if naming.last - naming.first > 1:
                key = view.fold(naming.first, naming.last)
                if key not in self._full or self._all_capitals(self._full[key]):
                    self._full[key] = naming
        self._by_word: dict[str, list[str]] = {}
        for key in self._full:
            words = key.split()
            for word in dict.fromkeys((words[0], words[-1])):
                self._by_word.setdefault(word, []).append(key)
        self._last: dict[str, int] = {}

    def _all_capitals(self, naming: Naming) -> bool:
        a, b = self._view.span(naming.first, naming.last)
        return self._view.norm[a:b].isupper()

    def resolve(self, naming: Naming) -> str:
        """The folded full name that `naming` stands for: itself, or the name last mentioned that ends or begins so."""
        key = self._view.fold(naming.first, naming.last)
        if naming.last - naming.first <= 2 or key not in self._full:
            key = self._longer(key)
        self._last[key] = naming.first
        return key

    def _longer(self, key: str) -> str:
        words = key.split()
        fits = [k for k in self._by_word.get(words[-1], ()) if k != key and k.endswith(" " + key)]
        if not fits and len(words) == 1:
            fits = [k for k in self._by_word.get(words[0], ()) if k.startswith(key + " ")]
        if not fits:
            return key
        return max(fits, key=lambda k: (self._last.get(k, -1), -self._full[k].first))

    def naming(self, key: str, default: Naming) -> Naming:
        """Where the full name stands."""
        return self._full.get(key, default)


def is_full(view: View, naming: Naming, key: str) -> bool:
    """Whether the name says who it is: one syllable of Vietnamese ("cử nhân Luật") does so only after "ông" or "bà"."""
    return " " in key or not view.words.is_vietnamese(key) or naming.first in view.honorifics_end


@dataclass(slots=True)
class Mentioned:
    """A person mentioned: tokens [first, last) of the name or of a bare "ông", and the folded full name."""

    first: int
    last: int
    key: str
    pronoun: bool = False


def mentions_of(view: View, draft: Draft, directory: Directory, namings: Sequence[Naming]) -> list[Mentioned]:
    """Every name and every bare "ông", "bà" that stands for one, in the order of the text."""
    events: dict[int, Naming | Hit] = {}
    for hit in view.honorifics.values():
        if _is_pronoun(view, hit):
            events[hit.first] = hit
    for naming in namings:
        events[naming.first] = naming
    found: list[Mentioned] = []
    last: dict[str, tuple[str, int]] = {}
    for first in sorted(events):
        if found and first < found[-1].last:
            continue  # inside the name before
        event = events[first]
        if isinstance(event, Naming):
            key = directory.resolve(event)
            found.append(Mentioned(event.first, event.last, key))
            address = view.honorifics_end.get(event.first)
            last[view.text[address.first] if address is not None else ""] = (key, first)
        else:
            known = max((last[w] for w in (view.text[first], "") if w in last), key=lambda x: x[1], default=None)
            if known is not None and _near(draft, view, known[1], first):
                found.append(Mentioned(first, first + 1, known[0], pronoun=True))
    return found


def _near(draft: Draft, view: View, before: int, after: int) -> bool:
    a, b = draft.sentence_at(view.start[before]), draft.sentence_at(view.start[after])
    return a is not None and b is not None and b.index - a.index <= _PRONOUN_REACH


def _is_pronoun(view: View, hit: Hit) -> bool:
    i = hit.first
    if hit.entry.id == "neutral" or hit.last - i != 1 or view.cap(hit.last) or not is_address(view, i):
        return False
    sets = view.words.sets
    return (sets["no_pronoun_after"].at(view.text, hit.last) == 0
            and sets["no_pronoun_before"].before(view.text, i) is None)


def merge_posts(view: View, sightings: Sequence[tuple[str, Sighting]]) -> dict[str, list[tuple[Post, Sighting]]]:
    """The posts of each person (folded full name), in the order of the text, each once and as full as printed."""
    people: dict[str, list[tuple[Post, Sighting]]] = {}
    for key, sighting in sightings:
        entries = people.setdefault(key, [])
        for post in sighting.posts:
            for k, (old, where) in enumerate(entries):
                if same_post(view, old, post):
                    entries[k] = (_fuller(view, old, post), where)
                    break
            else:
                entries.append((post, sighting))
    for entries in people.values():
        if any(not post.delegate for post, _ in entries):
            entries[:] = [(p, s) for p, s in entries if not p.delegate]
    return people


def same_post(view: View, a: Post, b: Post) -> bool:
    """Whether two posts of one person are one: "Bộ trưởng Bộ Y tế" and, later, "Bộ trưởng"."""
    ta, tb = _title(view, a), _title(view, b)
    if a.member and b.member and (a.body is None or b.body is None):
        return True
    if _without_filler(view, ta) == _without_filler(view, tb) and a.body is not None and b.body is not None and (
            view.fold(a.body.first, a.body.last) == view.fold(b.body.first, b.body.last)):
        return True
    if ta != tb and not ta.startswith(tb + " ") and not tb.startswith(ta + " "):
        return False
    if a.body is None or b.body is None:
        return ta == tb or a.body is b.body or len(ta.split()) + len(tb.split()) > 3
    ba, bb = view.fold(a.body.first, a.body.last), view.fold(b.body.first, b.body.last)
    if _says_nothing(view, a.body) or _says_nothing(view, b.body):
        return ta == tb
    if ba in bb or bb in ba or set(ba.split()) <= set(bb.split()) or set(bb.split()) <= set(ba.split()):
        return True
    return ba.split()[0] == bb.split()[0] and ta == tb and (_abbreviated(view, a) or _abbreviated(view, b))


def _without_filler(view: View, title: str) -> str:
    return " ".join(w for w in title.split() if w not in view.words.sets["title_filler"])


def _says_nothing(view: View, body: Body) -> bool:
    """"Chủ tịch tỉnh", "hiệu trưởng nhà trường": the noun alone, which any body of the person's may stand behind."""
    sets = view.words.sets
    return max(sets["noun_alone"].at(view.text, body.first), sets["place_class"].at(view.text, body.first)) == body.last


def _title(view: View, post: Post) -> str:
    first = view.words.sets["title_prefix"].at(view.text, post.first) or post.first
    return view.fold(first, post.last)


def _abbreviated(view: View, post: Post) -> bool:
    body = post.body
    return body is not None and any(
        view.kind[k] in ("word", "abbr") and view.end[k] - view.start[k] > 1
        and view.form[k].isupper() for k in range(body.first + 1, body.last))


def _fuller(view: View, old: Post, new: Post) -> Post:
    title = new if new.last - new.first > old.last - old.first else old
    body = old.body
    if new.body is not None and (body is None or length(view, new.body) > length(view, body)):
        body = new.body
    return replace(title, body=body, joined=old.joined)


def length(view: View, body: Body) -> int:
    """Characters of the name of a body."""
    return view.end[body.last - 1] - view.start[body.first]
