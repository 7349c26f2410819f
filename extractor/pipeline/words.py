"""``doc._.words``: words of several syllables as underthesea sees them, as Spans of the Doc.

underthesea changes the text it reads (tone placement, Unicode form) and cuts it otherwise ("LĐ-TB&XH" is five tokens
to it). So nothing of its text is used, only where its words stand: tokens of the Doc that share one of them are a word.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Span

from extractor.people.segment import Segmenter
from extractor.people.syllables import Tokenizer
from extractor.text.normalize import Text


@cache
def _models() -> tuple[Tokenizer, Segmenter]:
    return Tokenizer(), Segmenter()


def word_numbers(sentence: str) -> list[int]:
    """For each character of `sentence` the number of the word that it belongs to, -1 between words."""
    tokenizer, segmenter = _models()
    text = Text(sentence)
    numbers = [-1] * len(sentence)
    spans = tokenizer.spans(text.norm)
    words = segmenter.words(text.norm, tokenizer.tokens(text.norm))
    sizes = [word.count(" ") + 1 for word in words]
    if sum(sizes) != len(spans):  # not as it promises: each of its tokens is a word then
        sizes = [1] * len(spans)
    first = 0
    for number, size in enumerate(sizes):
        start, end = text.raw_span(spans[first][0], spans[first + size - 1][1])
        numbers[start:end] = [number] * (end - start)
        first += size
    return numbers


def words_of(doc: Doc) -> list[Span]:
    """The words of `doc` in order, each a Span of one or more tokens; white space is in none.

    Every token that isn't white space is in exactly one of them, and none reaches over the end of a sentence.
    """
    words: list[Span] = []
    for sentence in doc.sents if doc.has_annotation("SENT_START") else [doc[:]]:
        numbers = word_numbers(sentence.text)
        begin, end, last = -1, -1, -1
        for token in sentence:
            if token.is_space:
                continue
            at = token.idx - sentence.start_char
            if begin < 0 or numbers[at] != last or last < 0:
                if begin >= 0:
                    words.append(doc[begin:end])
                begin = token.i
            last, end = numbers[at + len(token) - 1], token.i + 1
        if begin >= 0:
            words.append(doc[begin:end])
    return words
