"""Splits a sentence into syllables, numbers and signs as `underthesea` does before it looks for words, only faster.

A token never contains white space and depends on nothing beyond it, so the tokens of each piece between spaces are
taken from underthesea once and remembered.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from itertools import chain
from typing import Any
from unicodedata import combining

from extractor.errors import ExtractorError
from extractor.people.crf import Memo

_FOLLOWED = " ."  # white space after a piece, and one token more


class Tokenizer:
    """The tokens of sentences, and where they stand; a caller keeps one."""

    def __init__(self) -> None:
        self._rules: Any = importlib.import_module("underthesea.pipeline.word_tokenize.regex_tokenize")
        package = importlib.import_module("underthesea.pipeline.text_normalize")
        characters = importlib.import_module("underthesea.pipeline.text_normalize.character_normalize")
        self._normalize: Callable[[str], str] = characters.normalize_characters_in_text
        self._normalize_token: Callable[[str], str] = package.token_normalize
        self._inner = Memo(self._tokens_inside, 50_000)
        self._last = Memo(self._tokens_at_end, 10_000)
        self._parts = Memo(self._parts_inside, 10_000)

    def tokens(self, sentence: str) -> list[str]:
        """The syllables, numbers and signs of `sentence`, normalised as underthesea normalises them."""
        pieces = sentence.split()
        if not pieces:
            return []
        last = self._last if _at_end(sentence) else self._inner
        return [*chain.from_iterable(map(self._inner.__getitem__, pieces[:-1])), *last[pieces[-1]]]

    def spans(self, sentence: str) -> list[tuple[int, int]]:
        """Where each of `tokens(sentence)` stands in `sentence` as it was given: (start, end) in code points."""
        spans: list[tuple[int, int]] = []
        pieces = sentence.split()
        at = 0
        for number, piece in enumerate(pieces):
            at = sentence.index(piece, at)
            last = number == len(pieces) - 1 and _at_end(sentence)
            if len((self._last if last else self._inner)[piece]) == 1:
                spans.append((at, at + len(piece)))
            else:
                inside = self._find_parts(piece, "") if last else self._parts[piece]
                spans += [(at + start, at + end) for start, end in inside]
            at += len(piece)
        return spans

    def _tokens_inside(self, piece: str) -> tuple[str, ...]:
        """The tokens of a piece that white space follows."""
        return self._tokens(piece, _FOLLOWED)

    def _tokens_at_end(self, piece: str) -> tuple[str, ...]:
        """The tokens of a piece that ends the text: a full stop after capitals there is not part of a short form."""
        return self._tokens(piece, "")

    def _tokens(self, piece: str, after: str) -> tuple[str, ...]:
        try:
            piece.encode()
        except UnicodeEncodeError as error:
            raise ExtractorError("the text has half of a surrogate pair in it, which is not a character") from error
        text = self._normalize(piece)
        found = self._rules.patterns.match(text + after)
        if found and found.end() == len(text):  # by far most: one token, for which the long way would take long
            return (self._normalize_token(text),)
        tokens = self._rules.tokenize(piece + after)
        return tuple(tokens[:-1] if after else tokens)

    def _parts_inside(self, piece: str) -> list[tuple[int, int]]:
        return self._find_parts(piece, _FOLLOWED)

    def _find_parts(self, piece: str, after: str) -> list[tuple[int, int]]:
        """Where the tokens of a piece stand in it; two that come out of one character both stand at it."""
        tokens = self._rules.tokenize(piece + after, use_token_normalize=False)
        if after:
            tokens.pop()
        # The tokens leave out nothing, but they are cut from the composed text: find each cut in the original.
        origins = self._origins(piece)
        parts: list[tuple[int, int]] = []
        at = 0
        for token in tokens:
            start = origins[at]
            at += len(token)
            parts.append((start, max(origins[at], start + 1)))
        return parts

    def _origins(self, piece: str) -> list[int]:
        """For each character of the normalised piece the index in `piece` that it comes from; at the end its length."""
        origins: list[int] = []
        begin = 0
        for at in range(1, len(piece) + 1):
            # A group is what the normal form can mix: a character and the marks on it, or letters that melt together.
            if at < len(piece):
                group, char = piece[begin:at], piece[at]
                if combining(char) or self._normalize(group + char) != self._normalize(group) + self._normalize(char):
                    continue
            size = len(self._normalize(piece[begin:at]))
            # Marks that the normal form leaves loose are the last ones; whatever else the group holds made one letter.
            origins += [begin, *(max(begin, origin) for origin in range(at - size + 1, at))]
            begin = at
        return [*origins, len(piece)]


def _at_end(sentence: str) -> bool:
    """Whether `$` matches after the last piece of `sentence`: nothing follows it, or one newline."""
    tail = len(sentence) - len(sentence.rstrip())
    return tail == 0 or (tail == 1 and sentence[-1] == "\n")
