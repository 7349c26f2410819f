"""Names of persons, places and organisations: the tags of `underthesea.ner`, many times faster.

`underthesea` comes with weights for word segmentation, parts of speech, chunks and entities, but builds the features
of every position anew in Python.  This module uses the same weights, laid out once in tables that sum up fast
(`syllables`, `segment`, `tags`), and a search that prunes (`viterbi`); where two readings are so close that rounding
could decide, it asks the original.

>>> [entity.label for entity in tagger().entities("")]
[]
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from extractor.errors import ExtractorError
from extractor.people.segment import Segmenter
from extractor.people.syllables import Tokenizer
from extractor.people.tags import WordTagger

LABELS = frozenset({"PER", "LOC", "ORG"})


class Entity(NamedTuple):
    """A name in a sentence: `sentence[start:end]`, and what it names (PER, LOC or ORG)."""

    start: int
    end: int
    label: str


class EntityTagger:
    """Tags the words of a sentence and finds the names in it; loads its models when it is first used.

    It holds no state but caches of limited size, so its answers do not depend on what it saw before.  A pickle of it
    carries no models: each process loads its own.
    """

    def __init__(self) -> None:
        self._models: tuple[Tokenizer, Segmenter, WordTagger] | None = None

    def __reduce__(self) -> tuple[type[EntityTagger], tuple[()]]:
        return EntityTagger, ()

    def _load(self) -> tuple[Tokenizer, Segmenter, WordTagger]:
        if self._models is None:
            try:
                self._models = Tokenizer(), Segmenter(), WordTagger()
            except (ImportError, AttributeError) as error:
                raise ExtractorError(f"underthesea is missing or is not a version that works here: {error}") from error
        return self._models

    def tag(self, sentence: str) -> list[tuple[str, str, str, str]]:
        """For each word of `sentence`: the word, its part of speech, its chunk label, its entity label.

        The same as `underthesea.ner(sentence)`, words and all; `ExtractorError` for text that it cannot take either
        (half of a surrogate pair).
        """
        tokenizer, segmenter, word_tagger = self._load()
        words = segmenter.words(sentence, tokenizer.tokens(sentence))
        return list(zip(words, *word_tagger.tag(words), strict=True))

    def entities(self, sentence: str) -> list[Entity]:
        """The names in `sentence`, in order, with offsets in it as it was given (whatever its Unicode form).

        A word tagged as the continuation of a name of another kind, or of none, begins a new name.
        """
        tagged = self.tag(sentence)
        if all(tag == "O" for _, _, _, tag in tagged):
            return []
        spans = self._load()[0].spans(sentence)
        entities: list[Entity] = []
        last, token = "O", 0
        for word, _, _, tag in tagged:
            begin, label = token, tag[2:]
            token += word.count(" ") + 1  # tokens have no spaces, a word joins them with one
            if label in LABELS:
                start, end = spans[begin][0], spans[token - 1][1]
                if tag[0] == "I" and last == label:
                    start = entities.pop().start
                entities.append(Entity(start, end, label))
            last = label
        return entities


@cache
def tagger() -> EntityTagger:
    """The tagger that all of the toolkit shares in one process."""
    return EntityTagger()
