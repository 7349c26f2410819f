"""``doc._.words``: words of several syllables as underthesea sees them, on the tokens of the Doc."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extractor
from extractor.records import Extraction
from extractor.text.normalize import Text

NLP = extractor.load()
Corpus = dict[str, tuple[str, Extraction]]


def words(text: str) -> list[str]:
    return [word.text for word in NLP(text)._.words]


def test_words_are_spans_of_tokens() -> None:
    assert words("Cao Bằng giảm tỷ lệ hộ nghèo 4,23%.") == ["Cao Bằng", "giảm", "tỷ lệ", "hộ", "nghèo", "4,23", "%", "."]
    assert words("Sở LĐ-TB&XH tỉnh") == ["Sở", "LĐ-TB&XH", "tỉnh"]
    assert words("") == words(" \n ") == []


@pytest.mark.parametrize("variant", [
    lambda t: unicodedata.normalize("NFD", t), lambda t: t.replace(" ", "\xa0"), lambda t: t.replace("\n", "\r\n"),
    lambda t: t.replace("òa", "oà"), lambda t: t.replace(" ", "  "), lambda t: t.replace("hộ", "h\xadộ")])
def test_words_stand_where_they_stand_however_the_text_is_written(variant: Callable[[str], str]) -> None:
    text = "Tỉnh Hòa Bình có 28,94% hộ nghèo.\n98%.Tỷ lệ hộ cận nghèo ở TP. Hòa Bình giảm"
    assert [plain(w) for w in words(variant(text))] == [plain(w) for w in words(text)]
    assert "Hòa Bình" in words(text)


def plain(word: str) -> str:
    return " ".join(Text(word).norm.split())


def test_every_token_is_in_one_word_and_no_word_leaves_its_sentence(corpus: Corpus) -> None:
    for text, _ in list(corpus.values())[:10]:
        doc = NLP(unicodedata.normalize("NFD", text))
        seen = [token.i for word in doc._.words for token in word if not token.is_space]
        assert seen == [token.i for token in doc if not token.is_space]
        assert all(not token.is_sent_start for word in doc._.words for token in list(word)[1:])
        assert any(len(word) > 1 for word in doc._.words)


@given(st.text(st.one_of(st.sampled_from(" \nạÐ.,%5aabc\u0301&-"), st.characters(exclude_categories=["Cs"])), max_size=30))
@settings(max_examples=100, deadline=None)
def test_any_text_has_words(text: str) -> None:
    doc = NLP.make_doc(text)
    seen = [token.i for word in doc._.words for token in word if not token.is_space]
    assert seen == [token.i for token in doc if not token.is_space]
