"""Hard cases of places, one line each.

A place is marked as ``[class words|name|level|where]``: the class words (and what stands between them and the name) may
be empty, ``name`` may be ``printed=canonical``, ``where`` is the province, ``province/district`` for what lies in a
district, ``?`` where it can't be said, and left out for provinces, regions, countries and places abroad.
Whatever isn't marked must not be found.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from extractor.draft import Article, Draft
from extractor.patterns import load_patterns
from extractor.periods import find_periods
from extractor.places import find_places
from extractor.places.press import press
from extractor.places.units import units
from extractor.quantities import find_quantities
from extractor.steps import set_parts

LEVELS = {"province", "district", "commune", "village", "country", "region", "foreign"}
WITHIN = {"district", "commune", "village"}
MARK = re.compile(r"\[([^\[\]]*)\]")


class Expected(NamedTuple):
    """One marked place: its characters, canonical name, level, province and district."""

    start: int
    end: int
    name: str
    level: str
    province: str | None
    district: str | None


def parse(row: str) -> tuple[str, list[Expected]]:
    """The plain text of a row and the places marked in it; a malformed mark is refused."""
    if row.count("[") != row.count("]"):
        raise ValueError(f"brackets don't match: {row!r}")
    text, places, at = "", [], 0
    for mark in MARK.finditer(row):
        text += row[at:mark.start()]
        at = mark.end()
        fields = mark[1].split("|")
        if len(fields) not in (3, 4) or fields[2] not in LEVELS:
            raise ValueError(f"not a place: [{mark[1]}]")
        if (len(fields) == 4) != (fields[2] in WITHIN):
            raise ValueError(f"a place of level {fields[2]!r} with the wrong number of fields: [{mark[1]}]")
        printed, _, canonical = fields[1].partition("=")
        if not printed.strip():
            raise ValueError(f"a place without a name: [{mark[1]}]")
        text += fields[0] + (" " if fields[0] and not fields[0].endswith((".", ":", " ", "(")) else "")
        start = len(text)
        text += printed
        name = canonical or printed
        province, _, district = (fields[3] if len(fields) == 4 else "").partition("/")
        where = name if fields[2] == "province" else None if province in ("", "?") else province
        places.append(Expected(start, len(text), name, fields[2], where, district or None))
    if "[" in row[at:] or "|" in row[at:]:
        raise ValueError(f"a mark that isn't closed: {row!r}")
    return text + row[at:], places


def run(text: str, published: str | None = None) -> Draft:
    """The draft of a text after the step of places."""
    draft = Draft(Article(text, published=published), load_patterns())
    for step in (set_parts, find_periods, find_quantities, find_places):
        step(draft)
    return draft


def found(text: str, published: str | None = None) -> list[Expected]:
    """The places found in a text, in the form of the expected ones."""
    return [Expected(m.start, m.end, m.name, m.level, m.province, m.district) for m in run(text, published).places]


CASES = """
# class words, in full and short
Trời rét ở [huyện|Hà Quảng|district|Cao Bằng] và [huyện|Bảo Lạc|district|Cao Bằng].
Người dân [TX|Long Khánh|district|Đồng Nai] trồng chôm chôm.
Tàu ra [H.|Vân Đồn|district|Quảng Ninh] phải hoãn.
Trạm y tế [xã|Ayun=AYun|commune|Gia Lai/Chư Sê] thuộc [huyện|Chư Sê|district|Gia Lai] có bác sĩ.
[Huyện|Mèo Vạc|district|Hà Giang] thiếu nước từ tháng Chạp.
Kênh thoát nước ở [TP.|Buôn Ma Thuột|district|Đắk Lắk] đã nạo vét.
Bà con [thị trấn|Mường Xén|commune|Nghệ An/Kỳ Sơn] nhận gạo.
Đoàn khảo sát [tỉnh|Bắc Kạn|province] trong hai tuần.
Cả [tỉnh|Hòa Bình|province] mất điện.
Sinh viên [thành phố|Cần Thơ|province] hiến máu.
Chợ đêm [thành phố|Hòa Bình|district|Hòa Bình] mở lại.
Trường mới của [TP|Cao Bằng|district|Cao Bằng] có mười lớp.
Đường về [thị xã|Bạc Liêu|district|Bạc Liêu] ngày ấy lầy lội.
Công nhân [TP.|Thủ Đức|district|Hồ Chí Minh] được xét nghiệm.
[Thành phố|Vinh|district|Nghệ An] trồng thêm cây.
Dân [quận|Gò Vấp|district|Hồ Chí Minh] tập thể dục.
Cán bộ [phường|Trúc Bạch|commune|Hà Nội/Ba Đình] đến từng nhà.
Thuyền ra [huyện đảo|Cô Tô|district|Quảng Ninh] chạy lại.
Hội phụ nữ [TX.|Duyên Hải|district|Trà Vinh] tặng xe lăn.
Lớp học ở [P.|Bến Thành|commune|Hồ Chí Minh/Quận 1] đông dần.
Khách lên [thị xã|Sa Pa|district|Lào Cai] ngắm mây.
Cả [thủ đô|Hà Nội|province] vắng xe.
Chợ phiên của huyện vùng cao [|Mường Lát|district|Thanh Hóa] họp sớm.
Học sinh huyện nghèo [|Kỳ Sơn|district|Nghệ An] có bữa trưa.
Điện về [xã|Nậm Cắn|commune|Nghệ An/Kỳ Sơn] thuộc [huyện|Kỳ Sơn|district|Nghệ An].
Sở Xây dựng [T.P|Hải Phòng|province] kiểm tra giàn giáo.
# numbers as names
Người bệnh ở [|Q.4=Quận 4|district|Hồ Chí Minh] khỏi dần.
Nhà trọ tại [|quận 3=Quận 3|district|Hồ Chí Minh] giảm giá.
Xe buýt qua các [|quận 1=Quận 1|district|Hồ Chí Minh], [|3=Quận 3|district|Hồ Chí Minh] và [|Bình Thạnh|district|Hồ Chí Minh].
Người dân [|thôn 8|village|Đắk Lắk/Buôn Hồ], [xã|Cư Bao|commune|Đắk Lắk/Buôn Hồ], [thị xã|Buôn Hồ|district|Đắk Lắk] góp tiền.
Cả 3 quận có 12 phường tham gia.
Xã 5 năm liền giữ sạch đường.
Nhóm P 5 họp hồi 2015.
Bà con [|ấp 4|village|Cà Mau/Trần Văn Thời], [xã|Khánh Bình Đông|commune|Cà Mau/Trần Văn Thời], [huyện|Trần Văn Thời|district|Cà Mau] nuôi cá.
# lists
Nước về các huyện: [|Bảo Lâm|district|Cao Bằng], [|Bảo Lạc|district|Cao Bằng] và [|Hà Quảng|district|Cao Bằng].
Hai huyện nghèo của [tỉnh|Bắc Kạn|province] ([|Pác Nặm|district|Bắc Kạn], [|Ba Bể|district|Bắc Kạn]) có thêm vốn.
Gạo đã tới các xã [|Ba Trại|commune|Hà Nội/Ba Vì], [|Tản Lĩnh|commune|Hà Nội/Ba Vì] ([huyện|Ba Vì|district|Hà Nội]).
Ở [huyện|Xuân Lộc|district|Đồng Nai] và [thị xã|Long Khánh|district|Đồng Nai] ([|Đồng Nai|province]), tiêu mất giá.
Các huyện, thành phố: [|Hà Quảng|district|Cao Bằng], [|Cao Bằng|district|Cao Bằng] đã nộp báo cáo.
Các tỉnh, thành phố [|Hà Nội|province], [|Hòa Bình|province] và [|Sơn La|province] ký kết.
Bốn tỉnh [|Vĩnh Phúc|province], [|Phú Thọ|province], [|Hòa Bình|province], [|Hà Giang|province] giữ mã cũ.
Mưa ở [tỉnh|Hà Giang|province] nặng nhất tại [huyện|Mèo Vạc|district|Hà Giang] 165 mm, [|Đồng Văn|district|Hà Giang] 148 mm, [|Hoàng Su Phì|district|Hà Giang] 112 mm.
Còn 6 xã, trong đó có [|Thượng Cốc|commune|Hòa Bình/Lạc Sơn], chưa nộp.
Bò giống về các làng: [|Keo|village|Gia Lai/Chư Sê], [|Vơng Chép|village|Gia Lai/Chư Sê] của [xã|Ayun=AYun|commune|Gia Lai/Chư Sê], [huyện|Chư Sê|district|Gia Lai].
Đầu thu tới sáu tỉnh [|Thái Nguyên|province], [|Đồng tháp=Đồng Tháp|province] và [|Bình thuận=Bình Thuận|province].
Ba huyện miền núi như [|Tương Dương|district|Nghệ An], [|Quế Phong|district|Nghệ An] thiếu giáo viên.
Nhiều nơi của [|Quảng Nam|province] như [|Tây Giang|district|Quảng Nam], [|Nam Giang|district|Quảng Nam], [|Phước Sơn|district|Quảng Nam] trồng sâm.
Ở [xã|Hòa Phú|commune|Đà Nẵng/Hòa Vang] và [|Hòa Phong|commune|Đà Nẵng/Hòa Vang] của [huyện|Hòa Vang|district|Đà Nẵng], dịch đã lui.
Các xã biên giới [|Lạng Sơn|province] có sóng điện thoại.
Các huyện miền núi [|Quảng Nam|province] mưa to.
Vùng hạ du [|An Giang|province], [|Đồng Tháp|province] và [|Long An|province] ngập.
Bão vào [|Quảng Ninh|province] - [|Hải Phòng|province] lúc nửa đêm.
# where it lies, said right after
Chị Hoa ở [xã|Nguyễn Huệ|commune|Cao Bằng/Hòa An] ([|Hòa An|district|Cao Bằng]) nuôi bò.
Anh Bình ở [xã|Nguyễn Huệ|commune|Quảng Ninh/Đông Triều], [thị xã|Đông Triều|district|Quảng Ninh] làm gốm.
Lũ cuốn cầu ở [xã|Minh Quang|commune|Hà Nội/Ba Vì], [huyện|Ba Vì|district|Hà Nội], [|Hà Nội|province].
Lũ cuốn cầu ở [xã|Minh Quang|commune|Thái Bình/Vũ Thư], [huyện|Vũ Thư|district|Thái Bình], [tỉnh|Thái Bình|province].
Xe lật tại [huyện|Châu Thành|district|Trà Vinh] ([|Trà Vinh|province]).
Xe lật tại [huyện|Châu Thành|district|Bến Tre], [tỉnh|Bến Tre|province].
Mận chín ở [huyện|Tân Phú|district|Đồng Nai], [|Đồng Nai|province].
Kẹt xe tại [quận|Tân Phú|district|Hồ Chí Minh], [|TP.HCM=Hồ Chí Minh|province].
Nhà anh ở [xã|Tân Phú|commune|Cà Mau/Thới Bình], [huyện|Thới Bình|district|Cà Mau].
Cháu quê [|Kinh Môn|district|Hải Dương], [|Hải Dương|province] học giỏi.
Quán nằm ở [|Cầu Giấy|district|Hà Nội], [|Hà Nội|province].
Trường đóng tại [|Phong Điền|district|Thừa Thiên Huế], [|Thừa Thiên Huế|province].
Vườn chè ở [xã|Tân Cương|commune|Thái Nguyên/Thái Nguyên], [TP|Thái Nguyên|district|Thái Nguyên].
[Xã|Vĩnh Bình|commune|Bạc Liêu/Hòa Bình] ([huyện|Hòa Bình|district|Bạc Liêu], [|Bạc Liêu|province]) có nhà mới.
[Tỉnh|Lạng Sơn|province] hỗ trợ [huyện|Văn Quan|district|Lạng Sơn], [|Bình Gia|district|Lạng Sơn] làm đường.
# ambiguous and left open
Huyện [|Châu Thành|district|?] nay khang trang.
Bà con [xã|Tân Phú|commune|?] gặt sớm.
Ông sống ở [xã|Hòa Bình|commune|?] từ nhỏ.
# told apart by the article
[Tỉnh|Tiền Giang|province] xây kè. Người [huyện|Châu Thành|district|Tiền Giang] yên tâm.
[|Đồng Tháp|province] sạt lở. Nhiều nhà ở [huyện|Châu Thành|district|Đồng Tháp] phải dời.
[Huyện|Ba Vì|district|Hà Nội] có nhà văn hóa. Chè của [|Ba Vì|district|Hà Nội] ngon.
[Huyện|Hòa Bình|district|Bạc Liêu] xây cầu. Lúa ở [|Hòa Bình|district|Bạc Liêu] chín.
[TP|Cao Bằng|district|Cao Bằng] mở chợ. Dân khắp [|Cao Bằng|province] về dự.
Ở [|Hà Nội|province], hoa đào đã nở tại [|Tây Hồ|district|Hà Nội].
Nhà ở 34 Hoàng Diệu, [|Ba Đình|district|Hà Nội], [|Hà Nội|province].
[|TP.HCM=Hồ Chí Minh|province] ngập, kho ở 198 Nguyễn Thái Sơn, [|Gò Vấp|district|Hồ Chí Minh] cũng ngập.
# provinces without a class word
[|Hà Giang|province] có tuyết.
Người [|Nghệ An|province] đi xa vẫn nhớ quê.
Giá lúa ở [|An Giang|province] tăng.
Kinh tế [|Bình Dương|province] hồi phục.
Tại [|Hưng Yên|province], nhãn được mùa.
Riêng [|Sóc Trăng|province] thiếu nước ngọt.
[|Phú Yên|province]: Thêm ba xã có nước máy.
Từ [|Lào Cai|province] xuống [|Yên Bái|province] chỉ hai giờ.
Vùng núi [|Thanh Hóa|province] - [|Quảng Bình|province] có lũ quét.
# abbreviations, spellings, older names
Trẻ em [|TP.HCM=Hồ Chí Minh|province] đi tiêm.
Trẻ em [|TPHCM=Hồ Chí Minh|province] đi tiêm.
Sở Y tế [|TP.HCM=Hồ Chí Minh|province] họp với [|Hà Nội|province].
Xe đi từ [|Sài Gòn=Hồ Chí Minh|province] lúc sáng.
Ở [|HCM=Hồ Chí Minh|province], [|Hà Nội|province] và [|Đà Nẵng|province], giá nhà tăng.
Lễ hội ở [|Đắc Lắc=Đắk Lắk|province] kéo dài.
Cà phê [|Đăk Lăk=Đắk Lắk|province] được giá.
Hồ tiêu [|Đắc Nông=Đắk Nông|province] mất mùa.
Thu hoạch miến ở [|Bắc Cạn=Bắc Kạn|province].
Biển [|Bà Rịa Vũng Tàu=Bà Rịa - Vũng Tàu|province] đông khách.
Biển [|Bà Rịa – Vũng Tàu=Bà Rịa - Vũng Tàu|province] đông khách.
Cảng ở [|BR-VT=Bà Rịa - Vũng Tàu|province] nhận tàu lớn.
Nhà vườn [|Thừa Thiên - Huế=Thừa Thiên Huế|province] mở cửa.
Di tích ở [|TT-Huế=Thừa Thiên Huế|province] trùng tu.
Khách tới [|Qui Nhơn=Quy Nhơn|district|Bình Định], [|Bình Định|province].
Lúa [|Thanh Hoá=Thanh Hóa|province] tốt.
Người [|Hoà Bình=Hòa Bình|province] giữ nghề dệt.
Nhà [tỉnh|Hà Tây|province] cũ còn đó.
Chuyện thời [tỉnh|Minh Hải|province] và [tỉnh|Sông Bé|province].
Quê ông ở [tỉnh|Hà Nam Ninh|province].
Hồi đó [huyện|Ba Vì|district|Hà Nội], [tỉnh|Hà Tây|province] nghèo lắm.
Anh ở [quận|Tân Binh=Tân Bình|district|Hồ Chí Minh] ([|TP.HCM=Hồ Chí Minh|province]).
Đường tới [xã|Pú Nhi=Pu Nhi|commune|Điện Biên/Điện Biên Đông], [huyện|Điện Biên Đông|district|Điện Biên] đã rải nhựa.
# villages
Bò của [làng|Hvăk|village|Gia Lai/Chư Sê], [xã|Ayun=AYun|commune|Gia Lai/Chư Sê], [huyện|Chư Sê|district|Gia Lai] đã đẻ.
Du khách nghỉ ở [xóm|Ải|village|Hòa Bình/Tân Lạc], [xã|Phong Phú|commune|Hòa Bình/Tân Lạc], [huyện|Tân Lạc|district|Hòa Bình].
Tổ ở [bản|Huồi Ức 2|village|Nghệ An/Kỳ Sơn], [xã|Huồi Tụ|commune|Nghệ An/Kỳ Sơn], [huyện|Kỳ Sơn|district|Nghệ An].
Bà Nhàn, Trưởng [xóm|Bình Minh|village|Nam Định/Hải Hậu], [xã|Hải Quang|commune|Nam Định/Hải Hậu], [huyện|Hải Hậu|district|Nam Định] kể.
Ông Rươl, Trưởng [khóm|Cà Lăng A|village|Sóc Trăng/Vĩnh Châu], [thị xã|Vĩnh Châu|district|Sóc Trăng] kể.
Cầu ở [ấp|Cầu Ván|village|Vĩnh Long/Mang Thít], [xã|Tân Long Hội|commune|Vĩnh Long/Mang Thít], [huyện|Mang Thít|district|Vĩnh Long].
Trưởng thôn Nguyễn Văn Tám góp đất ở [tỉnh|Lào Cai|province].
Già làng Đinh Hnơi kể chuyện ở [|Gia Lai|province].
Các buôn làng [|Tây Nguyên|region] vào mùa.
Về các phum sóc ở [|Trà Vinh|province].
# what the press does with capitals, dashes and missing blanks
[|CAO BẰNG=Cao Bằng|province]: KHÁNH THÀNH CẦU TREO
VÌ HÒA BÌNH VÀ PHÁT TRIỂN
HỘI NGHỊ GIAO BAN [HUYỆN|BA BỂ=Ba Bể|district|Bắc Kạn]
Cao tốc [|Đà Nẵng|province] - [|Quảng Ngãi|province] thông xe.
Tuyến buýt [|Nam Định|province] – [|Móng Cái|district|Quảng Ninh] tăng chuyến.
Bay từ [|Đà Lạt|district|Lâm Đồng] đi [|Hà Nội|province] mất hai giờ.
Anh Đinh Suyn ([làng|Keo|village|Gia Lai/Chư Sê], [xã|Ayun=AYun|commune|Gia Lai/Chư Sê], [huyện|Chư Sê|district|Gia Lai]) cho hay.
Ngõ nhỏ ở Ngũ Xã, [phường|Trúc Bạch|commune|Hà Nội/Ba Đình] yên tĩnh.
Qua Đại Cồ Việt, Xã Đàn rồi rẽ trái.
Tàu khảo sát Hải Dương 8 rời đi.
Xe chạy từ [|Hà Nội|province] - [|Hà Đông|district|Hà Nội] lên.
Chờ tin từ Công ty Phục vụ mặt đất Hà Nội và Sài Gòn.
Người [|Hải Dương|province] bán vải ở [|Hải Phòng|province].
Trận giữa [|Đắk Lắk|province] và [|Hà Nội|province] hòa.
Đại biểu Phan Thái Bình ([|Quảng Nam|province]) nêu ý kiến.
Biển số [|Đồng Nai|province], xe của anh Đồng Văn Tám.
Chùa ở [xã|Mỹ Thủy|commune|Quảng Bình/Lệ Thủy], [huyện|Lệ Thủy|district|Quảng Bình], [|Quảng Bình|province].
Vườn cam của gia đình ông Mạnh ở [thị trấn|Cao Phong|commune|Hòa Bình/Cao Phong], [huyện|Cao Phong|district|Hòa Bình].
Hồ sơ của [quận|Hai Bà Trưng|district|Hà Nội] ở phố Hai Bà Trưng.
Trụ sở [phường|Nguyễn Cư Trinh|commune|Hồ Chí Minh/Quận 1] nằm trên đường Nguyễn Cư Trinh.
# persons
Ông Hòa Bình cười.
Bà Hà Giang về hưu.
Ca sĩ Trịnh Thăng Bình hát.
Phó Thủ tướng Trương Hòa Bình phát biểu.
Luật sư Nguyễn Thái Bình cãi hay.
Cháu Trần An Giang lên năm tuổi.
Anh Lê Quảng Nam lái xe.
Chị Kiều Bắc Ninh mở quán.
Nhà thơ Phạm Tiền Giang đọc thơ.
Cầu thủ Lương Xuân Trường chuyền bóng.
Phó Chủ tịch UBND [tỉnh|Quảng Trị|province] Hà Sỹ Tám kiến nghị.
Chủ tịch UBND [xã|Ayun|commune|Gia Lai] Phạm Văn Tám cho hay.
Chủ tịch UBND [huyện|Mường Lát|district|Thanh Hóa] Hà Văn Tám cho hay.
Đồng chí Phạm Thanh Bình phụ trách.
Bà xã Thủy Tiên lo cơm nước.
Ông Trần Bắc Hà vắng mặt.
Học tập tư tưởng Hồ Chí Minh.
Đoàn TNCS Hồ Chí Minh ra quân.
Chủ tịch Hồ Chí Minh viết thư.
# streets, rivers, buildings
Nhà ở phố Huế đắt.
Kẹt xe trên đường Nguyễn Huệ.
Xe tải lao vào nhà ở đường Điện Biên Phủ.
Đường Hồ Chí Minh thông xe.
Nước sông Đồng Nai lên.
Đập trên sông Sài Gòn xả lũ.
Kho số 4/19 Hậu Giang bỏ trống.
Quán ở 21 Tân An nghỉ bán.
Tranh treo ở công viên Thống Nhất.
Đi bộ quanh hồ Tây Hồ.
Phà Vàm Cống nghỉ.
Cầu Bến Tre sửa xong.
# bodies whose place alone isn't meant
Theo Báo Cao Bằng, trời rét.
Sinh viên Đại học Thái Nguyên tình nguyện.
Cổ phiếu Quốc Cường Gia Lai giảm sàn.
Ông chủ Hoàng Anh Gia Lai bán đất.
Becamex Bình Dương thắng hai bàn.
SHB Đà Nẵng hòa.
CLB Hà Nội thắng.
Than Quảng Ninh vô địch.
Công ty Thái Bình Seed bán giống.
Đạm Cà Mau tăng giá.
Mã trên sàn Hà Nội tăng.
Ngân hàng chi nhánh Nam Định khai trương.
Trường Đại học Bách khoa Hà Nội tuyển sinh.
Báo Hà Nội mới đưa tin.
HTX Nông nghiệp Phước Hưng lãi.
Hợp tác xã Minh Quang có xe mới.
Khách sạn Mường Thanh Sơn La đông.
Sở Y tế Hà Nội công bố.
Gặp người [|Hà Nội|province] ở Trường Đại học Y [|Hà Nội|province].
# the same words, other meanings
Ai cũng mong hòa bình.
Nobel Hòa bình về tay bà.
Vì một nền hòa bình lâu dài.
Nước Thái Bình Dương ấm lên.
Xây dựng nông thôn Việt mới.
Xã Nông thôn mới kiểu mẫu có đèn.
Bản Hiến pháp đầu tiên.
Văn bản Luật mới có hiệu lực.
Huyện ủy họp.
Tỉnh đã duyệt, huyện chưa duyệt.
Các xã đều có điện.
Chăm sóc Bà mẹ và trẻ em.
# regions, the country, abroad
Hạn ở [|Tây Nguyên|region] kéo dài.
Mặn vào [|Đồng bằng sông Cửu Long|region].
Lúa [|ĐBSCL=Đồng bằng sông Cửu Long|region] trúng mùa.
Thợ ở [|Đông Nam Bộ|region] thiếu việc.
Bão vào [|miền Trung=Miền Trung|region].
Tỷ lệ chung của [|cả nước=Việt Nam|country] giảm.
Hàng [|Việt Nam|country] sang [|Nhật Bản|foreign], [|Hàn Quốc|foreign].
Đơn hàng từ [|Mỹ|foreign] và [|Đức|foreign] giảm.
Bà Mỹ và anh Đức cùng làm.
Anh Nga bán hàng ở [|Lào Cai|province].
Xe sang [|Lào|foreign] chở gạo.
"""


def rows() -> list[str]:
    """The rows of the table, without its headings."""
    return [line for line in CASES.strip().splitlines() if line and not line.startswith("#")]


def test_there_are_enough_cases() -> None:
    assert len(rows()) >= 150
    assert len(set(rows())) == len(rows())


@pytest.mark.parametrize("row", rows())
def test_case(row: str) -> None:
    text, expected = parse(row)
    assert found(text) == expected


# rows with the date of the article before them
DATED = """
2026-03-02: Bà con [xã|Đồng Văn|commune|Tuyên Quang] đón Tết.
2026-03-02: Hồ sơ của [phường|Hạc Thành|commune|Thanh Hóa] nộp qua mạng.
2026-03-02: Tàu ra [đặc khu|Phú Quốc|commune|An Giang] chạy lại.
2026-03-02: [xã|Đồng Lương|commune|Thanh Hóa], [tỉnh|Thanh Hóa|province] nuôi gà.
2026-03-02: Di sản [|Huế|province] đông khách.
2026-03-02: [thành phố|Huế|province] có xe buýt điện.
2026-03-02: Người [huyện|Đồng Văn|district|Hà Giang] cũ nay thuộc [tỉnh|Tuyên Quang|province].
2026-03-02: Chuyện [tỉnh|Bắc Kạn|province] ngày trước.
2018-05-10: Khách đến [thành phố|Huế|district|Thừa Thiên Huế] đông.
2018-05-10: Nước lên ở [TP|Huế|district|Thừa Thiên Huế], [tỉnh|Thừa Thiên Huế|province].
2018-05-10: Các tỉnh, thành phố [|Hà Nội|province], [|Huế=Thừa Thiên Huế|province] và [|Đà Nẵng|province] đón khách.
2018-05-10: Bà con [xã|Đồng Văn|commune|Nghệ An/Quế Phong], [huyện|Quế Phong|district|Nghệ An] gặt lúa.
2018-05-10: Cầu qua [huyện|Hoành Bồ|district|Quảng Ninh] đã thông.
2005-05-10: Lụa ở [tỉnh|Hà Tây|province] bán chạy.
2010-05-10: Cá ở [huyện|Tĩnh Gia|district|Thanh Hóa] chết.
"""


@pytest.mark.parametrize("row", DATED.strip().splitlines())
def test_dated_case(row: str) -> None:
    published, _, rest = row.partition(": ")
    text, expected = parse(rest)
    assert found(text, published) == expected


# --- the notation of the table ----------------------------------------------------------------------------------------

@pytest.mark.parametrize("row", [
    "ở [huyện|Hà Quảng|district|Cao Bằng", "ở huyện|Hà Quảng|district|Cao Bằng]", "ở [huyện|Hà Quảng|district]",
    "ở [tỉnh|Cao Bằng|province|Cao Bằng]", "ở [huyện|Hà Quảng|county|Cao Bằng]", "ở [Hà Quảng|district|Cao Bằng|]",
    "ở [huyện||district|Cao Bằng]", "ở [huyện]", "ở huyện|Hà Quảng|", "ở [a|b|district|c|d]"])
def test_malformed_rows_are_refused(row: str) -> None:
    with pytest.raises(ValueError, match=r"place|bracket|mark"):
        parse(row)


def test_a_row_is_read() -> None:
    text, places = parse("Ở [H.|Vân Đồn|district|Quảng Ninh], [|Hoà Bình=Hòa Bình|province].")
    assert text == "Ở H.Vân Đồn, Hoà Bình."
    assert places == [Expected(4, 11, "Vân Đồn", "district", "Quảng Ninh", None),
                      Expected(13, 21, "Hòa Bình", "province", "Hòa Bình", None)]


# --- mentions ---------------------------------------------------------------------------------------------------------

def test_a_mention_has_its_class_word_code_sentence_and_section() -> None:
    mention = run("Một trạm xá ở huyện Hà Quảng, Cao Bằng vừa mở.").places[0]
    assert (mention.outer_start, mention.start, mention.end) == (14, 20, 28)
    assert (mention.code, mention.sentence, mention.in_organization) == ("045", 0, False)


def test_codes_are_those_of_the_time() -> None:
    def codes(published: str) -> list[str | None]:
        return [m.code for m in run("Dân tỉnh Bắc Ninh và tỉnh Bắc Giang mừng.", published).places]

    assert codes("2024-02-01") == ["27", "24"]
    assert codes("2025-08-01") == ["24", None]


def test_a_place_in_the_name_of_a_body_is_marked_where_it_is_meant_too() -> None:
    places = run("Theo Báo Cao Bằng, UBND tỉnh Cao Bằng họp. Dân Cao Bằng vui.").places
    assert [m.in_organization for m in places] == [True, True, False]


def test_an_unmarked_text_of_persons_and_streets_has_no_place() -> None:
    assert found("Ông Thái Bình đi từ phố Huế ra đường Điện Biên, gặp bà Mỹ.") == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", "(", "huyện", "Huyện", "các huyện:", "xã (", "TP.", "quận 3", "H.", "[", "tỉnh,"])
def test_short_and_broken_texts(text: str) -> None:
    run(text)


def test_the_same_text_gives_the_same_places() -> None:
    text = "\n".join(parse(row)[0] for row in rows())
    assert run(text).places == run(text).places


def test_time_grows_with_the_length_alone() -> None:
    import time

    text = "\n".join(parse(row)[0] for row in rows())
    drafts = [run(text), run("\n".join([text] * 8))]

    def seconds(draft: Draft) -> float:
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            find_places(draft)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(drafts[1]) < 30 * seconds(drafts[0])


# --- what the article is about ----------------------------------------------------------------------------------------

ABOUT = [
    ("Cao Bằng: Thêm 30 xã có điện\n\nTỉnh Cao Bằng vừa nghiệm thu đường dây. Điện về các xã vùng cao.", ["Cao Bằng"]),
    ("Xã nghèo có trường mới\n\nXã Đồng Thái, huyện Ba Vì, Hà Nội vừa khánh thành trường. Huyện Ba Vì góp một nửa vốn.",
     ["Hà Nội"]),
    ("Bộ trưởng trả lời chất vấn\n\nSáng nay Quốc hội họp. " + "Các đại biểu bàn về ngân sách, giá điện và lương. " * 12
     + "Đại biểu Lê Văn Tám (Ninh Thuận) nêu câu hỏi.", []),
    ("Xuất khẩu tăng\n\nCả nước bán được nhiều gạo. Hàng đi từ Hà Nội, Hải Phòng, Đà Nẵng, Cần Thơ.", []),
    ("Hội nghị giao ban\n\n(BĐ) - Chiều qua, UBND tỉnh họp giao ban. Tỉnh thu hút thêm ba dự án, theo Sở Tài chính tỉnh.",
     ["Bình Định"]),
    ("Hội nghị giao ban\n\nChiều qua, UBND tỉnh họp giao ban. Tỉnh giao các sở rà soát.\n\nhttp://baclieu.gov.vn/tin/12",
     ["Bạc Liêu"]),
]


@pytest.mark.parametrize(("text", "provinces"), ABOUT)
def test_document_provinces(text: str, provinces: list[str]) -> None:
    assert run(text).document_provinces == provinces


@pytest.mark.parametrize(("address", "province"), [
    ("http://baclieu.gov.vn/a/b", "Bạc Liêu"), ("https://www.baobinhdinh.vn/x.html", "Bình Định"),
    ("soldtbxh.caobang.gov.vn", "Cao Bằng"), ("https://baoquangninh.com.vn/", "Quảng Ninh"),
    ("https://thuathienhue.gov.vn", "Thừa Thiên Huế"), ("https://vnexpress.net/ha-noi", None), ("http://", None)])
def test_provinces_of_addresses(address: str, province: str | None) -> None:
    assert load_patterns().part(press).of_address(address) == province


@pytest.mark.parametrize(("word", "province"), [
    ("bđ", "Bình Định"), ("glo", "Gia Lai"), ("bgđt", "Bắc Giang"), ("hg", None), ("x", None)])
def test_provinces_of_initials(word: str, province: str | None) -> None:
    assert load_patterns().part(press).of_initials(word) == province


# --- the tables -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("name", "published", "code", "iso"), [
    ("Hà Giang", None, "02", "VN-03"), ("Hà Giang", "2025-06-30", "02", "VN-03"), ("Hà Giang", "2025-07-01", None, None),
    ("Tuyên Quang", "2025-07-01", "08", "VN-07"), ("Bắc Ninh", "2024-01-01", "27", "VN-56"),
    ("Bắc Ninh", "2025-08-01", "24", "VN-56"), ("Bắc Giang", "2024-01-01", "24", "VN-54"),
    ("bắc  giang", "2024-01-01", "24", "VN-54"), ("Hoà Bình", None, "17", "VN-14"),
    ("Thừa Thiên Huế", "2020-01-01", "46", "VN-26"), ("Huế", "2025-03-01", "46", "VN-26"),
    ("Huế", "2026-01-01", "46", "VN-26"), ("Hà Tây", "2007-01-01", None, None), ("Atlantis", None, None, None)])
def test_codes_of_provinces_by_date(name: str, published: str | None, code: str | None, iso: str | None) -> None:
    unit = load_patterns().part(units).province(name, published)
    assert (unit.code if unit else None, unit.iso if unit else None) == (code, iso)


@pytest.mark.parametrize(("name", "now", "code"), [
    ("Hà Giang", "Tuyên Quang", "08"), ("Bắc Kạn", "Thái Nguyên", "19"), ("Hà Nội", "Hà Nội", "01"),
    ("Thừa Thiên Huế", "Huế", "46"), ("Hà Tây", "Hà Nội", "01"), ("Hà Bắc", "Bắc Ninh", "24"),
    ("Sông Bé", None, None), ("Minh Hải", "Cà Mau", "96"), ("Atlantis", None, None)])
def test_where_provinces_belong_now(name: str, now: str | None, code: str | None) -> None:
    unit = load_patterns().part(units).now(name)
    assert (unit.name if unit else None, unit.code if unit else None) == (now, code)


def test_kinds_of_provinces_change_within_a_list() -> None:
    table = load_patterns().part(units)
    kinds = [table.province("Đồng Nai", day) for day in ("2024-01-01", "2025-08-01", "2026-05-01")]
    assert [k.kind for k in kinds if k] == ["tỉnh", "tỉnh", "thành phố"]


def test_districts_and_communes_by_name() -> None:
    table = load_patterns().part(units)
    assert len({u.province for u in table.districts("Châu Thành")}) == 10
    assert [u.code for u in table.districts("Hà Quảng", "Cao Bằng")] == ["045"]
    commune, = table.communes("Nguyễn Huệ", "Cao Bằng", published="2024-01-01")
    assert (commune.district, commune.kind, commune.time) == ("Hòa An", "xã", "63")
    new, = table.communes("Ba Đình", "Hà Nội", published="2025-09-01")
    assert (new.province, new.kind, new.district) == ("Hà Nội", "phường", None)
    assert new in table.successors(table.districts("Ba Đình")[0])
    assert table.districts("Tĩnh Gia")[0].until < "2025-06-30"
