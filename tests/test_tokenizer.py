"""Where the tokenizer cuts, one line per case: text and expectation in one string.

A space separates two tokens, "|" cuts where the text has no space, "~" stands for a space inside a token. So
"Tỷ lệ 98|%|.|Số hộ" is the text "Tỷ lệ 98%.Số hộ" and says that it has the seven tokens Tỷ, lệ, 98, %, ., Số, hộ.
"""

from __future__ import annotations

import pytest

from extractor.patterns import load_patterns
from extractor.text.normalize import Text
from extractor.text.tokens import Tokens, compile_tokens

CASES = """
# syllables and marks
Tỷ lệ hộ nghèo giảm nhanh|.
Cao Bằng|, Bắc Kạn và Hà Giang
Hộ nghèo|; cận nghèo|: giảm|!
“|Xã về đích sớm|”|, ông Nam nói
(|chiếm 5|%|)
Thừa Thiên - Huế
Thừa Thiên|-|Huế
Thái Nguyên|–|Cao Bằng
vay vốn|/|hộ
ô|-|tô
người H'Mông
Ê|-|đê và Ba|-|na
hỗ trợ A&B

# numbers with decimal comma and thousands dot
Tỷ lệ 28,94|%|.|Tỷ lệ
Tỷ lệ|28,94|%|.|Tỷ lệ
còn 5.349 hộ
vay 1.234.567,89 đồng
vay 1.234.567 đồng
xếp thứ 02 toàn tỉnh
giảm 0,5 điểm
vào năm 2023|.
từ 1,5|-|2|%|/|năm
từ 02 - 2,5|%
từ 1|%|-|1,5|%
đạt 98|%|.|Tỷ lệ
còn 24,71|% .|Tỷ lệ
năm 2021|-|2025
năm 2021 – 2025
có 11|/|11 huyện
quý 3|/|2023
hơn 2.000|đ|/|kg
tăng 20|% so
+|5,2|%
gần 30|a
10|h|30 sáng
giá 5|$
đường số 7,8|,|x

# abbreviations
UBND tỉnh
HĐND|, UBMTTQ
TP. Hồ Chí Minh
TP.|Hồ Chí Minh
TP.HCM có
TP.|Hà Giang
Tp. Huế
TX. Nghĩa Lộ
TT. Yên Bình
Q.|1|, P.|13
H. Bảo Lạc|, X. Hồng Trị
Sở LĐ-TB&XH tỉnh
Sở LĐTB&XH tỉnh
Sở LĐ~-~TB&XH tỉnh
Sở NN&PTNT
Sở NN~và~PTNT
Bộ GD-ĐT
phát triển KT-XH
PGS.TS. Trần Văn An
PGS.TS Trần Văn An
ThS.|BS Lê Bình
T.Ư Đảng
đ/c Hoàng
ngô|, lạc|, v.v.
ngô|, lạc|, v.v|...
ca Covid-19 mới
vi|-|rút A/H5N1
Công ty TNHH~MTV An Phú
ông N|.|V|.|A
ảnh|: P|.|V
vitamin D|.

# units and symbols that hold a digit
rộng 27 km2
rộng 27|km2
rộng 1.200|m2|.
đào 500 m3|/|ngày
5G và 4G
thải CO2|.
đội U23 Việt Nam

# numbers of documents
Kế hoạch 415/KH-UBND
Kế hoạch số 415/KH-UBND|.
Nghị quyết 47-NQ/TU
Quyết định 1719/QĐ-TTg|, ngày
Nghị định 07/2021/NĐ-CP quy định
Thông tư 03/2022/TT-BLĐTBXH
Công văn 12a/CV-UBND
Chỉ thị 20/Ct-TU
Chương trình 135
tổ 5|/|Bảo Lạc
chiếm 2|/|Ba

# dates
ngày 09/9/2021|, tỉnh
ngày 9-9-2021
ngày 09.09.2021|.
ngày 2021-09-09
ngày 9|/|9 hằng năm
ngày 9|.|Tỷ lệ
tháng 9|/|2021

# addresses of the web
xem https://caobang.gov.vn/tin-tuc?id=5|.
xem www.gso.gov.vn|, mục 3
gửi toasoan@baocaobang.vn|.
báo Cao Bằng|(|baocaobang|.|vn|)
@|toasoan

# ends of articles, three dots
(|Theo TTXVN|)|./.
Hoàng Anh /.
còn chậm|...
còn chậm|…
và|/|hoặc
"""


def parse(row: str) -> tuple[str, list[str]]:
    """The text of a row and the tokens that it should have; ValueError for a row that can't mean anything."""
    if not row or row != row.strip():
        raise ValueError(f"a row begins and ends with a token: {row!r}")
    tokens: list[str] = []
    text = ""
    for word in row.split(" "):
        pieces = word.split("|")
        if not word or "" in pieces[:-1] or (pieces[-1] == "" and len(pieces) < 2):
            raise ValueError(f"an empty token, or two spaces: {row!r}")
        if pieces[-1] == "":
            raise ValueError(f"a bar stands between two tokens without a space: {row!r}")
        tokens += [piece.replace("~", " ") for piece in pieces]
        text += (" " if text else "") + "".join(pieces).replace("~", " ")
    return text, tokens


def rows() -> list[str]:
    return [line for line in CASES.splitlines() if line and not line.startswith("# ")]


def tokens_of(text: str) -> Tokens:
    return load_patterns().tokenize(Text(text))


@pytest.mark.parametrize("row", rows())
def test_cuts(row: str) -> None:
    text, expected = parse(row)
    assert tokens_of(text).form == expected


def test_there_are_many_cases() -> None:
    assert len(set(rows())) == len(rows()) >= 60


@pytest.mark.parametrize("row", ["", " a", "a ", "a  b", "a||b", "|a", "a|", "a| b", "a |b"])
def test_a_malformed_row_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=r"a row|an empty|a bar"):
        parse(row)


KINDS = """
url       www.gso.gov.vn
abbr      TP.
abbr      LĐ-TB&XH
abbr      km2
code      415/KH-UBND
date      09/9/2021
number    5.349
word      UBND
word      nghèo
mark      %
mark      ./.
mark      …
"""


@pytest.mark.parametrize("row", KINDS.strip().split("\n"))
def test_kinds(row: str) -> None:
    kind, token = row.split()
    assert tokens_of(token).kind == [kind]


def test_newlines_are_tokens() -> None:
    tokens = tokens_of("Xã\n\nHuyện \r\n Tỉnh")
    assert tokens.form == ["Xã", "\n\n", "Huyện", "\n", "Tỉnh"]
    assert tokens.kind == ["word", "newline", "word", "newline", "word"]


def test_text_is_the_folded_form_of_each_token() -> None:
    tokens = tokens_of("Tỉ lệ “Hoà Bình”")
    assert tokens.text == ["tỉ", "lệ", '"', "hòa", "bình", '"']
    assert tokens_of("Tỷ lệ \"Hòa Bình\"").text == tokens.text


def test_offsets_are_those_of_the_normalised_text() -> None:
    text = Text("Tỷ lệ 28,94%.\nTP.\xa0Huế, TP.HCM  (1.200m2) ")
    tokens = load_patterns().tokenize(text)
    assert [text.norm[a:b] for a, b in zip(tokens.start, tokens.end, strict=True)] == tokens.form
    gaps = [text.norm[a:b] for a, b in zip([0, *tokens.end], [*tokens.start, len(text.norm)], strict=True)]
    assert not "".join(gaps).strip(" ")


def test_an_abbreviation_of_two_words_wins_over_its_first_word() -> None:
    pattern = compile_tokens(["tp bắc", "tp.", "tp.bắc"])
    assert Tokens(pattern, "ở tp bắc xa, tp bắcx, tp.bắc, tp.bắcx").form == [
        "ở", "tp bắc", "xa", ",", "tp", "bắcx", ",", "tp.bắc", ",", "tp.", "bắcx"]


def test_without_abbreviations_all_is_words_and_marks() -> None:
    assert Tokens(compile_tokens([]), "TP. A&B, 5 km2").form == ["TP", ".", "A&B", ",", "5", "km", "2"]


@pytest.mark.parametrize("hard", [".", "-", "a.", "a@", "1/", "1-AA", "www.", "TP.", "v.v.", "A/", "0.", "'a"])
def test_time_grows_linearly(hard: str) -> None:
    """Ten thousand repetitions of what could make the expression try again and again still take no time."""
    import time

    started = time.process_time()
    tokens_of(hard * 10_000)
    assert time.process_time() - started < 2
