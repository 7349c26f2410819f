"""`extractor.people.ner` must say exactly what `underthesea.ner` says, and say where the names stand."""

from __future__ import annotations

import gzip
import importlib
import itertools
import json
import os
import pickle
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import ExtractorError
from extractor.people import segment, viterbi
from extractor.people.crf import Memo, Weights, read_weights
from extractor.people.ner import Entity, EntityTagger, tagger

Tagged = list[tuple[str, str, str, str]]

CORPUS = Path(__file__).parent.parent / "corpus"
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
SENTENCES = [
    "Ông Nguyễn Văn Bình, Chủ tịch UBND tỉnh Cao Bằng, phát biểu tại hội nghị.",
    "Năm 2023, tỷ lệ hộ nghèo của huyện Bảo Lạc giảm 4,23%, còn 27.846 hộ.",
    "Bà Lê Thị Hoa (Giám đốc Sở Y tế TP.HCM) cho biết: “Dịch đã được kiểm soát”.",
    "Bộ Giáo dục và Đào tạo vừa ban hành Nghị định số 81/2021/NĐ-CP.",
    "TP. Hồ Chí Minh và Hà Nội là hai thành phố lớn nhất Việt Nam.",
    "Chiều 20.08.2014, lúc 10:20:50, xe 43H-0530 rời Đà Nẵng đi Huế.",
    "Theo ông A., dự án do Công ty H&M và Samsung cùng đầu tư 4.123,2 tỷ đồng.",
    "Người H'Mông ở xã N’Thôn Hạ trồng lúa, ngô, khoai, v.v...",
    "Liên hệ: thuy.linh@example.com, http://example.com/tin(1)?a=b hoặc 03-5730-2357.",
    "Thủ tướng Anh John Smith gặp Tổng thống Mỹ Mary Brown ở Cornwall.",
    "These are English words: Thus, Thesis, New York Times, and nothing else.",
    "HÀ NỘI MƯA TO, NHIỀU TUYẾN PHỐ NGẬP SÂU",
    "hà nội mưa to, nhiều tuyến phố ngập sâu",
    "Hoà bình, hòa bình, thuỷ lợi, thủy lợi, quí, quý; baì, nghành, nghàn.",
    "Ðoàn đại biểu Quốc hội tỉnh Ðắk Lắk (viết bằng chữ Ð khác).",
    "- Thưa ông, vì sao giá xăng tăng? - Vì giá dầu thế giới tăng!",
    "1. Tên dự án: Khu đô thị 3x4, diện tích 12.000 m², vốn >= 5%.",
    "Nhiệt độ 38°C => nắng nóng ==> cháy rừng -> di dân >> hết.",
    "Vui quá :D :)) <3 ♥‿♥ 😀 👨‍👩‍👧‍👦 🇻🇳",
    "Đội tuyển U23 Việt Nam thắng Thái Lan 2-1, lên ngôi vô địch SEA Games 31.",
    "Ngân hàng Nhà nước Việt Nam giữ nguyên lãi suất 6%/năm.",
    "PGS.TS Trần Đình Phú, nguyên Cục trưởng Cục Y tế dự phòng (Bộ Y tế).",
    "Tp. Vinh, Mr. Smith, Mrs. Smith, Ms. Lan, Dr. Hải, ThS. Nam, Th.S Mai.",
    "Công an phường 5, quận 3 tạm giữ Nguyễn Văn A và Trần B.",
    "Quốc lộ 1A qua Hà Tĩnh - Quảng Bình bị ngập 0,5m; xe 4K, TV 8K.",
    "“Tôi không biết”, anh nói, “và cũng không muốn biết…”",
    "Ai? Gì?? Sao!!! Ừ....",
    "Xã Ea Sô, huyện Ea Kar; xã Đắk R'Măng, huyện Đắk Glong.",
    "Giá vàng SJC: mua 66,5 - bán 67,2 triệu đồng/lượng (+/-0,1).",
    "Chị Giàng Thị Mỷ 32 tuổi dân tộc Mông ở Mèo Vạc nuôi 5 con bò.",
    "Viện Khoa học Xã hội Việt Nam và Đại học Quốc gia Hà Nội ký kết.",
    "Trung tâm Dự báo khí tượng thủy văn quốc gia cảnh báo lũ quét.",
    "Ảnh: TTXVN",
    "Nguyễn Văn A",
    "Hà Nội",
    "BOS EOS X True False None",
    "X X X X",
    "a b c d e f g",
    "1 2 3 4 5 2147483647 2147483648 99999999999",
    "A. B. C. D.",
    ".",
    "Người dân thôn 1, thôn 2, thôn 3, thôn 4 và thôn 5 đã có điện.",
    "Bảo hiểm xã hội Việt Nam (BHXH) chi trả 1.234.567 người.",
]
ODD = [
    "", ".", "...", "!", "?", ":D", ":))", "<3", "😀", "\u0301", "\u0323", "\u031b", "\u200b", "\ufeff", "\xa0", "\t",
    "\n", "\r\n", "\x1c", "\x85", "\u2003", "\0", "–", "“", "”", "'", "’", '"', "(", ")", "[", "@", "#", "$", "%", "&",
    "*", "/", "\\", "|", "~", "^", "+", "-", "=", "_", "BOS", "EOS", "X", "v.v.", "T.Ư", "Tp.", "Mr.", "ThS.", "ThếS",
    "A.", "Đ.", "H'Mông", "a@b.c", "x.vn/", "02/05/2014", "1/2", "4K", "43H-0530", "5%", "+5", "٣", "x²", "½", "ð", "İ",
    "ß", "ΑΣ", "ǅ", "\u0958", "\ufb2c", "\u1100\u1161\u11a8", "豈", "Ⅷ", "𝐀", "baì", "nghàn", "=>", "3x4", "°C", "a-b",
    "1_000"]


def original(sentence: str) -> Tagged:
    """What underthesea says."""
    found: Tagged = importlib.import_module("underthesea").ner(sentence)
    return found


def assert_same(sentences: list[str]) -> None:
    """Compare sentence by sentence, naming the first one that differs by its number only (it may be a newspaper's)."""
    ours = tagger()
    different = [number for number, sentence in enumerate(sentences) if ours.tag(sentence) != original(sentence)]
    assert not different, f"{len(different)} of {len(sentences)} sentences differ, the first is number {different[0]}"


def sentences_of(texts: Iterator[str]) -> list[str]:
    """The texts cut into sentences."""
    return [sentence for text in texts for sentence in SENTENCE_END.split(text) if sentence.strip()]


def texts_of(path: Path) -> Iterator[str]:
    """The texts of a file of JSON Lines, compressed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


@pytest.mark.parametrize("sentence", ["", " ", "\n", *SENTENCES])
def test_same_on_own_sentences(sentence: str) -> None:
    assert tagger().tag(sentence) == original(sentence)


def test_same_on_the_corpus() -> None:
    files = sorted(CORPUS.glob("*.txt"))
    if not files:
        pytest.skip("no corpus here")
    assert_same(sentences_of(path.read_text(encoding="utf-8") for path in files))


def test_same_on_a_dump() -> None:
    dump = os.environ.get("EXTRACTOR_DUMP")
    if not dump:
        pytest.skip("EXTRACTOR_DUMP names no file")
    sentences = sentences_of(itertools.islice(texts_of(Path(dump)), 2_000))
    random.Random(1).shuffle(sentences)
    assert_same(sentences[:1_000])


@pytest.mark.parametrize("change", [
    lambda s: unicodedata.normalize("NFD", s), str.upper, str.title, str.swapcase, lambda s: s.replace(" ", "\n"),
    lambda s: s.replace(" ", "  ") + "\n", lambda s: s + " \n", lambda s: "\t" + s + "\n\n", lambda s: s[::-1]])
def test_same_on_changed_sentences(change: Callable[[str], str]) -> None:
    assert_same([change(sentence) for sentence in SENTENCES])


def test_same_on_long_sentences() -> None:
    rows = random.Random(2).sample(SENTENCES, 20)
    assert_same([" ".join(rows), "đi " * 151, "! " * 150, "Hà Nội, " * 60, "x" * 5_000, "1,2.3-" * 200])


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A sentence of ours with pieces dropped, doubled, moved and strange things put in."""
    pieces = draw(st.sampled_from(SENTENCES)).split(" ")
    strange = st.sampled_from(ODD) | st.text(max_size=4) | st.integers(0, 10**10).map(str)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(pieces)))
        kind = draw(st.integers(0, 4))
        if kind == 0:
            pieces.insert(at, draw(strange))
        elif kind == 1:
            pieces[at:at + 1] = []
        elif kind == 2:
            pieces[at:at] = pieces[at:at + 1] * draw(st.integers(1, 6))
        elif kind == 3 and at < len(pieces):
            inside = draw(st.integers(0, len(pieces[at])))
            pieces[at] = pieces[at][:inside] + draw(strange) + pieces[at][inside:]
        else:
            pieces = pieces[at:] + pieces[:at]
    return draw(st.sampled_from([" ", " ", " ", "\n", "\u3000"])).join(pieces)


@settings(max_examples=250, deadline=None)
@given(mutated() | st.lists(st.sampled_from(ODD), max_size=12).map("".join) | st.text(max_size=40))
def test_same_on_mutated_sentences(sentence: str) -> None:
    if any(0xD800 <= ord(char) < 0xE000 for char in sentence):
        return
    assert tagger().tag(sentence) == original(sentence)
    at = 0
    for start, end, label in tagger().entities(sentence):
        assert at <= start < end <= len(sentence)
        assert not sentence[start].isspace()
        assert not sentence[end - 1].isspace()
        assert label in {"PER", "LOC", "ORG"}
        at = start


def test_the_original_decides_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (viterbi, segment):
        monkeypatch.setattr(module, "tolerance", lambda _length, _largest: 1e9)
    assert [tagger().tag(sentence) for sentence in SENTENCES] == [original(sentence) for sentence in SENTENCES]


def test_entities_in_the_text_as_given() -> None:
    text = "Hôm qua,  ông Nguyễn Văn Bình\tđã đến Hà Nội."
    found = tagger().entities(text)
    assert [(text[e.start:e.end], e.label) for e in found] == [("Nguyễn Văn Bình", "PER"), ("Hà Nội", "LOC")]
    assert isinstance(found[0], Entity)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_entities_do_not_depend_on_the_unicode_form(sentence: str) -> None:
    def found(text: str) -> list[tuple[str, str]]:
        entities = tagger().entities(text)
        return [(unicodedata.normalize("NFC", text[e.start:e.end]), e.label) for e in entities]

    composed = unicodedata.normalize("NFC", sentence)
    assert found(unicodedata.normalize("NFD", composed)) == found(composed)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_spans_hold_their_tokens(sentence: str) -> None:
    tokenizer = tagger()._load()[0]
    normal = importlib.import_module("underthesea").text_normalize
    for text in (sentence, unicodedata.normalize("NFD", sentence)):
        tokens, spans = tokenizer.tokens(text), tokenizer.spans(text)
        assert len(tokens) == len(spans)
        for token, (start, end) in zip(tokens, spans, strict=True):
            # Taken out of its place, a short form may fall apart; its characters stay.
            assert normal(text[start:end]).replace(" ", "") == token
        assert "".join(text[start:end] for start, end in spans) == "".join(text.split())


def test_half_a_surrogate_pair_is_an_error() -> None:
    for text in ("\ud800", "Hà Nội \udfff mưa"):
        with pytest.raises(ExtractorError, match="surrogate"):
            tagger().tag(text)


def test_answers_do_not_depend_on_the_past() -> None:
    fresh = EntityTagger()
    expected = [tagger().tag(sentence) for sentence in SENTENCES]
    assert [fresh.tag(sentence) for sentence in reversed(SENTENCES)] == expected[::-1]
    tokenizer, segmenter, words = fresh._load()
    for memo in (tokenizer._inner, tokenizer._last, tokenizer._parts, segmenter._syllables, words._rows):
        memo.clear()
        memo._limit = 3
    assert [fresh.tag(sentence) for sentence in SENTENCES] == expected
    assert len(segmenter._syllables) <= 3


def test_pickle_carries_no_models() -> None:
    tagger().tag("Hà Nội")
    data = pickle.dumps(tagger())
    assert len(data) < 200
    assert pickle.loads(data).tag(SENTENCES[0]) == tagger().tag(SENTENCES[0])


def test_memo_is_bounded() -> None:
    made: list[str] = []

    def make(key: str) -> int:
        made.append(key)
        return len(key)

    memo = Memo(make, 2)
    assert [memo[key] for key in ("a", "bb", "a", "ccc", "a", "x" * 1_000)] == [1, 2, 1, 3, 1, 1_000]
    assert made == ["a", "bb", "ccc", "a", "x" * 1_000]
    assert len(memo) == 2


@pytest.mark.parametrize("data", [b"", b"lCRF", b"x" * 200, b"lCRF\0\0\0\0FOMC" + b"\xff" * 60])
def test_broken_model_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(data)
    with pytest.raises(ExtractorError, match="cannot read"):
        read_weights(path)
    with pytest.raises(ExtractorError, match="cannot read"):
        read_weights(tmp_path / "none.bin")


def weights_of(labels: int, seed: int, scale: float) -> Weights:
    """A made-up model without attributes that matter."""
    transitions = np.random.default_rng(seed).normal(0.0, scale, (labels, labels))
    return Weights(tuple(f"L{number}" for number in range(labels)), ("a",), np.ones((1, labels)), transitions)


def best_by_hand(scores: np.ndarray[tuple[int, ...], np.dtype[np.float64]], model: Weights) -> list[int]:
    """The best of all sequences, by trying them all."""
    def total(path: list[int]) -> float:
        steps = sum(model.transitions[a, b] for a, b in itertools.pairwise(path))
        return float(steps + sum(scores[at, label] for at, label in enumerate(path)))

    return max(map(list, itertools.product(range(len(model.labels)), repeat=len(scores))), key=total)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6), st.sampled_from([0.2, 1.0, 5.0]))
def test_decoders_find_the_best_sequence(seed: int, length: int, scale: float) -> None:
    first, second = weights_of(4, seed, scale), weights_of(3, seed + 1, scale)
    scores = np.random.default_rng(seed + 2).normal(0.0, 2.0, (length, 7))
    expected = [best_by_hand(scores[:, :4], first), best_by_hand(scores[:, 4:], second)]
    assert viterbi.PruningDecoder(first, 1).decode(scores[:, :4]) == expected[0]
    assert viterbi.ClimbingDecoder([first, second], 1).decode(scores) == expected


@pytest.mark.parametrize("length", [1, 2, 5, 300, 1_301])
def test_decoders_agree_at_any_length(length: int) -> None:
    models = [weights_of(4, 5, 2.0), weights_of(3, 6, 2.0)]
    scores = np.random.default_rng(length).normal(0.0, 2.0, (length, 7))
    expected = [viterbi.PruningDecoder(models[0], 1).decode(scores[:, :4]),
                viterbi.PruningDecoder(models[1], 1).decode(scores[:, 4:])]
    assert None not in expected
    assert viterbi.ClimbingDecoder(models, 1).decode(scores) == expected


@pytest.mark.parametrize("length", [1, 2, 3, 8, 1_301])
def test_decoders_give_up_on_ties(length: int) -> None:
    clear = weights_of(3, 7, 1.0)
    tied = Weights(clear.labels, clear.attributes, clear.state, np.zeros((3, 3)))
    scores = np.random.default_rng(8).normal(0.0, 2.0, (length, 6))
    scores[length // 3, 3:] = [1.0, 1.0, 0.0]
    assert viterbi.PruningDecoder(tied, 1).decode(scores[:, 3:]) is None
    first, second = viterbi.ClimbingDecoder([clear, tied], 1).decode(scores)
    assert first == viterbi.PruningDecoder(clear, 1).decode(scores[:, :3])
    assert second is None
