"""Where sentences end, one line per case: text and expectation in one string.

"|" cuts the text in sentences and the white space between them: "98%.| |Tỷ lệ" are two sentences with a space between,
"98%.|Tỷ lệ" two without, and a line without a bar is one sentence. "⏎" stands for a newline.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from extractor.draft import Article, Draft, SectionSpan
from extractor.patterns import Patterns, load_patterns
from extractor.text.normalize import Text
from extractor.text.sentences import enders, set_sentences, split

CASES = """
# plain ends
Tỷ lệ hộ nghèo giảm.| |Số hộ cận nghèo tăng.
Tỷ lệ hộ nghèo giảm!| |Thật nhanh.
Vì sao hộ nghèo giảm?| |Nhờ vốn vay.
Giảm nghèo.|   |Nước sạch.
Giảm nghèo|⏎|Nước sạch
Giảm nghèo.|⏎⏎|Nước sạch.
Giảm nghèo ;|⏎|nước sạch
Xã có 5 thôn
Hộ nghèo giảm; hộ cận nghèo tăng.

# a full stop without a space, or with one too many
đạt 98%.|Tỷ lệ hộ nghèo giảm
đạt 98%.| |Tỷ lệ hộ nghèo giảm
còn 24,71% .|Tỷ lệ cận nghèo giảm
còn 24,71% .| |Tỷ lệ cận nghèo giảm
đã thoát nghèo.|UBND huyện giao
đã xong.|Ở huyện Bảo Lạc
tại Hà Nội.|Ông Nam nói
trong năm 2023.|Năm 2024 sẽ khác
báo baocaobang.vn đưa tin
xem www.gso.gov.vn.| |Số liệu mới
xem thêm.|www.gso.gov.vn

# numbers, dates, documents
ngày 09/9/2021 có 3.000 hộ
ngày 09/9/2021.| |Tỷ lệ giảm
ngày 9.9.2021 có hai thôn
còn 5.349 hộ, chiếm 28,94%
năm 2021.| |5 huyện giảm
Kế hoạch số 415/KH-UBND của tỉnh.| |Mục tiêu là
Thông tư 07/2021/TT-BLĐTBXH.| |Mục tiêu là

# abbreviations
từ TP. Hồ Chí Minh đến
từ TP.Hồ Chí Minh đến TP.HCM
về TX. Nghĩa Lộ và TT. Yên Bình
ở Q. Tân Bình, P.13 và H. Bảo Lạc
PGS.TS. Trần Văn An, ThS. Lê Bình
trồng ngô, lạc, đậu v.v. trên đất đồi
trồng ngô, lạc, đậu v.v. và nuôi bò
trồng ngô, lạc, đậu v.v.| |Tỷ lệ giảm
(trồng ngô, lạc v.v.) đạt 5 ha
trồng ngô, lạc, v.v... trên đất đồi
Công ty ABC Inc.| |Ông Nam nói
học tại ĐH.Vinh và BV.Chợ Rẫy
Sở LĐ-TB&XH tỉnh.| |Ông Nam nói

# initials
Ông Đ. T. Nam ở Hà Giang
Nghi phạm Nguyễn Văn A. Trần bị bắt
theo M.P và N.V.A đưa tin
Ảnh: P.V
Kh. Uyên - Th. An đưa tin
tại Đông Nam Á.| |Nhiều nước đã giảm
Nguyễn T.Tâm.| |Đến nay
uống vitamin C.

# quotation marks and brackets
“Hộ nghèo đã giảm.”| |Ông Nam nói.
“Hộ nghèo đã giảm”.| |Ông Nam nói.
“Hộ nghèo đã giảm.”.| |Ông Nam nói.
“Hộ nghèo giảm.| |Xã đã về đích”, ông Nam nói.
“Vì sao giảm?”, ông Nam hỏi.
“Giảm nhanh quá!” - bà Hà nói.
“Giảm nhanh quá!” bà Hà nói.
"Vì sao giảm?", ông Nam hỏi.
Ông Nam nói: “Giảm rồi”.| |“Giảm bao nhiêu?”
Xã đã về đích (năm 2023.)| |Thôn thì chưa.
Xã đã về đích.|“Giảm rồi”
Xã đã về đích.|(Ảnh: Hoàng Nam)
Xã đã về đích.(theo báo cáo)

# three dots
trồng ngô, lạc… trên đất đồi
trồng ngô, lạc... trên đất đồi
(ngô, lạc...), chăn nuôi bò
trồng ngô, lạc…| |Tỷ lệ giảm
trồng ngô, lạc...| |Tỷ lệ giảm
chưa giảm…;  bò

# ends of articles
tiếp tục giảm./.| |Tin, ảnh: Hoàng Nam
tiếp tục giảm (TTXVN)./.
tiếp tục giảm./.|⏎|Hoàng Nam
Vì sao?!| |Vì nghèo.
Giảm..| |Tăng

# lists
1. Mục tiêu chung
1.2. Mục tiêu cụ thể
III. Kết quả
b. Kết quả
- 2. Kết quả đạt được.| |Năm 2023
gồm: 1. Giảm nghèo; 2. Nước sạch.
1. Giảm nghèo.| |2. Nước sạch.| |3. Điện.
Kết quả: 5.| |Thôn còn lại chưa đạt
"""


def parse(row: str) -> tuple[str, list[str]]:
    """The text of a row and its sentences; ValueError for a row that can't mean anything."""
    pieces = row.replace("⏎", "\n").split("|")
    gaps = [not piece.strip() for piece in pieces]
    if "" in pieces:
        raise ValueError(f"an empty piece: {row!r}")
    if gaps[0] or gaps[-1] or any(a and b for a, b in pairwise(gaps)):
        raise ValueError(f"white space at the edge, or twice: {row!r}")
    if any(piece != piece.strip() for piece, gap in zip(pieces, gaps, strict=True) if not gap):
        raise ValueError(f"a sentence begins and ends with a character: {row!r}")
    return "".join(pieces), [piece for piece, gap in zip(pieces, gaps, strict=True) if not gap]


def rows() -> list[str]:
    return [line for line in CASES.splitlines() if line and not line.startswith("# ")]


def sentences_of(text: str, patterns: Patterns | None = None) -> list[str]:
    patterns = patterns or load_patterns()
    norm = Text(text).norm
    tokens = patterns.tokenize(Text(text))
    return [norm[tokens.start[a]:tokens.end[b - 1]] for a, b in split(tokens, patterns.part(enders))]


@pytest.mark.parametrize("row", rows())
def test_ends(row: str) -> None:
    text, expected = parse(row)
    assert sentences_of(text) == expected


def test_there_are_many_cases() -> None:
    assert len(set(rows())) == len(rows()) >= 60


@pytest.mark.parametrize("row", ["", "a.|", "|a.", "a.||b", "a.| | |b", " |a", "a. |b", "a.| b"])
def test_a_malformed_row_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=r"empty piece|white space|a sentence"):
        parse(row)


def test_an_abbreviation_ends_a_sentence_only_where_the_patterns_say_so() -> None:
    text = "trồng ngô v.v. Tỷ lệ giảm"
    patterns = load_patterns()
    tokens = patterns.tokenize(Text(text))
    assert "v.v." in patterns.part(enders)
    assert "tp." not in patterns.part(enders)
    assert len(split(tokens)) == 1
    assert len(split(tokens, patterns.part(enders))) == 2


def draft_of(text: str, *sections: tuple[str, int, int]) -> Draft:
    draft = Draft(Article(text), load_patterns())
    draft.sections = [SectionSpan(*section) for section in sections]
    set_sentences(draft)
    return draft


def test_a_sentence_has_the_section_that_it_begins_in() -> None:
    draft = draft_of("Đầu đề\nThân bài. Câu hai.\nNguồn: TTXVN", ("title", 0, 6), ("body", 7, 26), ("byline", 26, 39))
    assert [s.section for s in draft.sentences] == ["title", "body", "body", "byline"]


def test_paragraphs_are_counted_from_the_first_line_with_text() -> None:
    draft = draft_of("Một. Hai.\n\nBa.\nBốn. Năm.")
    assert [s.paragraph for s in draft.sentences] == [0, 0, 1, 2, 2]


def test_sentences_hold_all_tokens_but_newlines_once() -> None:
    draft = draft_of("\nMột. Hai!\n\n“Ba?”, bốn… \n Năm")
    covered = [i for s in draft.sentences for i in range(s.first, s.last)]
    assert covered == [i for i, kind in enumerate(draft.tokens.kind) if kind != "newline"]
    for number, sentence in enumerate(draft.sentences):
        assert sentence.index == number
        assert draft.text.norm[sentence.start:sentence.end] == re.sub(
            r"^\s+|\s+$", "", draft.text.norm[sentence.start:sentence.end])


@pytest.mark.parametrize(("text", "sizes"), [
    ("hộ " * 399 + ".", [400]),
    ("hộ " * 400 + ".", [400, 1]),
    ("hộ, " * 500, [400, 400, 200]),
    (("hộ, " * 120 + "xã; ") * 3, [242, 242, 242]),
    ("xã; " + "hộ " * 600, [400, 202]),
])
def test_a_sentence_without_end_is_cut(text: str, sizes: list[int]) -> None:
    """No step should take for ever over it. At a semicolon if one stands well, else at a comma, else anywhere."""
    patterns = load_patterns()
    tokens = patterns.tokenize(Text(text))
    pieces = split(tokens, patterns.part(enders))
    assert [last - first for first, last in pieces] == sizes
    assert [i for first, last in pieces for i in range(first, last)] == list(range(len(tokens)))


@pytest.mark.parametrize("hard", ["- . ", ".)", "“.", "a. ", "1. ", ". \n", "?! ", "(((. ", "Á. "])
def test_time_grows_linearly(hard: str) -> None:
    import time

    started = time.process_time()
    sentences_of(hard * 10_000)
    assert time.process_time() - started < 3
