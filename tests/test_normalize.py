"""The text as given and the view of it that rules match on: the same words give the same view, however written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.text.normalize import Memo, Text, fold

CASES = [  # as given, norm, fold
    ("Tỉ lệ", "Tỉ lệ", "tỉ lệ"),
    ("Tỷ lệ", "Tỷ lệ", "tỉ lệ"),
    ("Hoà Bình, thuỷ lợi, khoẻ", "Hòa Bình, thủy lợi, khỏe", "hòa bình, thủy lợi, khỏe"),
    ("HOÀ BÌNH, THUỶ LỢI", "HÒA BÌNH, THỦY LỢI", "hòa bình, thủy lợi"),
    ("quý, quỹ, Quý", "quý, quỹ, Quý", "quí, quĩ, quí"),
    ("hoàn, khoảng, thuyết", "hoàn, khoảng, thuyết", "hoàn, khoảng, thuyết"),
    ("kỹ sư, kĩ sư, Mỹ, lý, suy, tay", "kỹ sư, kĩ sư, Mỹ, lý, suy, tay", "kĩ sư, kĩ sư, mĩ, lí, suy, tay"),
    ("Ða Ðên, \u0189ỏ", "Đa Đên, Đỏ", "đa đên, đỏ"),
    ("5\xa0%\u202fvà\u30002\t%", "5 % và 2 %", "5 % và 2 %"),
    ("hộ ng\xadhèo\u200b, \ufeffxã", "hộ nghèo, xã", "hộ nghèo, xã"),
    ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne", "a\nb\nc\nd\ne"),
    ("“Xã” – ‘thôn’ — 5％", "“Xã” – ‘thôn’ — 5％", "\"xã\" - 'thôn' - 5%"),
    ("e\u0323\u0302 e\u0302\u0323 \u1eb9\u0302", "ệ ệ ệ", "ệ ệ ệ"),
    ("ho\u0300a, hoa\u0300", "hòa, hòa", "hòa, hòa"),
    ("n\u0303 x\u0323", "ñ x\u0323", "ñ x\u0323"),
    ("İstanbul", "İstanbul", "İstanbul"),
    ("", "", ""),
]


@pytest.mark.parametrize(("raw", "norm", "folded"), CASES)
def test_examples(raw: str, norm: str, folded: str) -> None:
    text = Text(raw)
    assert (text.raw, text.norm, text.fold) == (raw, norm, folded)


SPANS = [  # as given, words of norm, the same words as given
    ("tỉnh Hoà Bình", "Hòa", "Hoà"),
    ("ti\u0309nh Hoa\u0300 Bi\u0300nh", "Hòa", "Hoa\u0300"),
    ("ti\u0309nh Hoa\u0300 Bi\u0300nh", "Bình", "Bi\u0300nh"),
    ("xã\r\nhộ ng\xadhèo, b", "nghèo", "ng\xadhèo"),
    ("xã\r\nhộ ng\xadhèo\u200b, b", "nghèo", "ng\xadhèo"),
    ("xã\r\n\r\nthôn", "\n\n", "\r\n\r\n"),
    ("e\u200b\u0302m", "êm", "e\u200b\u0302m"),
]


@pytest.mark.parametrize(("raw", "words", "given_words"), SPANS)
def test_a_span_leads_back_to_the_words_as_given(raw: str, words: str, given_words: str) -> None:
    text = Text(raw)
    at = text.norm.index(words)
    start, end = text.raw_span(at, at + len(words))
    assert raw[start:end] == given_words
    assert text.norm_offset(start) == at


# Letters of Vietnamese, composed and not, signs that need care, and anything else now and then.
VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
SYLLABLES = st.sampled_from(
    ["hoà", "hòa", "Hoá", "thuỷ", "THỦY", "quý", "tỉ", "tỷ", "Kỹ", "kĩ", "lý", "nghèo", "Đắk", "Ðà", "98", "28,94", "%",
     ".", ", ", " ", " ", " ", "\n", "\r\n", "\xa0", "\xad", "\u200b", "-", "–", "“", "”", "'", "_", "q", "TP."])
LETTERS = st.text(st.sampled_from(VOWELS + VOWELS.upper() + "đĐðÐbcdghklmnpqrstvx0123456789 \n.,%"), max_size=6)
MARKS = st.text(st.sampled_from("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323 e"), max_size=4)
PIECES = st.lists(st.one_of(SYLLABLES, LETTERS, MARKS), max_size=30).map("".join)
ANYTHING = st.text(st.characters(), max_size=40)
PRINTED = st.lists(st.one_of(SYLLABLES, LETTERS), max_size=30).map("".join)


def consonants(text: str) -> set[str]:
    return {c for c in text.lower() if c not in VOWELS and not unicodedata.combining(c)}


@given(st.one_of(PIECES, ANYTHING), st.data())
def test_every_span_slices_the_text_as_given(raw: str, data: st.DataObject) -> None:
    text = Text(raw)
    start = data.draw(st.integers(0, len(text.norm)))
    end = data.draw(st.integers(start, len(text.norm)))
    a, b = text.raw_span(start, end)
    assert 0 <= a <= b <= len(raw)
    assert (a == b) == (start == end)
    # What the span as given says is what the span says; only tones may stand elsewhere, and loose marks.
    assert consonants(Text(raw[a:b]).norm) >= consonants(text.norm[start:end])


@given(st.one_of(PIECES, ANYTHING))
def test_spans_follow_each_other_as_the_words_do(raw: str) -> None:
    text = Text(raw)
    spans = [text.raw_span(i, i + 1) for i in range(len(text.norm))]
    assert spans == sorted(spans)
    assert all(a < b for a, b in spans)


@given(st.one_of(PIECES, ANYTHING))
def test_fold_has_the_length_of_norm(raw: str) -> None:
    text = Text(raw)
    assert len(text.fold) == len(text.norm)
    assert fold(text.norm) == text.fold


@given(st.one_of(PIECES, ANYTHING))
def test_what_is_normalised_stays_as_it_is(raw: str) -> None:
    norm = Text(raw).norm
    assert Text(norm).norm == norm


@given(PRINTED)
def test_no_white_space_but_spaces_and_newlines_is_left(raw: str) -> None:
    assert all(c in " \n" for c in Text(raw).norm if c.isspace())


def variants(raw: str) -> dict[str, str]:
    """The same words written in other ways."""
    return {
        "decomposed": unicodedata.normalize("NFD", raw),
        "CRLF": raw.replace("\r\n", "\n").replace("\n", "\r\n"),
        "no-break spaces": raw.replace(" ", "\xa0"),
        "soft hyphens": raw.replace("gh", "g\xadh"),
        "zero-width spaces": raw.replace(" ", " \u200b"),
        "byte order mark": "\ufeff" + raw,
        "eth": raw.replace("Đ", "Ð").replace("đ", "ð"),
        "Windows's tones": "".join(partly_decomposed(c) for c in raw),
    }


def partly_decomposed(letter: str) -> str:
    """Hat or breve in the letter, the tone after it, as Windows writes Vietnamese."""
    for tone in "\u0300\u0301\u0303\u0309\u0323":
        if tone in unicodedata.normalize("NFD", letter):
            return unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter).replace(tone, "")) + tone
    return letter


@given(PRINTED)
@example("Ngày 09/9/2021, tỷ lệ hộ nghèo ở Đắk Lắk giảm còn 28,94%.\nÔng Hoàng nói")
def test_variants_give_the_same_view(raw: str) -> None:
    text = Text(raw)
    for name, variant in variants(raw).items():
        other = Text(variant)
        assert other.norm == text.norm, name
        assert other.fold == text.fold, name


@given(PRINTED, st.data())
def test_variants_give_the_same_spans(raw: str, data: st.DataObject) -> None:
    """A span of the view leads to words which, in each variant, are the variant of the words as given."""
    text = Text(raw)
    start = data.draw(st.integers(0, len(text.norm)))
    end = data.draw(st.integers(start, len(text.norm)))
    a, b = text.raw_span(start, end)
    for name, variant in variants(raw).items():
        c, d = Text(variant).raw_span(start, end)
        assert unicodedata.normalize("NFC", Text(variant[c:d]).norm) == Text(raw[a:b]).norm, name


@given(st.lists(st.sampled_from(["hoà", "hoá", "thuỷ", "uỷ", "khoẻ", "Toà", "loá", "huỷ", "nhuỵ", "quỳ", "xã", "5%"])))
def test_old_and_new_tone_placement_are_one(words: list[str]) -> None:
    new = {"hoà": "hòa", "hoá": "hóa", "thuỷ": "thủy", "uỷ": "ủy", "khoẻ": "khỏe", "Toà": "Tòa", "loá": "lóa",
           "huỷ": "hủy", "nhuỵ": "nhụy"}
    assert Text(" ".join(words)).norm == " ".join(new.get(w, w) for w in words)


@given(st.lists(st.sampled_from(["tỷ", "lý", "kỹ", "mỹ", "quý", "hy", "sỹ", "sy"])))
def test_i_and_y_are_one_when_folded(words: list[str]) -> None:
    with_i = [unicodedata.normalize("NFC", unicodedata.normalize("NFD", w).replace("y", "i")) for w in words]
    assert Text(" ".join(words)).fold == Text(" ".join(with_i)).fold


@given(st.integers(0, 30), PRINTED)
@settings(max_examples=50)
def test_norm_offset_finds_the_character_that_stands_there(at: int, raw: str) -> None:
    text = Text(unicodedata.normalize("NFD", raw))
    at = min(at, len(text.raw))
    found = text.norm_offset(at)
    assert 0 <= found <= len(text.norm)
    if found < len(text.norm):
        start, end = text.raw_span(found, found + 1)
        assert at < end
        assert start <= at or not any(a <= at < b for a, b in (text.raw_span(i, i + 1) for i in range(found)))


def test_a_memo_gives_what_its_function_gives_and_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.text.normalize._MEMO_SIZE", 3)
    memo = Memo(str.upper)
    assert [memo[c] for c in "abcdeabc"] == list("ABCDEABC")
    assert len(memo) <= 3
