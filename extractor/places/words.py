"""The words around names of places: class words, and the word sets of ``patterns/places/contexts.toml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.patterns import Patterns

#: capital letters of the Latin alphabet with all its marks
CAPITALS = frozenset(c for block in (range(0x41, 0x250), range(0x1E00, 0x1F00)) for c in map(chr, block) if c.isupper())
LEVELS = ("province", "district", "commune", "village")


class ClassWord:
    """A class word: its ``kind`` (the word in full) and the levels at which it is used."""

    __slots__ = ("kind", "levels")

    def __init__(self, kind: str, levels: frozenset[str]) -> None:
        self.kind = kind
        self.levels = levels


def word_sets(patterns: Patterns) -> dict[str, list[str]]:
    """The words of each ``[[word_set]]``."""
    found: dict[str, list[str]] = {}
    for rule in patterns.rules.get("word_set", ()):
        found.setdefault(str(rule.get("id")), []).extend(rule.get("words"))
    return found


class Phrases:
    """A set of phrases as folded tokens, found forwards or backwards from a token."""

    __slots__ = ("by_first", "by_last")

    def __init__(self, phrases: Sequence[Sequence[str]]) -> None:
        self.by_first: dict[str, list[list[str]]] = {}
        self.by_last: dict[str, list[list[str]]] = {}
        for words in sorted({tuple(p) for p in phrases if p}, key=lambda p: (-len(p), p)):
            self.by_first.setdefault(words[0], []).append(list(words))
            self.by_last.setdefault(words[-1], []).append(list(words))

    def after(self, text: Sequence[str], i: int) -> int:
        """Where the longest phrase that begins at token `i` ends, or `i`."""
        for words in self.by_first.get(text[i], ()) if i < len(text) else ():
            if text[i:i + len(words)] == words:
                return i + len(words)
        return i

    def before(self, text: Sequence[str], i: int) -> int:
        """Where the longest phrase that ends before token `i` begins, or `i`."""
        for words in self.by_last.get(text[i - 1], ()) if i else ():
            if i >= len(words) and text[i - len(words):i] == words:
                return i - len(words)
        return i


class PlaceWords:
    """Everything of the pattern files that the reader of places asks for by name."""

    def __init__(self, patterns: Patterns) -> None:
        sets = word_sets(patterns)

        def single(name: str) -> frozenset[str]:
            return frozenset(" ".join(patterns.words(w)) for w in sets.get(name, ()))

        def phrases(name: str) -> Phrases:
            return Phrases([patterns.words(w) for w in sets.get(name, ())])

        self.honorific, self.not_honorific = single("place_honorific"), single("place_not_honorific")
        self.stop, self.at, self.join = single("place_break"), single("place_at"), single("place_join")
        self.inside, self.dwelling = single("place_in"), single("place_dwelling")
        self.of, self.plural, self.not_count = single("place_of"), single("place_plural"), single("place_not_count")
        self.needs_support, self.abroad = single("place_needs_support"), single("place_abroad_words")
        self.not_scope, self.not_scope_after = single("place_not_scope"), single("place_not_scope_after")
        self.compound, self.modifier = phrases("place_compound"), phrases("place_modifier")
        self.street, self.feature = phrases("place_street"), phrases("place_feature")
        self.state, self.body = phrases("place_state"), phrases("place_body")
        self.introducer, self.neutral = phrases("place_introducer"), phrases("place_neutral")
        self.weak_class = frozenset(sets.get("place_weak_class", ()))
        self.not_abroad = phrases("place_not_abroad")
        self.not_name, self.head = phrases("place_not_name"), phrases("place_head")
        surnames: dict[str, set[str]] = {"strong": set(), "weak": set()}
        for rule in patterns.rules.get("surname", ()):
            surnames[str(rule.get("strength"))] |= {" ".join(patterns.words(w)) for w in rule.get("words")}
        self.surname = frozenset(surnames["strong"])
        self.any_surname = frozenset(surnames["strong"] | surnames["weak"])
        self.classes = _class_words(patterns)
        #: class words of provinces as names may bring them along ("TP.HCM"), with what they mean
        self.prefixes = {" ".join(row[0]): row[2].kind for rows in self.classes.values() for row in rows
                         if "province" in row[2].levels}


#: first folded token -> (all folded tokens, exact forms or none if any case will do, class word), longest first
ClassTable = Mapping[str, Sequence[tuple[list[str], frozenset[str], ClassWord]]]


def _class_words(patterns: Patterns) -> ClassTable:
    levels: dict[tuple[str, str], set[str]] = {}
    exact: dict[tuple[str, str], set[str]] = {}
    for rule in patterns.rules.get("classword", ()):
        word, kind = str(rule.get("word")), str(rule.get("kind"))
        key = (" ".join(patterns.words(word)), kind)
        levels.setdefault(key, set()).add(str(rule.get("level")))
        exact.setdefault(key, set()).add(word)
    table: dict[str, list[tuple[list[str], frozenset[str], ClassWord]]] = {}
    for (folded, kind), found in sorted(levels.items()):
        forms = exact[folded, kind]
        free = any(form.islower() and len(form) > 2 for form in forms)
        tokens = folded.split(" ")
        table.setdefault(tokens[0], []).append(
            (tokens, frozenset() if free else frozenset(forms), ClassWord(kind, frozenset(found))))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


def place_words(patterns: Patterns) -> PlaceWords:
    """The word sets of these patterns; to be asked for as ``patterns.part(place_words)``."""
    return PlaceWords(patterns)
