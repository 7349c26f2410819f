"""What is read as a quantity: value, range, whole, unit, "per" and comparator of figures and number words."""

from __future__ import annotations

import pytest
from drafts import draft, quantities

from extractor.draft import Sentence
from extractor.steps import STEPS


@pytest.mark.parametrize(("text", "found"), [
    ("Tỷ lệ hộ nghèo giảm 4%.", ["4%: 4 %"]),
    ("Tỷ lệ che phủ rừng đạt 7.488%.", ["7.488%: 7.488 %"]),
    ("Tỷ trọng tăng 1.234 điểm phần trăm.", ["1.234 điểm phần trăm: 1.234 điểm phần trăm"]),
    ("Xã có 1,250 hộ và 3,400 nhân khẩu.", ["1,250 hộ: 1250 hộ", "3,400 nhân khẩu: 3400 nhân khẩu"]),
    ("Vườn rộng 1,250 ha.", ["1,250 ha: 1.25 ha"]),
    ("Giá 12,500 đồng một bó.", ["12,500 đồng: 12500 đồng"]),
    ("Trạm cách đây 5   km.", ["5   km: 5 km"]),
    ("Trạm cách đây 5    km.", []),
    ("Tặng 12 bánh chưng.", ["12 bánh: 12 bánh"]),
    ("Tặng 12 áo.", ["12 áo: 12 áo"]),
    # a noun of several syllables is one unit
    ("Mua 22 tiêm kích mới.", ["22 tiêm kích: 22 tiêm kích"]), ("Có 20 chiến đấu cơ.", ["20 chiến đấu cơ: 20 chiến đấu cơ"]),
    ("Mở 2 đường bay.", ["2 đường bay: 2 đường bay"]), ("Mua 22 tiêm kích", ["22 tiêm kích: 22 tiêm kích"]),
    ("Tặng 12 x vở.", []),
    ("Con số ghi nhận là 273.000 vào cuối kỳ.", ["273.000: 273000"]),
])
def test_a_figure_measures_what_its_unit_says(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Vốn 1,5 triệu đồng.", ["1,5 triệu đồng: 1500000 đồng"]),
    ("Vốn 1,234 triệu đồng.", ["1,234 triệu đồng: 1234000 đồng"]),
    ("Doanh thu 2,5 nghìn tỉ đồng.", ["2,5 nghìn tỉ đồng: 2500000000000 đồng"]),
    ("Xây nhà hết 50 tr.đ và 2 tỷđ.", ["50 tr.đ: 50000000 đồng", "2 tỷđ: 2000000000 đồng"]),
    ("Có 3 chục con giống.", ["3 chục con giống: 30 con giống"]),
    ("Máy giá 5 triệu rưỡi đồng, xe giá 2 tỷ rưỡi.", ["5 triệu rưỡi đồng: 5500000 đồng", "2 tỷ rưỡi: 2500000000 đồng"]),
    # without any noun, thousands and more are money; the rest are counted
    ("Quỹ thu 750 nghìn trong tuần đầu.", ["750 nghìn: 750000 đồng"]),
    ("Quỹ thu được 1,6 tỷ.", ["1,6 tỷ: 1600000000 đồng"]),
    ("Đàn có 3 trăm, bán bớt.", []),
    ("Hai triệu, ba triệu.", []),
    ("Cây cho 5 triệu bông.", ["5 triệu bông: 5000000 bông"]),
    ("Cho vay 5 triệu\nTỷ lệ tăng", ["5 triệu: 5000000 đồng"]),
])
def test_magnitudes_multiply(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Có hai mươi lăm nghìn hộ.", ["hai mươi lăm nghìn hộ: 25000 hộ"]),
    ("Hai triệu rưỡi người.", ["Hai triệu rưỡi người: 2500000 người"]),
    ("Có ba hộ thoát nghèo.", ["ba hộ: 3 hộ"]),
    ("Xã có năm dự án.", ["năm dự án: 5 dự án"]),
    ("Mười xã về đích.", ["Mười xã: 10 xã"]),
    # one is the article, and what begins like a number may be another word
    ("Có một hộ thoát nghèo.", []), ("Những năm xã đạt chuẩn.", []), ("Đây là năm bản lề.", []),
    ("Huyện Ba Tri có điện.", []), ("Anh Ba hộ nghèo.", []), ("Chị gặp Ba hộ nghèo.", []), ("Cả ba Xã Đoàn đều đạt.", []),
    ("Có tư hộ.", []), ("Không hộ nào nghèo.", []), ("Hái ba bông hồng.", []), ("Có ba  hộ.", []),
])
def test_a_lone_number_word_counts_only_before_a_unit(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Hai phần ba số hộ đã có điện.", ["Hai phần ba: 66.6666666666667 %"]),
    ("2 phần 3 số hộ đã có điện.", ["2 phần 3: 66.6666666666667 %"]),
    ("Gần 2/3 diện tích được tưới.", ["2/3: ~66.6666666666667 %"]),
    ("Số hộ có điện là 1/4 tổng.", ["1/4: 25 %"]),
    ("Khoảng 1/3 số hộ.", ["1/3: ~33.3333333333333 %"]),
    ("Chiếm tới 3/20.", ["3/20: 15 %"]),
    ("Chiếm tới 3/25.", []), ("Chiếm tới 3/3.", []), ("Chiếm tới 4/3.", []), ("Chiếm tới 1,5/3.", []), ("Chiếm tới 1 /3.", []),
    ("Ngày 2/5 vừa qua đã có mưa.", []), ("Trận đấu kết thúc 2/5 hiệp.", []), ("Ở khu phố 2/5 của phường.", []),
    ("Chia hai phần không đều.", []),
    ("Một nửa số hộ đã thoát nghèo.", ["Một nửa: 50 %"]),
    ("Thu nhập tăng gấp đôi, sản lượng gấp ba vụ trước.", ["tăng gấp đôi: 2 times", "gấp ba: 3 times"]),
])
def test_a_fraction_is_a_share_of_a_whole(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Mỗi năm giảm 1%-1,5% hộ nghèo.", ["1%-1,5%: 1–1.5 %"]),
    ("Mỗi năm giảm 02 - 2,5%.", ["02 - 2,5%: 2–2.5 %"]),
    ("Từ 85 đến 90 triệu đồng.", ["85 đến 90 triệu đồng: 85000000–90000000 đồng"]),
    ("Vay 900 nghìn đến 2 triệu đồng.", ["900 nghìn đến 2 triệu đồng: 900000–2000000 đồng"]),
    ("Khoảng 3 đến 5 hộ.", ["3 đến 5 hộ: ~3–5 hộ"]),
    ("Đạt từ 28% đến 34%.", ["28% đến 34%: 28–34 %"]),
    ("Đạt từ 28 đến 34%.", ["28 đến 34%: 28–34 %"]),
    ("Từ 900 đồng đến 2 triệu đồng.", ["900 đồng đến 2 triệu đồng: 900–2000000 đồng"]),
    ("Từ 1 đồng đến 2 triệu đồng.", ["1 đồng đến 2 triệu đồng: 1–2000000 đồng"]),
    ("Giá từ 5 đến 7 triệu.", ["5 đến 7 triệu: 5000000–7000000 đồng"]),
    # two levels of a change, a fall, two things, a list: no range
    ("Giảm từ 28% đến 24%.", ["28%: 28 %", "24%: 24 %"]),
    ("Tăng từ 24% đến 28%.", ["24%: 24 %", "28%: 28 %"]),
    ("Tăng từ 24 đến 28%.", ["24 đến 28%: 24–28 %"]),
    ("Từ 5% đến 3%.", ["5%: 5 %", "3%: 3 %"]), ("Từ 5% đến 5%.", ["5%: 5 %", "5%: 5 %"]),
    ("Từ 3 hộ đến 5 người.", ["3 hộ: 3 hộ", "5 người: 5 người"]),
    ("Từ 3 hộ đến hai mươi hộ.", ["3 hộ: 3 hộ", "hai mươi hộ: 20 hộ"]),
    ("Tỷ lệ lần lượt là 73% - 75% - 96%.", ["73%: 73 %", "75%: 75 %", "96%: 96 %"]),
    ("Tỷ lệ các xã là 73% - 75% - nơi khác thấp.", ["73% - 75%: 73–75 %"]),
    ("Các xã - 73% - 75%.", ["73% - 75%: 73–75 %"]),
])
def test_a_range_has_two_ends_in_one_unit(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Có 11/11 huyện đạt chuẩn.", ["11/11 huyện: 11 of 11 huyện"]),
    ("Có 8/11 huyện và 52 xã/136 xã về đích.", ["8/11 huyện: 8 of 11 huyện", "52 xã/136 xã: 52 of 136 xã"]),
    ("Nâng cấp 16,6/21,9km đường.", ["16,6/21,9km: 16.6 of 21.9 km"]),
    ("Có 17 hộ nghèo/50 hộ.", ["17 hộ nghèo/50 hộ: 17 of 50 hộ"]),
    ("Có 17 hộ rất nghèo/50 hộ.", ["17 hộ rất nghèo/50 hộ: 17 of 50 hộ"]),
    ("Có 17 hộ rất rất nghèo/50 hộ.", ["17 hộ: 17 hộ", "50 hộ: 50 hộ"]),
    ("Giải ngân 2/5 tỷ đồng.", ["2/5 tỷ đồng: 2000000000 of 5000000000 đồng"]),
    ("Giải ngân 32/50 tr.đ.", ["32/50 tr.đ: 32000000 of 50000000 đồng"]),
    ("Có 17 hộ/50 nghìn hộ.", ["17 hộ: 17 hộ", "50 nghìn hộ: 50000 hộ"]),
    ("Có 17 hộ/50 người.", ["17 hộ: 17 hộ", "50 người: 50 người"]),
    ("Có 40/50 bông đã nở.", ["40/50 bông: 40 of 50 bông"]),
    ("Có 40/0 bông.", []), ("Thực hiện 5/6 tháng đầu năm.", []),
])
def test_a_count_may_name_its_whole(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Các mức 30, 50 và 70%.", ["30: 30 %", "50: 50 %", "70%: 70 %"]),
    ("Thu hút 240.000 và 202.000 người.", ["240.000: 240000 người", "202.000 người: 202000 người"]),
    ("Mức 10; 20 hoặc 30 triệu đồng.", ["10: 10000000 đồng", "20: 20000000 đồng", "30 triệu đồng: 30000000 đồng"]),
    ("Mức 900 nghìn, 1 triệu đồng.", ["900 nghìn: 900000 đồng", "1 triệu đồng: 1000000 đồng"]),
    ("Các mức 1, 2, 3, 4, 5, 6, 7, 8%.", ["1: 1 %", "2: 2 %", "3: 3 %", "4: 4 %", "5: 5 %", "6: 6 %", "7: 7 %", "8%: 8 %"]),
    ("Các mức 1, 2, 3, 4, 5, 6, 7, 8, 9%.",
     ["2: 2 %", "3: 3 %", "4: 4 %", "5: 5 %", "6: 6 %", "7: 7 %", "8: 8 %", "9%: 9 %"]),
    ("Hỗ trợ 1.950, 2.100 người.", ["1.950: 1950 người", "2.100 người: 2100 người"]), ("Mức 1234, 30%.", ["1234: 1234 %", "30%: 30 %"]),
    ("Các loại 5, 7 ha.", ["7 ha: 7 ha"]),
    ("Trong 2022, 30%.", ["30%: 30 %"]), ("Khoảng hai mươi, 30%.", ["30%: 30 %"]), ("Mức 20, hai mươi%.", ["hai mươi%: 20 %"]),
    ("Điều 5, 30%.", ["30%: 30 %"]), ("Hôm mùng 5, 30%.", ["30%: 30 %"]), ("Vào ngày 5, 30%.", ["30%: 30 %"]), ("Có 0123456, 30%.", ["30%: 30 %"]), ("Xe B12, 30%.", ["30%: 30 %"]),
])
def test_figures_of_a_list_share_the_unit_of_a_later_one(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Thu nhập 30 triệu đồng/người/năm.", ["30 triệu đồng: 30000000 đồng per person-year"]),
    ("Thu 5 triệu đồng mỗi tháng.", ["5 triệu đồng: 5000000 đồng per month"]),
    ("Thu 5 triệu đồng tháng đó.", ["5 triệu đồng: 5000000 đồng"]),
    ("Giảm 1,5%/năm trở lên.", ["1,5%: ≥1.5 % per year"]),
    ("Đạt 5%/ kế hoạch.", ["5%: 5 %"]),
    ("Giá 60 USD/thùng.", ["60 USD: 60 USD per barrel"]),
])
def test_what_a_rate_is_taken_of(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Hơn 1.000 hộ.", ["1.000 hộ: >1000 hộ"]), ("Không quá 3%.", ["3%: ≤3 %"]), ("Ít nhất 3%.", ["3%: ≥3 %"]),
    ("Dưới 4%, trên 5%.", ["4%: <4 %", "5%: >5 %"]), ("Ước khoảng 40 hộ.", ["40 hộ: ~40 hộ"]),
    ("Tối đa bằng 5%.", ["5%: ≤5 %"]), ("Gần gấp 4 lần.", ["4 lần: ~4 lần"]),
    ("Hơn rất nhiều, 4%.", ["4%: 4 %"]), ("Tối đa là bằng 5%.", ["5%: ≤5 %"]), ("Hơn cả bằng là 5%.", ["5%: 5 %"]),
    ("Giảm từ 4% trở lên.", ["4%: ≥4 %"]), ("Từ 5 người trở xuống.", ["5 người: ≤5 người"]),
    ("Giảm (4%) trở lên.", ["4%: ≥4 %"]), ("Giảm 4%/ trở lên.", ["4%: ≥4 %"]), ("Giảm 4% dần trở lên.", ["4%: 4 %"]), ("Giảm 4%) dần trở lên.", ["4%: 4 %"]),
    ("Trên 4% trở xuống.", ["4%: ≤4 %"]), ("Có 4% hộ và 5% trở lên.", ["4%: 4 %", "5%: ≥5 %"]),
    ("Gần một nửa số hộ.", ["một nửa: ~50 %"]), ("Hơn 2/3 số hộ.", ["2/3: >66.6666666666667 %"]),
    ("Hơn 30, 50%.", ["30: >30 %", "50%: 50 %"]),
])
def test_the_words_beside_a_number_bound_it(text: str, found: list[str]) -> None:
    assert quantities(text) == found


def test_the_words_that_bound_it_are_its_evidence() -> None:
    after, before, bare = draft("Thu 4% trở lên, không quá 5%, còn 6%.", "quantities").quantities
    assert (after.comparator_rule, after.comparator_span) == ("or_more", (7, 14))
    assert (before.comparator_rule, before.comparator_span) == ("at_most", (16, 25))
    assert (bare.comparator_rule, bare.comparator_span) == ("bare", None)


@pytest.mark.parametrize(("text", "found"), [
    ("Dân số dự kiến là 273.000 vào cuối kỳ.", ["273.000: 273000 Dân số"]),
    ("Hộ nghèo của huyện tính đến nay là 5.349.", ["5.349: 5349 Hộ"]),
    ("Số hộ\nghi nhận là 5.349.", ["5.349: 5349"]),
    ("Số hộ mà từng đoàn đi qua hết thung lũng đã ghi lại được là 5.349.", ["5.349: 5349"]),
    ("Số hộ nghèo ghi nhận là 5349.", []), ("Số hộ nghèo ghi nhận là 5.34.", []),
    ("Số hộ ghi nhận là 0.999.", []),
])
def test_a_bare_figure_with_thousands_counts_the_noun_before_it(text: str, found: list[str]) -> None:
    assert quantities(text) == found


def test_no_count_goes_beyond_what_can_be_counted() -> None:
    assert quantities("Có " + "9" * 31 + " tỷ đồng và 5 hộ.") == ["5 hộ: 5 hộ"]
    assert quantities("Có 5 " + "tỷ " * 4 + "hộ và 5 hộ.") == ["5 hộ: 5 hộ"]
    assert quantities("Có 5 " + "nghìn " * 9 + "tỷđ và 5 hộ.") == ["5 hộ: 5 hộ"]


@pytest.mark.parametrize("text", [
    "Năm 2023, quý I/2024.", "Ngày 3/5/2023.", "Giai đoạn 2021 - 2025.", "Trong 6 tháng đầu năm."])
def test_the_figures_of_a_time_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


def test_figures_between_times_are() -> None:
    assert quantities("Năm 2022 có 5 hộ, năm 2023 có 6 hộ, hiện nay còn 7 hộ.") == ["5 hộ: 5 hộ", "6 hộ: 6 hộ", "7 hộ: 7 hộ"]


# --- where they stand -------------------------------------------------------------------------------------------------

def test_each_quantity_knows_its_sentence_and_its_words() -> None:
    made = draft("Xã có 5 hộ.\nMỗi hộ nhận 30 triệu đồng/năm.", "quantities")
    first, second = made.quantities
    assert [made.sentences[q.sentence].index for q in (first, second)] == [first.sentence, second.sentence]
    assert first.sentence < second.sentence
    assert made.text.norm[second.outer_start:second.outer_end] == "30 triệu đồng/năm"
    assert made.tokens.text[second.first:second.last] == ["30", "triệu", "đồng"]
    assert (first.kind, first.unit_id, second.kind, second.unit_id) == ("households", "household", "money", "dong")


def test_a_sentence_is_never_cut_inside_a_quantity() -> None:
    made = draft("Xã có 5 hộ nghèo và 7 người.", "periods")
    whole, tokens = made.sentences[0], made.tokens
    cut = tokens.text.index("hộ")
    made.sentences = [Sentence(0, whole.start, tokens.end[cut - 1], 0, cut, "body", 0),
                      Sentence(1, tokens.start[cut], whole.end, cut, whole.last, "body", 0)]
    STEPS["quantities"](made)
    assert [made.text.norm[s.start:s.end] for s in made.sentences] == ["Xã có 5 hộ", "nghèo và 7 người."]
    assert [(s.index, s.first, s.last) for s in made.sentences] == [(0, 0, cut + 1), (1, cut + 1, whole.last)]
    assert [q.sentence for q in made.quantities] == [0, 1]


def test_a_sentence_that_the_quantity_swallows_is_gone() -> None:
    made = draft("Xã có 5 hộ\n\nXã nghèo.", "periods")
    tokens = made.tokens
    cut = tokens.text.index("hộ")
    last = made.sentences[-1]
    made.sentences = [Sentence(0, 0, tokens.end[cut - 1], 0, cut, "body", 0),
                      Sentence(1, tokens.start[cut], tokens.end[cut], cut, cut + 1, "body", 0),
                      Sentence(2, last.start, last.end, last.first, last.last, "body", 2)]
    STEPS["quantities"](made)
    assert [(s.index, made.text.norm[s.start:s.end]) for s in made.sentences] == [(0, "Xã có 5 hộ"), (1, "Xã nghèo.")]


def test_a_sentence_that_ends_with_the_quantity_is_the_last_one() -> None:
    made = draft("Xã có 5 hộ.", "periods")
    cut = made.tokens.text.index("hộ")
    made.sentences = [Sentence(0, 0, made.tokens.end[cut - 1], 0, cut, "body", 0)]
    STEPS["quantities"](made)
    assert [(s.first, s.last) for s in made.sentences] == [(0, cut + 1)]


@pytest.mark.parametrize("text", ["Hơn 2/3 diện tích", "Tăng gấp đôi", "Đạt 30, 40%"])
def test_without_a_rate_a_quantity_ends_where_its_words_end(text: str) -> None:
    for q in draft(text, "quantities").quantities:
        assert (q.outer_start, q.outer_end) == (q.start, q.end)


@pytest.mark.parametrize(("text", "kind"), [("Một nửa số hộ", "percent"), ("Tăng gấp đôi", "other"), ("Tăng gấp ba", "other"), ("Hơn 2/3 số hộ", "percent")])
def test_shares_are_percentages_and_multiples_are_not(text: str, kind: str) -> None:
    assert [q.kind for q in draft(text, "quantities").quantities] == [kind]
