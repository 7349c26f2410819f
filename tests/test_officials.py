"""Who holds which post: one line per case, the expected entries marked up in the sentence itself.

``<n1>…</n1>`` is the name of entry 1, ``<t1>…</t1>`` its title, ``<o1>…</o1>`` its organisation; a tag may serve several
entries (``<n12>``), and tags may overlap (``<t1>Trưởng <o1>ban</t1> Kinh tế</o1>``). A line without tags holds no
official. All sentences are made up.
"""

from __future__ import annotations

import re

import pytest

import extractor
from extractor.draft import Article, Draft
from extractor.patterns import load_patterns
from extractor.people import find_officials
from extractor.steps import STEPS

Entry = tuple[str, str, str | None]
_TAG = re.compile(r"</?([a-z]+)(\d+)>")
_BEFORE = [name for name in STEPS if name not in ("officials", "observations", "speakers")]


def parse(row: str) -> tuple[str, set[Entry]]:
    """The sentence of a row and its entries (name, title, organisation); ValueError if the row is malformed."""
    text = ""
    at = 0
    opened: dict[tuple[str, str], int] = {}
    parts: dict[tuple[str, str], str] = {}
    for tag in _TAG.finditer(row):
        text += row[at:tag.start()]
        at = tag.end()
        key = (tag[1], tag[2])
        if tag[1] not in ("n", "t", "o") or "0" in tag[2] or len(set(tag[2])) != len(tag[2]):
            raise ValueError(f"unknown tag {tag[0]}: {row}")
        if not tag[0].startswith("</"):
            if key in opened:
                raise ValueError(f"{tag[0]} is open already: {row}")
            opened[key] = len(text)
        elif key not in opened:
            raise ValueError(f"{tag[0]} was never opened: {row}")
        else:
            for entry in tag[2]:
                if (tag[1], entry) in parts:
                    raise ValueError(f"entry {entry} has two {tag[1]}: {row}")
                parts[tag[1], entry] = text[opened[key]:]
            del opened[key]
    text += row[at:]
    if opened or "<" in text or ">" in text:
        raise ValueError(f"a tag is not closed or not a tag: {row}")
    if any(not part.strip() or part != part.strip() for part in parts.values()):
        raise ValueError(f"a tag holds nothing, or blanks at its end: {row}")
    entries = {entry for _, entry in parts}
    if entries != {str(k) for k in range(1, len(entries) + 1)}:
        raise ValueError(f"entries are not numbered from 1: {row}")
    if any((kind, entry) not in parts for kind in "nt" for entry in entries):
        raise ValueError(f"an entry has no name or no title: {row}")
    return text, {(parts["n", e], parts["t", e], parts.get(("o", e))) for e in entries}


def drafted(text: str) -> Draft:
    """The draft of a text after the step that finds officials."""
    draft = Draft(Article(text), load_patterns())
    for name in _BEFORE:
        STEPS[name](draft)
    find_officials(draft)
    return draft


def found(text: str) -> set[Entry]:
    return {(o.name, str(o.title), o.organization) for o in drafted(text).officials}


NAME_THEN_POST = """
Bà <n1>Trần Thị Lụa</n1>, <t1>Giám đốc</t1> <o1>Sở Y tế tỉnh Hà Giang</o1>, cho biết dịch đã lắng.
Ông <n1>Lê Văn Tám</n1> - <t1>phó chủ tịch</t1> <o1>UBND xã Nà Mèo</o1> - nói đường đã thông.
Theo ông <n1>Phạm Hữu Lộc</n1> – <t1>Giám đốc</t1> <o1>Sở Lao động - Thương binh và Xã hội tỉnh Kon Tum</o1>, chỉ tiêu đã đạt.
Ông <n1>Đỗ Quang Vinh</n1> (<t1>Trưởng phòng</t1>) ký biên bản.
Anh <n1>Bùi Đức Toàn</n1>, 34 tuổi, <t1>Bí thư</t1> <o1>Đoàn xã Tân Lập</o1>, dẫn đầu đội hình.
Ông <n1>Hoàng Văn Đại</n1> (SN 1971), <t1>Chủ tịch</t1> <o1>Hội Nông dân xã Bình Minh</o1>, kể chuyện cũ.
Bị can <n1>Ngô Đình Khoa</n1> (SN 1975, <t1>nguyên Giám đốc</t1> <o1>Công ty cổ phần Hạt Thóc</o1>) bị tạm giam.
Ông <n1>Vũ Hải Triều</n1> (phía phải), <t1>Chủ tịch</t1> <o1>UBND huyện Yên Châu</o1>, trao bò giống.
Bà <n1>Mai Thị Sen</n1>, <t1>Phó Chủ tịch Thường trực</t1> <o1>UBND tỉnh Lai Châu</o1> phát biểu khai mạc.
Đồng chí <n1>Lò Văn Sáng</n1> <t1>Bí thư</t1> <o1>Đảng ủy xã</o1> đến thăm bà con.
<n1>Kpă Thuyên</n1> - <t1>Trưởng thôn</t1> trả lời ngắn gọn.
Ông <n1>Siu Hlinh</n1>, <t1>Bí thư</t1> <o1>Chi bộ làng Mrông</o1>, ngồi bên bếp lửa.
Theo anh <n1>Y Bliu Niê</n1>-<t1>Trưởng buôn</t1>, cả buôn đã có điện.
Ông <n1>Hồ A Lử</n1>, <t1>Trưởng <o1>bản</t1> Huổi Khon</o1>, đi bộ nửa ngày đường.
Bà <n1>H'Yim Kđoh</n1>, <t1>Phó Chủ tịch</t1> <o1>Hội Phụ nữ xã Ea Tul</o1>, dệt thổ cẩm.
Ông <n1>Nguyễn Văn An</n1> hiện là <t1>Phó Giám đốc</t1> <o1>Bệnh viện Đa khoa tỉnh Sơn La</o1>.
Năm ngoái, ông <n1>Trần Hùng Cường</n1> được bổ nhiệm giữ chức <t1>Cục trưởng</t1> <o1>Cục Thú y</o1>.
Hội đồng bầu bà <n1>Lý Mỹ Linh</n1> làm <t1>Chủ tịch HĐQT</t1>.
Ông <n1>Đinh Công Sơn</n1> từng là <t1>Trưởng <o1>phòng</t1> Giáo dục và Đào tạo huyện Bắc Yên</o1>.
TS <n1>Võ Thành Long</n1>, <t1>Viện trưởng</t1> <o1>Viện Nghiên cứu kinh tế và chính sách</o1>, lo ngại nợ xấu.
PGS.TS. <n1>Cao Minh Quang</n1>, <t1>Phó Hiệu trưởng</t1> <o1>Trường Đại học Nông Lâm</o1>, mở lớp.
Thượng tá <n1>Phan Văn Đông</n1>, <t1>Trưởng <o1>Công an</t1> huyện Mường La</o1>, thông tin về vụ việc.
Đại tá <n1>Hà Xuân Trường</n1> - <t1>Phó Chỉ huy trưởng</t1> <o1>Bộ Chỉ huy quân sự tỉnh Điện Biên</o1> - có mặt tại hiện trường.
Bác sĩ <n1>Nguyễn Hữu Phước</n1>, <t1>Trưởng <o1>khoa</t1> Nhi</o1>, khám cho các cháu.
Ông <n1>Tô Vĩnh Tường</n1>, <t1>nguyên Bí thư</t1> <o1>Huyện ủy Phước Sơn</o1>, nghỉ hưu đã lâu.
Bà <n1>Lương Ngọc Trâm</n1>, <t1>quyền Giám đốc</t1> <o1>Sở Công Thương</o1>, ký công văn.
Ông <n1>Trương Bá Thành</n1>, <t1>Phó Trưởng <o1>ban</t1> Dân tộc tỉnh</o1>, về bản.
Ông <n1>Châu Văn Hòa</n1>, <t1>Chánh <o1>Văn phòng</t1> UBND tỉnh Cà Mau</o1>, xác nhận.
Bà <n1>Dương Thị Hậu</n1>, <t1>Tổ trưởng</t1> <o1>Tổ tiết kiệm và vay vốn thôn Nà Phái</o1>, ghi sổ.
Ông <n1>Trịnh Đình Khang</n1>, <t1>Tổng giám đốc</t1> <o1>Công ty CP Cấp nước TP. Đà Nẵng</o1>, hứa khắc phục.
Ông <n1>Lại Thế Hưng</n1>, <t1>Chi cục trưởng</t1> <o1>Chi cục Trồng trọt và Bảo vệ thực vật</o1>, xuống đồng.
Bà <n1>Tạ Bích Ngọc</n1>, <t1>Vụ trưởng</t1> <o1>Vụ Hợp tác quốc tế, Bộ Y tế</o1>, dự phiên họp.
Ông <n1>Phùng Quang Hải</n1>, <t1>Cục trưởng</t1> <o1>Cục Quản lý dược</o1>, Bộ Y tế, ký văn bản.
Ông <n1>Nông Quốc Tuấn</n1>, <t1>Trưởng <o1>phòng</t1> Nhà ở (Sở Xây dựng)</o1>, giải thích quy định.
Ông <n1>Đào Trọng Nghĩa</n1>, <t1>Phó Chủ tịch</t1> <o1>Ủy ban An toàn giao thông (ATGT) Quốc gia</o1>, kiểm tra bến xe.
Ông <n1>Lã Văn Thịnh</n1> là <t1>Giám đốc kinh doanh nội địa</t1> của <o1>Hạt Thóc</o1>.
Bà <n1>Kiều Thu Trang</n1>, <t1>Đại diện</t1> <o1>Chương trình Lương thực Thế giới</o1>, thăm kho gạo.
Ông <n1>Doãn Anh Dũng</n1>, <t1>Chủ tịch</t1> <o1>xã Đồng Tâm</o1>, hẹn dân chiều nay.
Ông <n1>Ma Văn Páo</n1>, <t1>Giám đốc</t1> <o1>HTX Nông nghiệp Phước Hưng</o1> tâm đắc với giống mới.
Ông <n1>Vi Văn Thắng</n1>, <t1>Chủ tịch</t1> <o1>UBND huyện Trần Văn Thời</o1>, nói gọn.
Ông <n1>Lưu Đức Anh</n1>, <t1>Hiệu trưởng</t1> <o1>Trường THPT Nguyễn Huệ</o1>, đứng trên bục.
Ông <n1>Tống Văn Nga</n1>, <t1>Hạt trưởng</t1> <o1>Hạt Kiểm lâm huyện Nam Giang</o1>, đi tuần.
Ông <n1>Thạch Sung</n1>, <t1>Bí thư</t1> <o1>Đảng ủy phường 5</o1>, gõ cửa từng nhà.
Mặt trận xã có bà <n1>Hà Thị Khuyên</n1>, <t1>Chủ tịch</t1> <o1>Ủy ban MTTQ Việt Nam xã Cô Ba</o1>, làm đầu mối.
Ông <n1>Giàng A Chu</n1>, <t1>Phó Chủ nhiệm</t1> <o1>Ủy ban Dân tộc</o1>, nhắc lại cam kết.
Tiến sĩ <n1>Trần Đắc Lộc</n1>, <t1>Cục trưởng</t1> <o1>Y tế dự phòng</o1> (Bộ Y tế), khuyên tiêm đủ mũi.
Ông <n1>Nguyễn Văn Thế</n1>, <t1>Bộ trưởng</t1> <o1>Giao thông</o1> đánh giá, sân bay đã quá tải.
Tòa kết án <n1>Ngô Tiểu Minh</n1>, <t1>Tổng Giám đốc</t1> <o1>Tập đoàn bảo hiểm Anbangu</o1> lớn nhất nước.
Ông <n1>Lục Văn Toàn</n1> - <t1>Giám đốc</t1> <o1>Ban quản lý dự án, Sở Giao thông Vận tải Đắk Lắk</o1> đo đường.
Trước tòa, <n1>Phan Văn Hào</n1> (<t1>nguyên kế toán trưởng</t1>) khai nhận.
“Vườn nhà tôi đủ ăn”, ông <n1>Bế Văn Đàn</n1> - <t1>Trưởng <o1>xóm</t1> Bản Giốc</o1> - cười.
"""

POST_THEN_NAME = """
<t1>Bộ trưởng</t1> <o1>Bộ Y tế</o1> <n1>Nguyễn Thị Hạnh Dung</n1> chủ trì họp.
<t1>Thứ trưởng</t1> <o1>Tài chính</o1> <n1>Phạm Đức Thọ</n1> trả lời báo chí.
<t1>Thủ tướng</t1> <n1>Trịnh Văn Ba</n1> lên đường thăm Lào.
<t1>Phó Thủ tướng</t1> <o1>Chính phủ</o1> <n1>Lê Minh Khải</n1> yêu cầu làm rõ.
<t1>Bí thư</t1> <o1>Tỉnh ủy</o1> <n1>Ngô Đông Hải</n1> dự lễ.
<t1>Bí thư</t1> <o1>Tỉnh ủy Thái Bình</o1> <n1>Ngô Đông Hải</n1> dự lễ.
<t1>Chủ tịch</t1> <o1>UBND tỉnh Quảng Nam</o1> <n1>Đinh Văn Thu</n1> ký quyết định.
<t1>Phó Chủ tịch</t1> <o1>UBND TP</o1> <n1>Lê Thanh Sang</n1> chỉ đạo.
<t1>Giám đốc</t1> <o1>Sở Y tế Hà Nội</o1> <n1>Hà Minh Hiền</n1> nhận lỗi.
<t1>Giám đốc</t1> <o1>Sở Lao động - Thương binh và Xã hội</o1> (LĐTB&XH) <n1>Trần Hồng Việt</n1> báo cáo.
<t1>Giám đốc</t1> <o1>Sở Văn hóa, Thể thao và Du lịch</o1> <n1>Tô Văn Lâm</n1> cắt băng.
<t1>Tổng giám đốc</t1> <o1>Vietlotus Air</o1> <n1>Nguyễn Thị Thảo Nguyên</n1> mua cổ phiếu.
Theo <t1>TGĐ</t1> <o1>ABank</o1> <n1>Nguyễn Hưng</n1>, lãi suất sẽ hạ.
<t1>Giám đốc</t1> <o1>Trung tâm</o1> <n1>Lê Xuân Kiên</n1> dẫn khách.
<t1>Chủ nhiệm</t1> <o1>Ủy ban Tài chính - Ngân sách của Quốc hội</o1>, ông <n1>Phùng Quốc Hưng</n1>, thẩm tra.
<t1>Phó Chủ tịch chuyên trách</t1> <o1>Ủy ban ATGT Quốc gia</o1> - <n1>Khuất Việt Hà</n1> đánh giá cao.
<t1>Chủ tịch</t1> <o1>Eximbac</o1> là ông <n1>Cao Xuân Minh</n1>.
<t1>Trưởng <o1>ban</t1> Kinh tế Trung ương</o1> <n1>Trần Tuấn Anh</n1> kết luận.
<t1>Phó cục trưởng</t1> <o1>Hàng không</o1> <n1>Võ Huy Khánh</n1> ra sân bay.
<t1>Đại biểu</t1> <o1>Quốc hội</o1> <n1>Y Thanh Hà Niê</n1> chất vấn.
<t1>Đại biểu</t1> <n1>Phan Thị Lan</n1> (tỉnh Bến Tre) góp ý.
<t1>đại biểu</t1> <n1>Dương Tấn Lực</n1> (<o1>đoàn Bến Tre</o1>) tranh luận.
<t1>Thứ trưởng</t1> <n1>Doãn Mậu Đạt</n1> - <o1>Bộ Nội vụ</o1> - trình bày.
<t1>Bí thư</t1> <o1>Đảng ủy xã Nà Ớt</o1>, huyện Mai Sơn, tỉnh Sơn La <n1>Cầm Ngọc Minh</n1> kể.
<t1>BÍ THƯ</t1> <o1>TỈNH ỦY</o1> <n1>NGUYỄN VĂN HÒA</n1> PHÁT BIỂU
Trên cương vị <t1>Bí thư</t1> <o1>Đoàn xã</o1>, anh <n1>Hoàng Minh Đạt</n1> lập đội rửa xe.
Đoàn công tác do bà <n1>Hồ Thanh Thúy</n1>, <t1>Phó Chủ tịch</t1> <o1>HĐND tỉnh</o1> dẫn đầu đã đến xã.
<o1>Công ty Môi trường đô thị Từ Sơn</o1> do CCB <n1>Nguyễn Tiến Thu</n1> làm <t1>Giám đốc</t1> có 100 công nhân.
<t1>Viện trưởng</t1> <o1>Viện KSND tối cao</o1> <n1>Lê Minh Trí</n1> đọc báo cáo.
<t1>Trưởng <o1>công an</t1> xã</o1> <n1>Vàng A Páo</n1> lập biên bản.
"""

SEVERAL = """
Đồng chí <n123>Hồ Quốc Dân</n123>, <t1>Ủy viên Trung ương Đảng</t1>, <t2>Bí thư</t2> <o2>Tỉnh ủy</o2>, <t3>Chủ tịch</t3> <o3>HĐND tỉnh</o3> chủ trì.
<t1>Thứ trưởng</t1>, <t2>Tổng Giám đốc</t2> <o2>BHXH Việt Nam</o2> <n12>Nguyễn Thị Minh Hà</n12> chia sẻ.
<t1>Bộ trưởng</t1> - <t2>Chủ nhiệm</t2> <o2>Văn phòng Chính phủ</o2> <n12>Mai Văn Dũng</n12> họp báo.
<t1>Bộ trưởng</t1> <t2>Chủ nhiệm</t2> <o2>VP Chính phủ</o2> <n12>Mai Văn Dũng</n12> họp báo.
Ông <n12>Trần Đình Phúc</n12>, <t1>Chủ tịch HĐQT</t1> kiêm <t2>Tổng giám đốc</t2> <o12>Công ty CP Minh Phú</o12>, nói.
<t1>Phó Thủ tướng</t1> <o1>Chính phủ</o1> <n123>Vương Đình Tuệ</n123> - <t2>Ủy viên Bộ Chính trị</t2>, <t3>Trưởng <o3>Ban</t3> Chỉ đạo Tây Nam bộ</o3> dự họp.
Dự lễ có các đồng chí: <n1>Lê Kim Toản</n1> - <t1>Phó Bí thư Thường trực</t1> <o1>Tỉnh ủy</o1>; <n2>Đoàn Văn Phú</n2> - <t2>Ủy viên Ban Thường vụ</t2> <o2>Tỉnh ủy</o2>.
Các <t12>Phó Chủ tịch</t12> <o12>UBND tỉnh</o12>: <n1>Lê Văn Hiếu</n1>, <n2>Hà Thị Nga</n2> cùng dự.
Cùng đi có <t1>Bộ trưởng</t1> <o1>Bộ Xây dựng</o1> <n1>Phạm Hồng Thái</n1>; <t2>Trưởng <o2>ban</t2> Tuyên giáo Trung ương</o2> <n2>Võ Văn Phong</n2>.
Ông <n1>Nguyễn Bá Sơn</n1>, <t1>Giám đốc</t1> <o1>Sở Tư pháp</o1> và bà <n2>Lê Thị Thu</n2>, <t2>Phó Giám đốc</t2> <o2>Sở Nội vụ</o2> cùng ký.
Tiếp đoàn có ông <n1>Phan Như Ngọc</n1>, <t1>Phó Chủ tịch</t1> <o1>UBND tỉnh</o1>; <n23>Ngô Hữu Dân</n23>, <t2>Giám đốc</t2> <o2>Sở Giao thông vận tải</o2>, <t3>Phó Trưởng Ban Thường trực</t3> <o3>Ban ATGT tỉnh</o3>.
Ông <n1>Kim Yong Min</n1> - <t1>phó chủ tịch</t1> <o1>đảng Lao động Triều Tiên</o1>, <t2>Bộ trưởng</t2> <o2>Ngoại giao</o2> <n2>Ri Yong Ho</n2> và phiên dịch.
Các <t12>Ủy viên Trung ương Đảng</t12>: <t3>Bộ trưởng</t3> <o3>Bộ Nội vụ</o3> <n13>Lê Thị Trà</n13>; <t4>Bí thư</t4> <o4>Tỉnh ủy</o4> <n24>Đỗ Văn Chiến</n24>.
"""

FOREIGN = """
<t1>Tổng thống</t1> <o1>Mỹ</o1> <n1>John Carter Hayes</n1> ký sắc lệnh.
<t1>Thủ tướng</t1> <o1>Anh</o1> <n1>Margaret Hill</n1> từ chức.
<t1>Ngoại trưởng</t1> <o1>Nga</o1> <n1>Sergei Orlov</n1> đến Hà Nội.
<t1>Đại sứ</t1> <o1>Hoa Kỳ tại Việt Nam</o1> <n1>Daniel Brink</n1> phát biểu.
<t1>người phát ngôn</t1> <o1>Bộ Ngoại giao Trung Quốc</o1> <n1>Cảnh Tân</n1> bác bỏ.
Ông <n1>Eric Sidwell</n1> - <t1>giám đốc quốc gia</t1> <o1>ADB</o1> - đánh giá.
<t1>Thị trưởng</t1> <o1>London</o1> <n1>Sadiq Rahman</n1> phản đối.
<t1>Cựu tổng thống</t1> <n1>Bushmore</n1> viết hồi ký.
<t1>Tổng thống</t1> <o1>Hàn Quốc</o1> <n1>Moon Jae-in</n1> gặp báo chí.
<t1>Thống đốc</t1> <o1>bang Texas</o1> <n1>Greg Abbey</n1> thị sát.
Ông <n1>Mohammed bin Rashid</n1>, <t1>Bộ trưởng</t1> <o1>Năng lượng Qatar</o1>, dự hội nghị.
Hai <t12>cựu Ngoại trưởng</t12> <o12>Mỹ</o12> <n1>John Curry</n1> và <n2>Madeleine Albrecht</n2> cùng ký.
<t1>Tổng thống</t1> <o1>Syria</o1> <n1>Bashar al - Aswad</n1> bày tỏ hy vọng.
<t1>Chủ tịch</t1> <o1>Ủy ban Đối ngoại Hạ viện Mỹ</o1> <n1>Eliot L. Engels</n1> chỉ trích.
<t1>Thủ tướng</t1> <o1>Nhật Bản</o1> khi đó, ông <n1>Taro Mori</n1>, đã hứa.
"""

NOBODY = """
Ông Lê Văn Tám ở thôn Nà Phái nuôi ba con bò.
Bài và ảnh: Nguyễn Hoàng Anh
Nạn nhân là anh Trần Văn Dũng, 30 tuổi, ngụ xã Tân Lập.
Ca sĩ Mỹ Linh Nguyễn hát ba bài.
Cầu thủ Nguyễn Quang Hào ghi bàn, đội trưởng Hào giơ tay.
Chủ tịch UBND các tỉnh chịu trách nhiệm thực hiện.
Theo Chủ tịch UBND xã, ông Lê Văn Tám là hộ cận nghèo.
Bộ trưởng Bộ Y tế có văn bản gửi các địa phương.
Bà Hillary Jones là ứng viên tổng thống.
Theo chuyên gia kinh tế Lê Duy Bách, lạm phát sẽ hạ.
TS. Bùi Trinh Nam cho rằng thuế nên giảm.
Luật sư Hà Hải Sơn bào chữa cho bị cáo.
Ông Phạm Văn Minh không làm Giám đốc.
Phó Giám đốc Sở LĐ-TB&XH Hà Nội, giải pháp là tạo việc làm.
Hội đồng Bộ trưởng họp ở Lâm Đồng.
Công ty do anh ruột ông Tám thành lập đã đóng cửa.
Đường Lê Lợi, Giám đốc các sở đều phải đi qua.
Tại Lạng Sơn, Thủ tướng Chính phủ đã kiểm tra cửa khẩu.
Ban Giám đốc bệnh viện họp suốt đêm.
Lao động Trần Văn Nam, thợ hàn, mong có thưởng Tết.
"""


def rows(block: str) -> list[str]:
    """The lines of a table."""
    return [line for line in block.strip().split("\n") if line.strip()]


CASES = [row for block in (NAME_THEN_POST, POST_THEN_NAME, SEVERAL, FOREIGN, NOBODY) for row in rows(block)]


@pytest.mark.parametrize("row", CASES)
def test_officials(row: str) -> None:
    text, expected = parse(row)
    assert found(text) == expected


def test_there_are_at_least_a_hundred_cases() -> None:
    assert len(set(CASES)) >= 100


ONCE = """
<t1>Bộ trưởng</t1> <o1>Bộ Y tế</o1> <n1>Lê Thị Tư</n1> đến Huế. Bộ trưởng Lê Thị Tư thăm bệnh viện.
Ông <n1>Lê Văn Tám</n1>, <t1>Chủ tịch</t1> <o1>UBND xã Nà Mèo</o1>, nói. Chủ tịch xã Lê Văn Tám hứa sẽ sửa đường.
Chủ tịch UBND tỉnh <n1>Lê Văn Năm</n1> đến muộn. <t1>Chủ tịch</t1> <o1>UBND tỉnh Kon Tum</o1> xin lỗi.
Giám đốc Sở LĐ-TB&XH <n1>Hà Thị Tư</n1> nói. Bà Hà Thị Tư, <t1>Giám đốc</t1> <o1>Sở Lao động - Thương binh và Xã hội</o1>, ký.
Chủ tịch Sovina Holding <n1>Ngô Thị Thảo Vy</n1> bán ra. <t1>Chủ tịch HĐQT</t1> <o1>tập đoàn Sovina Holding</o1> Ngô Thị Thảo Vy mua vào.
Đại diện đơn vị, ông <n1>Bùi Văn Sáu</n1> - <t1>Giám đốc</t1> <o1>Công ty Hạt Thóc</o1> - nhận bằng khen.
Phó phòng Nội vụ <n1>Đỗ Văn Bảy</n1> ký. Ông Đỗ Văn Bảy, <t1>Phó trưởng <o1>phòng</t1> Nội vụ</o1>, đóng dấu.
Tại <o1>Công ty Công trình đô thị Mỹ Thới</o1>, ông <n1>Phan Văn Hậu</n1> (<t1>giám đốc</t1> công ty) bị khởi tố.
Ở <o1>trường Tiểu học Kim Sơn</o1> có 300 em. Bà <n1>Lý Thị Chín</n1>, <t1>Hiệu trưởng</t1> nhà trường, lo thiếu lớp.
"""


@pytest.mark.parametrize("row", rows(ONCE))
def test_a_post_that_is_told_again_is_one_entry_as_full_as_printed(row: str) -> None:
    text, expected = parse(row)
    assert {(n, t.casefold(), o) for n, t, o in found(text)} == {(n, t.casefold(), o) for n, t, o in expected}


MENTIONS = """
Bà <1>Trần Thị Lụa</1>, Giám đốc Sở Y tế, nói. Bà <1>Lụa</1> hứa. <1>Bà</1> mong dân yên tâm.
Ông <1>Lê Văn Tám</1>, Giám đốc, gặp ông <2>Hồ Văn Bảy</2>, Phó Giám đốc. Ông <1>Tám</1> nói trước, ông <2>Bảy</2> nói sau.
Ông <1>Lê Văn Tám</1>, trưởng thôn, kể. Ông Nguyễn Văn Xuân nuôi bò. Ông cho biết bò đã đẻ.
Tổng thống Mỹ <1>John Hayes</1> đến. Ông <1>Hayes</1> ký. <1>Ông</1> về.
Bà con trong xã mừng. Bà <1>Hà Thị Tư</1>, Chủ tịch UBND xã, vui lây với bà con.
"""
_NUMBER = re.compile(r"</?(\d)>")


def parse_mentions(row: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    """The text of a row and the spans of each numbered person; ValueError if the row is malformed."""
    text, at, begun = "", 0, ""
    start = 0
    spans: dict[str, list[tuple[int, int]]] = {}
    for tag in _NUMBER.finditer(row):
        text += row[at:tag.start()]
        at = tag.end()
        closing = tag[0].startswith("</")
        if closing != bool(begun) or (closing and begun != tag[1]):
            raise ValueError(f"tags do not take turns: {row}")
        if closing:
            spans.setdefault(begun, []).append((start, len(text)))
        start, begun = len(text), "" if closing else tag[1]
    if begun or not spans or "<" in row[at:]:
        raise ValueError(f"a tag is not closed, or there is none: {row}")
    return text + row[at:], spans


@pytest.mark.parametrize("row", rows(MENTIONS))
def test_later_short_forms_are_mentions_of_the_same_person(row: str) -> None:
    text, expected = parse_mentions(row)
    draft = drafted(text)
    people: dict[int, list[tuple[int, int]]] = {}
    for mention in draft.people:
        people.setdefault(mention.official, []).append((mention.start, mention.end))
    assert sorted(people.values()) == sorted(expected.values())
    for index, spans in people.items():
        assert sorted(draft.officials[index].mentions) == spans


def test_names_are_as_printed_whatever_the_spelling_of_the_text() -> None:
    text = "Ông Nguyễn Thu\u0323y\u0301, Giám đốc\u00a0Sở Y tế tỉnh Hoà Bình, Ðại tá Lê Đức Ðạt - Chính ủy."
    draft = drafted(text)
    for official in draft.officials:
        for part in (official.name, official.title, official.organization):
            assert part is None or part in text
    assert [o.organization for o in draft.officials] == ["Sở Y tế tỉnh Hoà Bình", None]


def test_evidence_and_honorific() -> None:
    (official,) = drafted("Bà Trần Thị Lụa, Giám đốc Sở Y tế tỉnh Hà Giang, nói.").officials
    assert (official.honorific, official.province, official.rule) == ("Bà", "Hà Giang", "name_stands_before")
    assert official.evidence == {"name": (3, 15), "title": (17, 25), "organization": (26, 47)}


def test_a_tagger_is_asked_only_for_names_that_the_rules_leave_open() -> None:
    asked: list[str] = []

    def entities(sentence: str) -> list[tuple[int, int, str]]:
        asked.append(sentence)
        at = sentence.index("Xyzta")
        return [(at, at + len("Xyzta Qorem"), "PER")]

    text = "Giám đốc Sở Y tế Lê Văn Tám nói. Giám đốc Công ty Hạt Thóc Xyzta Qorem cười."
    draft = Draft(Article(text), load_patterns())
    for name in _BEFORE:
        STEPS[name](draft)
    find_officials(draft, entities)
    assert asked == ["Giám đốc Công ty Hạt Thóc Xyzta Qorem cười."]
    assert [(o.name, o.organization) for o in draft.officials] == [
        ("Lê Văn Tám", "Sở Y tế"), ("Xyzta Qorem", "Công ty Hạt Thóc")]


@pytest.mark.parametrize("row", [
    "Ông <n1>Lê Văn Tám, <t1>Giám đốc</t1>", "Ông <n1>Lê Văn Tám</n1>", "Ông <x1>Lê</x1>", "Ông Lê</n1>",
    "<n1>Lê</n1> <n1>Tám</n1> <t1>x</t1>", "<n2>Lê</n2> <t2>x</t2>", "<n1></n1> <t1>x</t1>", "<n1>Lê </n1><t1>x</t1>",
    "<n1>Lê</n1> <t1>x</t1> <b>y</b>", "<n10>Lê</n10> <t1>x</t1>", "<n1>Lê <n1>Tám</n1></n1> <t1>x</t1>"])
def test_a_malformed_row_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=re.escape(row)):
        parse(row)


@pytest.mark.parametrize("row", ["Bà <1>Tư", "Bà Tư", "Bà <1>Tư</2>", "Bà <1><2>Tư</2></1>", "Bà Tư</1>"])
def test_a_malformed_row_of_mentions_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=re.escape(row)):
        parse_mentions(row)


def test_the_model_is_asked_only_where_a_user_switches_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("extractor.people.ask_model", lambda draft, *_: asked.append(draft.text.norm))
    text = "Giám đốc Sở Y tế tỉnh cho biết dịch đã giảm 4%."
    extractor.extract(text)
    assert asked == []
    extractor.extract(text, ask_model=True)
    assert asked == [text]
