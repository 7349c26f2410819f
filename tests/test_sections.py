"""Sections and metadata, as a readable list of small articles.

Each row of an article is ``kind| line``; an empty row is a blank line. ``§`` splits a line into two sections: the kind
of the second part stands after it ("body| ... kể. §byline| Lan Hương").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Any, NamedTuple

import pytest

from extractor.article.sections import set_sections
from extractor.article.words import Words, folded
from extractor.draft import Article, Draft
from extractor.patterns import load_patterns
from extractor.rules.load import Rule

KINDS = {"title", "lead", "body", "caption", "byline", "boilerplate"}
ROW = re.compile(r"(\w+)\| (.*\S)")


class Case(NamedTuple):
    """An article with its expected kinds, and what is expected of its metadata (fields left out are None or empty)."""

    name: str
    marked: str
    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    dateline: str | None = None


def unmark(marked: str) -> tuple[str, list[tuple[str, str]]]:
    """The plain text of a marked article and its parts in order: (kind, words)."""
    lines: list[str] = []
    parts: list[tuple[str, str]] = []
    for row in marked.strip("\n").split("\n"):
        line = ""
        for piece in row.split("§") if row.strip() else []:
            match = ROW.fullmatch(piece.strip())
            assert match, f"malformed row: {row!r}"
            assert match[1] in KINDS, f"unknown kind in row: {row!r}"
            parts.append((match[1], match[2]))
            line += (" " if line else "") + match[2]
        lines.append(line)
    return "\n".join(lines), parts


def read(text: str, **known: Any) -> Draft:
    draft = Draft(replace(Article(text), **known), load_patterns())
    set_sections(draft)
    return draft


def kinds(draft: Draft, parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The kind that the draft gives to each part of the article."""
    found, at = [], 0
    for _, words in parts:
        at = draft.text.raw.index(words, at)
        middle = draft.text.norm_offset(at + len(words) // 2)
        kind = next((s.kind for s in draft.sections if s.start <= middle < s.end), "none")
        found.append((kind, words))
        at += len(words)
    return found


LEAD = "Xã Mường Ké vừa khánh thành cây cầu treo mới, nối hai bờ suối Nậm Tông sau nhiều năm bà con phải đi bè."
BODY = "Theo ông Lò Văn Kẻo, cầu dài 62 m, rộng 2 m, được làm bằng tiền góp của bà con và của một nhóm thiện nguyện."
MORE = "Từ nay học sinh bản Huổi Sang đi học không còn phải lội suối, nông sản cũng bán được giá hơn mọi năm."

CASES = [
    Case("plain", f"""
title| Cầu mới ở Mường Ké

lead| {LEAD}

body| {BODY}
body| {MORE}
byline| Lan Hương
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",)),
    Case("rubric, place and share buttons", f"""
boilerplate| An sinh

title| Cầu mới ở Mường Ké

byline| Sơn La

lead| {LEAD}

body| {BODY}

body| {MORE}

byline| Lan Hương

boilerplate| Chia sẻ
boilerplate| Bình luận (0)
boilerplate| Tin khác
boilerplate| Yên Bái hỗ trợ 200 hộ nghèo làm nhà
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",)),
    Case("path of the site above, date and author below", f"""
boilerplate| Trang chủ > Xã hội
title| Cầu mới ở Mường Ké
byline| Đỗ Lan Hương 03/02/2024 - 07:15
lead| {LEAD}
body| {BODY}
body| {MORE}
""", title="Cầu mới ở Mường Ké", published="2024-02-03", authors=("Đỗ Lan Hương",)),
    Case("a kicker that no list knows", f"""
boilerplate| Chuyện bản mường
title| Cầu mới ở Mường Ké đã nối hai bờ suối Nậm Tông
byline| Thứ Bảy, 03/02/2024, 07:15
lead| {LEAD}
body| {BODY}
body| {MORE}
""", title="Cầu mới ở Mường Ké đã nối hai bờ suối Nậm Tông", published="2024-02-03"),
    Case("no headline: the story begins at once", f"""
lead| {LEAD}

body| {BODY}

body| {MORE}
byline| Lan Hương
boilerplate| # doc_id = xa_hoi_12
boilerplate| # url = https://dantri.com.vn/xa-hoi/cau-moi-2024.htm
boilerplate| # date = 20240203
""", published="2024-02-03", authors=("Lan Hương",), publisher="Dân trí"),
    Case("no headline: one paragraph with a dateline", f"""
body| (GLO)- {LEAD} {BODY}
""", publisher="Báo Gia Lai", dateline="(GLO)"),
    Case("date above the headline", f"""
byline| Thứ Hai, 08:30, 14/10/2024
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| {BODY}
body| {MORE}
""", title="Cầu mới ở Mường Ké", published="2024-10-14"),
    Case("headline marked as in Markdown, and repeated", f"""
title| # Cầu mới ở Mường Ké
title| **Cầu mới ở Mường Ké**
lead| {LEAD}
body| {BODY}
body| {MORE}
""", title="Cầu mới ở Mường Ké"),
    Case("caption before its credit, credit at the end of the caption", f"""
title| Cầu mới ở Mường Ké

lead| {LEAD}

caption| Học sinh bản Huổi Sang qua cầu mới.
caption| Ảnh: Lan Hương/TTXVN

body| {BODY}

caption| Lễ khánh thành cầu treo Mường Ké. Ảnh: L.H

body| {MORE}

byline| Lan Hương
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",)),
    Case("captions after the by-line, one of them printed twice", f"""
title| Cầu mới ở Mường Ké

lead| {LEAD}

caption| Học sinh bản Huổi Sang qua cầu mới.
body| {BODY}
body| {MORE}
byline| Lan Hương
caption| Học sinh bản Huổi Sang qua cầu mới.
caption| Suối Nậm Tông mùa lũ.
caption| Đồ họa: Minh Khuê.
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",)),
    Case("captions at the end without a by-line", f"""
title| Cầu mới ở Mường Ké

lead| {LEAD}

body| {BODY}
body| {BODY.replace("62", "61")}
body| {MORE}
body| {MORE.replace("học sinh", "các cháu")}
caption| Cây cầu dài hơn 60 m bắc qua suối Nậm Tông - Ảnh: LAN HƯƠNG.
caption| Học sinh bản Huổi Sang đến trường bằng cầu mới
""", title="Cầu mới ở Mường Ké"),
    Case("images of a web page", f"""
title| Cầu mới ở Mường Ké
byline| 2024-02-03 07:15:00
lead| {LEAD}

boilerplate| [img]
caption| Quang cảnh lễ khánh thành

body| {BODY}
boilerplate| 20240203_071500.jpg
caption| Học sinh qua cầu mới.

body| {MORE}
byline| LAN HƯƠNG
""", title="Cầu mới ở Mường Ké", published="2024-02-03", authors=("LAN HƯƠNG",)),
    Case("illustration and its source", f"""
title| Cầu mới ở Mường Ké
caption| Ảnh minh họa. Nguồn: Internet
lead| {LEAD}
body| {BODY}
body| {MORE}
byline| Theo baosonla.org.vn
""", title="Cầu mới ở Mường Ké", publisher="Báo Sơn La"),
    Case("by-line after the last sentence", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| {BODY} {MORE} §byline| Bài và ảnh: Lan Hương (TTXVN)
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",), publisher="TTXVN"),
    Case("name after the last sentence", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| {BODY} “Vui lắm!”, ông Kẻo nói. §byline| Lan Hương
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",)),
    Case("a place after an abbreviation is no author", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| {MORE} Nhóm thiện nguyện đến từ TP. Hồ Chí Minh
""", title="Cầu mới ở Mường Ké"),
    Case("two authors who interviewed", f"""
title| “Có cầu là có đường ra chợ”
lead| {LEAD}
body| PV: Thưa ông, cầu được làm trong bao lâu?
body| Ông Lò Văn Kẻo: {BODY}
body| PV: Xin cảm ơn ông!
byline| Lan Hương - Đỗ Khiêm (thực hiện)
""", title="“Có cầu là có đường ra chợ”", authors=("Lan Hương", "Đỗ Khiêm")),
    Case("a speaker's name before each answer, the same credit twice", f"""
title| “Có cầu là có đường ra chợ”
lead| {LEAD}
body| PV: Thưa ông, cầu được làm trong bao lâu?
body| Ông Lò Văn Kẻo:
body| {BODY}
caption| Ông Lò Văn Kẻo bên cây cầu mới.
caption| Ảnh: Lan Hương
body| PV: Bà con được lợi gì?
body| Ông Lò Văn Kẻo:
body| {MORE}
caption| Trẻ em Huổi Sang tan trường.
caption| Ảnh: Lan Hương
body| PV: Xin cảm ơn ông!
""", title="“Có cầu là có đường ra chợ”"),
    Case("nobody signs", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| {BODY}
body| {MORE}
byline| Nhóm PV
""", title="Cầu mới ở Mường Ké"),
    Case("source with its address", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| {BODY}
body| {MORE}
byline| P.V
byline| Nguồn Cao Bằng: https://baocaobang.vn/cau-moi-3167.html
""", title="Cầu mới ở Mường Ké", publisher="Báo Cao Bằng"),
    Case("masthead and date under the lead, address at the end", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
byline| Tuổi Trẻ - 2026-07-29 15:19
boilerplate| https://tuoitre.vn/cau-moi-o-muong-ke-100260729.htm
""", title="Cầu mới ở Mường Ké", published="2026-07-29", publisher="Tuổi Trẻ"),
    Case("a body of the state signs with the author", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| {BODY}
body| {MORE}
byline| Lan Hương – Đài Mường Ké
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",)),
    Case("list of links in the middle of the story", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| {BODY}
boilerplate| Tin liên quan
boilerplate| Yên Bái hỗ trợ 200 hộ nghèo làm nhà
boilerplate| Lai Châu: 12 cây cầu dân sinh được khởi công
body| {MORE} {MORE}
byline| Lan Hương
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",)),
    Case("links with summaries after the by-line", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| {BODY}
body| {MORE}
byline| Lan Hương

boilerplate| Chủ đề :
boilerplate| Yên Bái hỗ trợ 200 hộ nghèo làm nhà
boilerplate| icon
boilerplate| {MORE.replace("học sinh", "bà con")} {BODY.replace("62", "48")}
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",)),
    Case("key words, comments, what the paper says of itself", f"""
title| Cầu mới ở Mường Ké
byline| Ngày đăng: 03/02/2024 - Lượt xem: 1.245
lead| {LEAD}
body| {BODY}
body| {MORE}
byline| Lan Hương
boilerplate| Từ khóa: cầu treo, Mường Ké
boilerplate| Ý kiến bạn đọc (1)
boilerplate| Hải Minh - 09:12: Xã tôi còn 3 bản chưa có cầu!
boilerplate| POWERED BY ONECMS - A PRODUCT OF NEKO
""", title="Cầu mới ở Mường Ké", published="2024-02-03", authors=("Lan Hương",)),
    Case("a link between paragraphs", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| {BODY}
boilerplate| Xem thêm: Yên Bái hỗ trợ 200 hộ nghèo làm nhà
body| {MORE} {MORE}
byline| Lan Hương
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",)),
    Case("a link after the author's name", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| {BODY}
body| {MORE}
byline| Lan Hương §boilerplate| >> Xem thêm: Yên Bái hỗ trợ 200 hộ nghèo làm nhà
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",)),
    Case("dateline with its date", f"""
title| Cầu mới ở Mường Ké
lead| ĐÀ NẴNG, ngày 29/6/2023 - {LEAD}
body| {BODY}
body| {MORE}
""", title="Cầu mới ở Mường Ké", published="2023-06-29", dateline="ĐÀ NẴNG, ngày 29/6/2023"),
    Case("dates in the story are not the printed date", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| Cầu được khởi công ngày 12/3/2023 và hoàn thành ngày 20/1/2024, sớm hơn kế hoạch 20 ngày.
body| {MORE}
byline| Lan Hương
""", title="Cầu mới ở Mường Ké", authors=("Lan Hương",)),
    Case("headings and list items stay in the story", f"""
title| Cầu mới ở Mường Ké
lead| {LEAD}
body| I. KẾT QUẢ
body| - Làm mới 2 cây cầu treo;
body| - Sửa 4 km đường bản.
body| II. KINH PHÍ
body| {BODY}
body| {MORE}
""", title="Cầu mới ở Mường Ké"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_kinds_of_lines(case: Case) -> None:
    text, parts = unmark(case.marked)
    assert kinds(read(text), parts) == parts


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_metadata(case: Case) -> None:
    draft = read(unmark(case.marked)[0])
    meta = draft.meta
    assert meta.title == case.title
    assert meta.published == case.published
    assert tuple(meta.authors) == case.authors
    assert meta.publisher == case.publisher
    span = meta.dateline
    assert (draft.text.norm[slice(*span)] if span else None) == case.dateline


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_spans_are_sorted_apart_and_leave_out_only_blanks(case: Case) -> None:
    draft = read(unmark(case.marked)[0])
    norm, end = draft.text.norm, 0
    for span in draft.sections:
        assert end <= span.start < span.end
        assert not norm[end:span.start].strip()
        assert span.kind in KINDS
        end = span.end
    assert not norm[end:].strip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_decomposed_letters_and_crlf_make_no_difference(case: Case) -> None:
    text = unmark(case.marked)[0]
    plain = read(text)
    for variant in (unicodedata.normalize("NFD", text), text.replace("\n", "\r\n"), "\ufeff" + text, text.replace(" ", "\xa0")):
        other = read(variant)
        assert [(s.kind, other.text.norm[s.start:s.end]) for s in other.sections] == [
            (s.kind, plain.text.norm[s.start:s.end]) for s in plain.sections]
        assert other.meta.title == plain.meta.title
        assert other.meta.authors == plain.meta.authors
        assert (other.meta.published, other.meta.publisher) == (plain.meta.published, plain.meta.publisher)


@pytest.mark.parametrize(("line", "published"), [
    ("Thứ Năm, 28/06/2018, 08:00", "2018-06-28"),
    ("Thứ hai, 17/7/2023 | 16:05 (GMT+7)", "2023-07-17"),
    ("Thứ 6, 29/08/2025 20:05 [GMT +7]", "2025-08-29"),
    ("Thứ tư, ngày 5 tháng 6 năm 2024", "2024-06-05"),
    ("Chủ nhật, 20/08/2023 | 08:12 GMT+7", "2023-08-20"),
    ("Cập nhật: 10:20 - 05/12/2023", "2023-12-05"),
    ("Cập nhật ngày: 07/08/2023 lúc 05:12", "2023-08-07"),
    ("Ngày đăng: 12-3-2020", "2020-03-12"),
    ("Đăng ngày 22/03/2021 - Lượt xem: 1.245", "2021-03-22"),
    ("14:05 | 03/11/2022 (GMT+7)", "2022-11-03"),
    ("18.05.2022 | 09:40", "2022-05-18"),
    ("03-01-2024, 14:05", "2024-01-03"),
    ("14h30, ngày 9/4/2022", "2022-04-09"),
    ("10 giờ 15 phút, 9/4/2022", "2022-04-09"),
    ("2025-04-22 10:27:00", "2025-04-22"),
    ("2024-05-30T15:12:00+07:00", "2024-05-30"),
    ("VnExpress - Kinh Doanh - 2025-12-16 12:28", "2025-12-16"),
    ("Ngày đăng: 01/02/2023 - Cập nhật: 05/02/2023", "2023-02-01"),
    ("Ngày 30 tháng Tư năm 2021", "2021-04-30"),
    ("31/02/2024 10:00", None),
    ("Chợ phiên mở vào ngày 12/3/2024", None),
    ("Khởi công 12/3/2023, hoàn thành 20/1/2024", None),
])
def test_date_lines(line: str, published: str | None) -> None:
    assert read(f"Cầu mới ở Mường Ké\n{line}\n{LEAD}\n{BODY}\n{MORE}").meta.published == published


@pytest.mark.parametrize(("line", "authors", "publisher"), [
    ("Lan Hương", ["Lan Hương"], None),
    ("H.Lan", ["H.Lan"], None),
    ("Kh. Lan", ["Kh. Lan"], None),
    ("LÒ VĂN KẺO", ["LÒ VĂN KẺO"], None),
    ("Y Krông", ["Y Krông"], None),
    ("Hương - Khiêm", ["Hương", "Khiêm"], None),
    ("Lan Hương, Đỗ Khiêm và Hà My", ["Lan Hương", "Đỗ Khiêm", "Hà My"], None),
    ("Tin, ảnh: Lan Hương", ["Lan Hương"], None),
    ("Bài, ảnh: Lan Hương - Đỗ Khiêm", ["Lan Hương", "Đỗ Khiêm"], None),
    ("Bài: Lan Hương; ảnh: Đỗ Khiêm", ["Lan Hương"], None),
    ("Tác giả: Lan Hương", ["Lan Hương"], None),
    ("CTV Lan Hương/VOV.VN", ["Lan Hương"], "VOV"),
    ("Lan Hương (Theo Reuters)", ["Lan Hương"], None),
    ("Lan Hương (tổng hợp)", ["Lan Hương"], None),
    ("Lan Hương (Đài Mường Ké)", ["Lan Hương"], None),
    ("Lan Hương-BBL", ["Lan Hương"], "Báo Bạc Liêu"),
    ("Lan Hương Theo Đời sống Plus", ["Lan Hương"], None),
    ("Lan Hương/TTXVN", ["Lan Hương"], "TTXVN"),
    ("Theo Lan Hương (TTXVN)", ["Lan Hương"], "TTXVN"),
    ("Theo Đỗ Khiêm/Dân trí", ["Đỗ Khiêm"], "Dân trí"),
    ("Theo TTXVN", [], "TTXVN"),
    ("Theo báo Dân Việt", [], "Dân Việt"),
    ("Theo chinhphu.vn", [], "Báo Chính phủ"),
    ("(Theo Tiền Phong)", [], None),
    ("P.V", [], None),
    ("PV", [], None),
    ("BBT", [], None),
    ("Phóng viên TTXVN tại Sơn La", [], "TTXVN"),
    ("H.Y (tổng hợp)", [], None),
    ("Nguồn: baosonla.vn", [], "Báo Sơn La"),
    ("Ông Lò Văn Kẻo", [], None),
    ("Trường Đại học Tây Bắc", [], None),
    ("Bà con đi chợ", [], None),
])
def test_bylines(line: str, authors: list[str], publisher: str | None) -> None:
    meta = read(f"Cầu mới ở Mường Ké\n\n{LEAD}\n\n{BODY}\n{MORE}\n{line}").meta
    assert meta.authors == authors
    assert meta.publisher == publisher


def test_printed_tone_placement_stays() -> None:
    meta = read(f"Hoà Bình: Cầu mới ở Mường Ké\n\n{LEAD}\n\n{BODY}\n{MORE}\nThuý Hoà").meta
    assert meta.title == "Hoà Bình: Cầu mới ở Mường Ké"
    assert meta.authors == ["Thuý Hoà"]


def test_what_the_caller_knows_wins() -> None:
    text = f"Xã hội\nCầu mới ở Mường Ké\n03/02/2024\n{LEAD}\n{BODY}\nNguồn: baosonla.vn"
    meta = read(text, title="Mường Ké có cầu mới", published="2024-02-05", url="https://tuoitre.vn/cau-moi-1.htm").meta
    assert (meta.title, meta.published, meta.publisher) == ("Mường Ké có cầu mới", "2024-02-05", "Tuổi Trẻ")


def test_a_given_title_is_found_under_other_lines() -> None:
    text = f"Mường Ké hôm nay\nMùa này ở vùng cao\nCầu mới ở Mường Ké.\n{LEAD}\n{BODY}"
    draft = read(text, title="Cầu mới ở Mường Ké")
    assert [s.kind for s in draft.sections] == ["boilerplate", "title", "lead", "body"]
    assert draft.meta.title == "Cầu mới ở Mường Ké"


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", ".", "[img]", "Ảnh:", "Xem thêm", "(", "Theo", "12/3/2024", "\x00", "-\n-\n-"])
def test_any_text_gives_sections(text: str) -> None:
    draft = read(text)
    assert all(s.start < s.end for s in draft.sections)


RULES: list[Rule] = load_patterns().rules["section"]


def bracketed(example: str) -> tuple[str, tuple[int, int]]:
    """The line without its [[brackets]], folded, and the span of the words in them."""
    before, marked, after = re.split(r"\[\[|\]\]", example)
    return folded(before + marked + after), (len(folded(before)), len(folded(before + marked)))


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r in RULES for e in r.get("examples", ())])
def test_examples_of_the_pattern_file(rule: Rule, example: str) -> None:
    line, span = bracketed(example)
    assert load_patterns().part(Words).find(rule.get("id"), rule.get("where"), line) == span


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r in RULES for e in r.get("counterexamples", ())])
def test_counterexamples_of_the_pattern_file(rule: Rule, example: str) -> None:
    line, _ = bracketed(example)
    if rule.get("where") == "part":
        assert load_patterns().part(Words).find(rule.get("id"), "part", line) is None
    else:
        plain = example.replace("[[", "").replace("]]", "")
        draft = read(f"Cầu mới ở Mường Ké\n\n{LEAD}\n{BODY}\n{plain}\n{MORE} {MORE}\n{BODY} {MORE}")
        assert kinds(draft, [("body", plain)]) == [("body", plain)]


def test_every_rule_has_examples() -> None:
    assert [rule.get("id") for rule in RULES if not rule.get("examples")] == []


@pytest.mark.parametrize("rule", load_patterns().rules["publisher"], ids=lambda rule: rule.get("name"))
def test_examples_of_the_mastheads(rule: Rule) -> None:
    for example in rule.get("examples"):
        line, (start, end) = bracketed(example)
        assert load_patterns().part(Words).publisher(line[start:end]) == rule.get("name")
