"""Who said it: one line per case, the numbers marked up with the official who is quoted for them.

``<q1>5%</q1>`` is a number that the first official named in the row states, ``<q2>…`` the second, ``<q0>…`` a number
that nobody is quoted for. ``|`` stands for a line break. All sentences are made up.
"""

from __future__ import annotations

import re

import pytest

from extractor.draft import Article, Bound, Draft, Quantity
from extractor.patterns import load_patterns
from extractor.people.speakers import set_speakers
from extractor.steps import STEPS

_TAG = re.compile(r"</?q(\d)>")
_BEFORE = [name for name in STEPS if name not in ("observations", "speakers")]


def parse(row: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text of a row and its numbers (start, end, speaker from 1, 0 for nobody); ValueError if it is malformed."""
    row = row.replace("|", "\n")
    text, at = "", 0
    begun: tuple[int, int] | None = None
    numbers: list[tuple[int, int, int]] = []
    for tag in _TAG.finditer(row):
        text += row[at:tag.start()]
        at = tag.end()
        if tag[0].startswith("</"):
            if begun is None or begun[1] != int(tag[1]) or begun[0] == len(text):
                raise ValueError(f"{tag[0]} closes nothing: {row}")
            numbers.append((begun[0], len(text), begun[1]))
            begun = None
        elif begun is not None:
            raise ValueError(f"{tag[0]} inside a number: {row}")
        else:
            begun = (len(text), int(tag[1]))
    text += row[at:]
    if begun is not None or not numbers or "<" in text or ">" in text:
        raise ValueError(f"a number is not closed, or there is none: {row}")
    return text, numbers


def spoken(text: str, numbers: list[tuple[int, int, int]]) -> list[Bound]:
    """The numbers after the step that sets speakers."""
    draft = Draft(Article(text), load_patterns())
    for name in _BEFORE:
        STEPS[name](draft)
    for start, end, _ in numbers:
        sentence = draft.sentence_at(start)
        assert sentence is not None
        draft.bound.append(Bound(Quantity(start, end, 0, 0, "other", 0.0, None, None), sentence))
    set_speakers(draft)
    order = sorted({o.evidence["name"][0] for o in draft.officials})
    for bound in draft.bound:
        if bound.speaker is not None:
            bound.speaker = order.index(draft.officials[bound.speaker].evidence["name"][0]) + 1
    return draft.bound


CASES = """
Bà Trần Thị Lụa, Giám đốc Sở Y tế tỉnh Hà Giang, cho biết có <q1>12 ca</q1> mắc mới. Cả nước có <q0>300 ca</q0>.
Ông Lê Văn Tám - Chủ tịch UBND xã - cho hay, xã còn <q1>40 hộ</q1> nghèo.
Ông Lê Văn Tám, Chủ tịch UBND xã Nà Mèo cho biết: Năm 2023, xã có <q1>40 hộ</q1> nghèo, giảm <q1>5%</q1>.
Theo ông Lê Văn Tám, Chủ tịch UBND xã, thu ngân sách đạt <q1>3 tỷ đồng</q1>. Huyện thu <q0>90 tỷ đồng</q0>.
Theo Phó Giám đốc Sở Tài chính Hà Thị Tư, số thu tăng <q1>8%</q1>.
Số thu tăng <q1>8%</q1>, theo bà Hà Thị Tư, Phó Giám đốc Sở Tài chính.
Thứ trưởng Bộ Nội vụ Nguyễn Văn Hải thừa nhận mới giải ngân <q1>37%</q1>.
“Cả huyện có <q1>412 km</q1> đường hoa. Năm nay làm thêm <q1>30 km</q1>”, ông Vũ Văn Lộc, Bí thư Huyện ủy, nói.
“Cả huyện có <q1>412 km</q1> đường hoa” - ông Vũ Văn Lộc, Bí thư Huyện ủy, chia sẻ.
Ông Vũ Văn Lộc, Bí thư Huyện ủy, kể: “Xóm có <q1>186 hộ</q1>. Mỗi hộ góp <q1>25.000 đồng</q1>. Ai cũng vui”. Tỉnh có <q0>9 huyện</q0>.
Bà Hà Thị Tư, Giám đốc HTX, nói. Bà Tư cho biết thêm, HTX lãi <q1>2 tỷ đồng</q1>.
Bà Hà Thị Tư, Giám đốc HTX, nói. Bà cũng cho biết HTX lãi <q1>2 tỷ đồng</q1>.
Ông Lê Văn Tám, Giám đốc, nói có <q1>5 xe</q1>. Bà Hà Thị Tư, Phó Giám đốc, nói có <q2>6 xe</q2>.
Ông Lê Văn Tám, Giám đốc, cho biết: “Có <q1>5 xe</q1>”. Bà Hà Thị Tư, Phó Giám đốc, nói: “Có <q2>6 xe</q2>”.
Lãi <q1>2 tỷ đồng</q1> trong năm, bà Hà Thị Tư, Giám đốc HTX, cho biết.
Xã thu <q1>3 tỷ đồng</q1>, chi <q1>2 tỷ đồng</q1>. Đó là thông tin mà Chủ tịch UBND xã Lê Văn Tám công bố.
Dư nợ đạt <q1>13 tỷ đồng</q1>.|Thông tin trên được bà Hà Thị Tư, Giám đốc chi nhánh, công bố sáng nay.
Ông Lê Văn Tám, Giám đốc, ký quyết định chi <q0>5 tỷ đồng</q0>.
Sở Y tế cho biết có <q0>12 ca</q0>. Bà Hà Thị Tư, Giám đốc Sở Y tế, đến thăm.
Nông dân Trần Văn Xuân nói lãi <q0>30 triệu đồng</q0>. Ông Lê Văn Tám, trưởng thôn, gật đầu.
Ông Lê Văn Tám, trưởng thôn, gật đầu. Anh Trần Văn Xuân cho biết nhà có <q0>3 con</q0> bò.
Đối với ông Lê Văn Tám, Giám đốc Công ty Hạt Thóc, tòa cho rằng đã gây thiệt hại <q0>5 tỷ đồng</q0>.
Tại hội nghị, Bí thư Tỉnh ủy Ngô Văn Hòa nhấn mạnh mục tiêu <q1>8%</q1>; đồng thời yêu cầu giải ngân <q1>95%</q1>.
Bà Hà Thị Tư, Trưởng phòng Văn hóa - Thông tin huyện, cho biết: “Có <q1>58%</q1> gia đình đạt chuẩn. Bản được thưởng <q1>1 triệu đồng</q1>”.
“Ca mắc có thể tới <q1>8.000 ca</q1>”, bác sĩ Lê Văn Khoa, Giám đốc Trung tâm Y tế, cảnh báo. “Chưa kể <q1>500 ca</q1> nhẹ”, bác sĩ Khoa nói.
Với giá <q1>128.000 đồng</q1>, theo ông Lê Văn Minh, Giám đốc đầu tư Hạt Thóc, là vừa phải.
Trao đổi với phóng viên, Trưởng thôn Lò Văn Sáng cho hay thôn có <q1>96 hộ</q1>.
"""

INTERVIEWS = """
Phóng viên có cuộc trao đổi với ông Trần Quốc Vịnh, Phó Giám đốc Sở Tài chính.|PV: Thưa ông, có nơi chưa đến <q0>20%</q0>?|Ông Trần Quốc Vịnh: Đúng vậy. Tỉnh giao <q1>218 tỷ đồng</q1>. Mới giải ngân <q1>96 tỷ đồng</q1>.|Vướng nhất là <q1>hai huyện</q1>.|PV: Còn <q0>5 xã</q0> thì sao, thưa ông?|Ông Trần Quốc Vịnh: Năm sau giảm <q1>4%</q1>.|PV: Xin cảm ơn ông!
PV: Thưa bà, kết quả ra sao? Bà Hà Thị Tư: Có <q1>12 xã</q1> đạt chuẩn. Riêng Yên Châu có <q1>3 xã</q1>. PV: Còn <q0>2 xã</q0> nữa? Bà Hà Thị Tư: Sang năm.|Bà Hà Thị Tư là Chủ tịch UBND huyện.
Báo có cuộc trao đổi với ông Trần Thúc Khang, Phó Giám đốc Sở Công Thương.|• Thưa ông, nghị định mới có gì?|- Nghị định ưu đãi <q1>50%</q1> tiền thuê đất. Dự án được miễn <q1>10 năm</q1>.|• Doanh nghiệp cần làm gì, thưa ông?|- Hiện có <q1>9 dự án</q1> chờ.
Bà Vũ Thị Linh, Phó Trưởng ban Truyền thông BHXH, trả lời: 1. Mức đóng|Người tham gia đóng <q1>22%</q1>.|2. Hỗ trợ|Hộ nghèo được hỗ trợ <q1>30%</q1>.
"""


def rows(block: str) -> list[str]:
    """The lines of a table."""
    return [line for line in block.strip().split("\n") if line.strip()]


@pytest.mark.parametrize("row", [*rows(CASES), *rows(INTERVIEWS)])
def test_speaker(row: str) -> None:
    text, numbers = parse(row)
    assert [b.speaker or 0 for b in spoken(text, numbers)] == [who for _, _, who in numbers]


def test_the_words_that_name_the_speaker_are_evidence() -> None:
    text, numbers = parse("Bà Trần Thị Lụa, Giám đốc Sở Y tế, nói. Theo bà Lụa, có <q1>12 ca</q1>.")
    (bound,) = spoken(text, numbers)
    assert text[slice(*bound.evidence["speaker"])] == "bà Lụa"
    assert bound.rules["speaker"] == "according_to"


def test_a_text_without_officials_has_no_speakers() -> None:
    text, numbers = parse("Anh Xuân cho biết nhà có <q0>3 con</q0> bò.")
    (bound,) = spoken(text, numbers)
    assert bound.speaker is None
    assert "speaker" not in bound.evidence


@pytest.mark.parametrize("row", [
    "Ông nói <q1>5%", "Ông nói 5%", "Ông nói <q1>5%</q2>", "Ông nói <q1><q2>5%</q2></q1>", "Ông nói 5%</q1>",
    "Ông nói <q1></q1>", "<q1>5%</q1> <x>"])
def test_a_malformed_row_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=re.escape(row)):
        parse(row)
