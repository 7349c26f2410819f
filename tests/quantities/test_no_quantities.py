"""Figures that measure nothing: parts of codes, labels, ages, times, names, years; and figures that only look like one."""

from __future__ import annotations

import pytest
from drafts import quantities


@pytest.mark.parametrize("text", [
    "Biển số A-12 đã đổi.", "Mẫu B12 được chọn.", "Tệp hồ_12 hộ đã mất.", "Mã 12-A được chọn.", "Mã 12/B5 được chọn.", "Mã 12_b được chọn.", "Mã 12.345-A7.",
    "Gói X/12 đã xong.", "Số liên lạc là 912345678.", "Mã bưu chính là 01234.", "Số máy 0912345678 người nghe."])
def test_a_figure_of_a_code(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(("text", "found"), [
    ("Đợt này có xã A-12 hộ.", ["12 hộ: 12 hộ"]), ("Có -12 hộ.", ["12 hộ: 12 hộ"]), ("(12 hộ)", ["12 hộ: 12 hộ"]),
    ("Nhóm A-5 triệu.", ["5 triệu: 5000000 đồng"]), ("Đạt 5 triệu-một kỷ lục.", ["5 triệu: 5000000 đồng"]),
    ("Có 12345678 hộ.", ["12345678 hộ: 12345678 hộ"]), ("Có 123456789 hộ.", []), ("Có 0123 hộ.", ["0123 hộ: 123 hộ"]),
    ("Có 1.234.567.890 hộ.", ["1.234.567.890 hộ: 1234567890 hộ"]), ("Có 123456789 triệu hộ.", ["123456789 triệu hộ: 123456789000000 hộ"]),
])
def test_a_figure_that_only_looks_like_a_code(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize("text", [
    "Theo Điều 5 Luật Đất đai.", "Nghị quyết 30 của huyện.", "Chương trình 135 bông hoa.", "Trên quốc lộ 4, đoạn qua xã.",
    "Học sinh lớp 12 dự thi.", "Đứng thứ 2 cả nước.", "Đứng thứ 2 huyện.", "Đứng thứ hai huyện.", "Đứng thứ 2 hộ.", "Phụ nữ tuổi 50 hộ nghèo.",
    "Thuộc nhóm 2 theo rà soát.", "Ngày 25 học sinh nghỉ.", "Năm 2030 xã về đích.", "Hotline: 12345 người trực.",
    "Điện thoại: 12.345 người nghe.", "Phường 12 xã hội."])
def test_a_figure_behind_a_label(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(("text", "found"), [
    # what is measured stays measured behind the same words
    ("Điều 5% số hộ mong muốn.", ["5% số: 5 %"]), ("Theo khoản 5 tỷ đồng.", ["5 tỷ đồng: 5000000000 đồng"]),
    ("Chương trình 135 hộ.", ["135 hộ: 135 hộ"]), ("Chương trình 135 người.", ["135 người: 135 người"]), ("Chương trình 135 ha.", []),
    ("Lớp 30 học sinh.", ["30 học sinh: 30 học sinh"]), ("Lớp 12 hộ.", ["12 hộ: 12 hộ"]), ("Lớp 12 dự án.", []), ("Lớp 12 ha.", ["12 ha: 12 ha"]),
    ("Khu 30 ha.", ["30 ha: 30 ha"]), ("Khu 30 hộ.", ["30 hộ: 30 hộ"]), ("Khu 30 doanh nghiệp.", ["30 doanh nghiệp: 30 doanh nghiệp"]),
    ("Khu 30 lượt.", ["30 lượt: 30 lượt"]), ("Khu 30 con bò.", ["30 con bò: 30 con bò"]), ("Khu 30 xã.", []),
    ("Đứng thứ 2 triệu đồng.", ["2 triệu đồng: 2000000 đồng"]), ("Đường 1,5 km.", ["1,5 km: 1.5 km"]), ("Đường 1.500 bông.", ["1.500 bông: 1500 bông"]),
    ("Lớp 1.500 bông.", ["1.500 bông: 1500 bông"]), ("Điều 1,5 bông.", ["1,5 bông: 1.5 bông"]), ("Số 1,5 bông.", ["1,5 bông: 1.5 bông"]),
    ("Chương trình 1,5 bông.", ["1,5 bông: 1.5 bông"]), ("Nhóm 3 nước đứng đầu.", ["3 nước: 3 nước"]),
    ("Trong số 30 học sinh.", ["30 học sinh: 30 học sinh"]), ("Trong số 30 bông.", ["30 bông: 30 bông"]), ("Tổng số 30 xã.", ["30 xã: 30 xã"]),
    ("Đường hai mươi xã.", ["hai mươi xã: 20 xã"]), ("Lễ hai mươi xã.", ["hai mươi xã: 20 xã"]),
    ("Mỗi năm 200 người.", ["200 người: 200 người"]), ("Mỗi năm 20 người.", ["20 người: 20 người"]), ("Năm 20 người.", []),
    ("Năm 2.000 người.", ["2.000 người: 2000 người"]), ("Năm 32 người.", ["32 người: 32 người"]), ("Năm 31 người.", []),
    ("Năm 1899 người.", ["1899 người: 1899 người"]), ("Lễ 1900 người.", []), ("Lễ 2100 người.", []), ("Lễ 2101 người.", ["2101 người: 2101 người"]),
    ("Lễ 2102 người.", ["2102 người: 2102 người"]), ("Lễ 20% hộ.", ["20%: 20 %"]), ("Lễ 20 triệu người.", ["20 triệu người: 20000000 người"]),
    ("Năm 20 đồng.", ["20 đồng: 20 đồng"]),
])
def test_a_quantity_behind_a_word_that_may_label(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Các lớp 9, 10 và 11 nghỉ học.", []), ("Lớp 9 và 10 hộ.", ["10 hộ: 10 hộ"]), ("Lớp 9 rồi 10 bông.", ["10 bông: 10 bông"]),
    ("Quận 1, 3 xã.", []), ("Quận 1, 3 ha.", ["3 ha: 3 ha"]), ("Quận 1, 3,5 bông.", ["3,5 bông: 3.5 bông"]), ("Có xe, 10 bông.", ["10 bông: 10 bông"]),
    (", 10 bông.", ["10 bông: 10 bông"]),
])
def test_a_figure_joined_to_a_label_is_one_too(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Trẻ em dưới 6 tuổi.", []), ("Trong 4 năm qua.", []), ("Mở cửa 24 giờ.", []), ("Trẻ 6 tháng tuổi.", []), ("Đội ghi 3 bàn.", []),
    ("Đội ghi ba bàn.", []), ("Phạt 5 năm tù.", []), ("VN-Index giảm 38 điểm.", ["38 điểm: 38 điểm"]), ("Bài thi được 38 điểm.", []),
    ("Cả nước mất điểm; VN-Index lên 1.038 điểm.", ["1.038 điểm: 1038 điểm"]),
    ("Bài thi được 38 điểm. VN-Index giảm.", []), ("Bài thi được 38 điểm, VN-Index giảm.", []),
    ("Bài thi được 38 điểm/năm.", ["38 điểm: 38 điểm per year"]), ("Bài thi được hai mươi điểm.", ["hai mươi điểm: 20 điểm"]),
])
def test_a_figure_before_an_age_a_time_or_a_score(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Cứ 100 hộ có 3 hộ tái nghèo.", ["3 hộ: 3 hộ"]), ("Cứ 1.000 hộ có 3 hộ.", ["3 hộ: 3 hộ"]), ("Cứ 10 hộ có 3 hộ.", ["3 hộ: 3 hộ"]),
    ("Cứ 10.000 hộ có 3 hộ.", ["3 hộ: 3 hộ"]), ("Cứ 100.000 hộ có 3 hộ.", ["3 hộ: 3 hộ"]), ("Cứ 1.000.000 hộ có 3 hộ.", ["3 hộ: 3 hộ"]),
    ("Giá 1 kg là 5 đồng.", ["5 đồng: 5 đồng"]), ("Cứ 12 hộ có 3 hộ.", ["12 hộ: 12 hộ", "3 hộ: 3 hộ"]), ("Giá 100 đồng.", ["100 đồng: 100 đồng"]),
    ("Cứ 10% thì nghỉ.", ["10%: 10 %"]), ("Số giường trên 1 vạn dân.", []), ("Số giường trên 10 vạn dân.", ["10 vạn dân: >100000 dân"]),
    ("Trên 1 vạn hộ.", ["1 vạn hộ: >10000 hộ"]), ("Trên 1 người.", ["1 người: >1 người"]), ("Có 100 hộ.", ["100 hộ: 100 hộ"]),
])
def test_what_a_rate_is_taken_of_is_no_count(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Bán chiếc Kaori 12 và phụ kiện.", []), ("Bán chiếc Kaori 12 bông.", []), ("Bán chiếc Kaori 12 hộ.", ["12 hộ: 12 hộ"]),
    ("Kaori 12 bông.", ["12 bông: 12 bông"]), ("Bán, Kaori 12 bông.", ["12 bông: 12 bông"]), ("Bán chiếc kaori 12 bông.", ["12 bông: 12 bông"]),
    ("Bán 2 Kaori 12 bông.", []), ("12 bông.", ["12 bông: 12 bông"]), ("Bán chiếc Kaori 12 triệu.", ["12 triệu: 12000000 đồng"]),
    ("Bán chiếc Kaori - 12 bông.", ["12 bông: 12 bông"]),
])
def test_a_figure_behind_a_name_is_part_of_it(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize(("text", "found"), [
    ("Tới 2075 bông.", []), ("Tới 2101 bông.", ["2101 bông: 2101 bông"]), ("Tới 1899 bông.", ["1899 bông: 1899 bông"]), ("Tới 2075 hộ.", ["2075 hộ: 2075 hộ"]),
    ("Tới 2075 triệu.", ["2075 triệu: 2075000000 đồng"]), ("Tới 2.030 bông.", ["2.030 bông: 2030 bông"]), ("Tới 02075 bông.", []),
])
def test_four_digits_alone_are_a_year(text: str, found: list[str]) -> None:
    assert quantities(text) == found


@pytest.mark.parametrize("text", ["Tặng 12.", "Tặng 12 và 15.", "Tặng 12 Bông.", "Tặng 12 ý.", "Cao 9 M.", "Tặng 12\nbông hoa.", "Tặng 12", "1. Mục tiêu", "2) Nhiệm vụ", "3 - Giải pháp"])
def test_a_figure_without_a_unit(text: str) -> None:
    assert quantities(text) == []
