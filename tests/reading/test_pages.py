"""HTML pages in the usual shapes of Vietnamese newspapers, and web archives of them."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.errors import ExtractorError
from extractor.reading import Read, ReadOptions, finished, read_articles

from .told import Write, told

pytest.importorskip("trafilatura", reason="extra 'files'")
pytest.importorskip("fastwarc", reason="extra 'files'")

PAGES = Path(__file__).parent / "pages"
TITLE = "Xã biên giới có thêm 600 hộ thoát nghèo"
LEAD = "Nhờ vốn vay ưu đãi và các mô hình trồng dẻ, nuôi bò, hơn 600 hộ ở các xã biên giới đã thoát nghèo trong năm qua."
CAPTION = "Người dân xã Thanh Minh chăm sóc vườn dẻ ghép. Ảnh: Lò Mai"
BODY = [
    "Theo Sở Lao động - Thương binh và Xã hội, năm 2023 toàn tỉnh giảm được 2.150 hộ nghèo, đạt 107% kế hoạch đề ra từ "
    "đầu năm.",
    "Tỷ lệ hộ nghèo của huyện giảm từ 28,4% xuống còn 23,9%, trong đó các xã vùng cao giảm bình quân 5,2% mỗi năm.",
    "Ông Nông Văn Thắng, Phó Chủ tịch UBND huyện, cho biết địa phương đã hỗ trợ 340 hộ làm chuồng trại và 125 hộ sửa nhà ở.",
]


def page(name: str) -> Read:
    [read] = read_articles([str(PAGES / name)])
    return read


@pytest.mark.parametrize(("name", "lines"), [
    ("big_daily.html", [TITLE, "Cao Bằng " + LEAD, BODY[0], CAPTION, BODY[1], BODY[2], "Lò Mai"]),
    ("cms_daily.html", [TITLE, LEAD, CAPTION, *BODY, "Xã | Hộ nghèo", "Thanh Minh | 112", "Đồng Tâm | 95"]),
    ("provincial.html", [TITLE, "(SX) - " + LEAD, BODY[0], CAPTION, BODY[1], BODY[2], "Lò Mai"]),
    ("old_portal.html", [TITLE, LEAD, BODY[0], CAPTION, BODY[1], BODY[2], "Lò Mai"]),
])
def test_headline_lead_text_and_captions_and_nothing_of_the_page_around(name: str, lines: list[str]) -> None:
    article = page(name).article
    assert article is not None
    assert article.text.splitlines() == lines
    assert (article.title, article.published) == (TITLE, "2024-01-15")


def test_authors_and_address_that_the_page_states() -> None:
    article = page("big_daily.html").article
    assert article is not None
    assert article.authors == ("Lò Mai",)
    assert article.url == "https://banmoi.example/xa-bien-gioi-4701.html"
    assert article.id == "big_daily"


HEAD = "<html><head><meta charset='utf-8'>{}<title>T</title></head><body>{}<h1>" + TITLE + "</h1>{}<div>" + "".join(
    f"<p>{p}</p>" for p in BODY) + "</div>{}</body></html>"


@pytest.mark.parametrize(("head", "above", "below", "after", "date"), [
    ('<meta property="article:published_time" content="2024-03-14T17:30:00Z">', "", "", "", "2024-03-15"),
    ('<meta name="pubdate" content="14/03/2024">', "", "", "", "2024-03-14"),
    ('<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"datePublished": "2024-03-14"}]}</script>',
     "", "", "", "2024-03-14"),
    ('<script type="application/ld+json">{"datePublished": </script>', "", "<p>14/03/2024</p>", "", "2024-03-14"),
    ("", "", '<time datetime="2024-03-14T08:00:00+07:00">hôm qua</time>', "", "2024-03-14"),
    ("", "", '<span itemprop="datePublished">14-03-2024</span>', "", "2024-03-14"),
    ("", "", "<p>Thứ Năm, 14/03/2024 | 08:30</p>", "", "2024-03-14"),
    ("", "<p>14/03/2024</p>", "", "", "2024-03-14"),
    ("", "<div><p>20/11/2024</p></div>", "<p>14/03/2024</p>", "", "2024-03-14"),
    ("", "", "", "<p>14/03/2024</p>", None),  # of another article
    ("", "", "", '<img src="/2024/03/14/a.jpg">', None),
    ("", "", "", "", None),  # "năm 2023" in the text is no date of publication
])
def test_the_date_of_publication_is_stated_or_printed_and_never_guessed(write: Write, head: str, above: str, below: str,
                                                                         after: str, date: str | None) -> None:
    write("f.html", HEAD.format(head, above, below, after))
    [read] = read_articles(["f.html"])
    assert read.article is not None
    assert read.article.published == date
    assert read.article.text.splitlines()[0] == TITLE
    assert set(BODY) <= set(read.article.text.splitlines())


@pytest.mark.parametrize(("html", "text"), [
    ("<p>{0}</p><p>{1}</p>", "{0}\n{1}"),
    ("{0}<br><br>{1}", "{0}\n{1}"),
    ("<p>{0}</p><figure><img src='a.jpg'></figure><p>{1}</p>", "{0}\n{1}"),
    ("<p>{0}</p><figure><img><figcaption>Ảnh: <b>Lò</b> Mai</figcaption></figure><p>{1}</p>", "{0}\nẢnh: Lò Mai\n{1}"),
    ("<p>{0}</p><table><tr><td><img></td></tr><tr><td>Ảnh: Lò Mai</td></tr></table><p>{1}</p>", "{0}\nẢnh: Lò Mai\n{1}"),
    ("<p>{0}</p><table><tr><td>Xã</td><td>5%</td></tr></table><p>{1}</p>", "{0}\nXã | 5%\n{1}"),
    ("<p>{0}&nbsp; </p>\n\n<p>  {1}</p>", "{0}\n{1}"),
    ("<p>{0}</p><p></p><script>var a = 1;</script><p>{1}</p>", "{0}\n{1}"),
])
def test_the_text_is_a_paragraph_a_line(write: Write, html: str, text: str) -> None:
    write("f.html", f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><article>"
                    + html.format(BODY[0], BODY[1]) + "</article></body></html>")
    assert told("f.html") == [f"f.html {TITLE}\n" + text.format(BODY[0], BODY[1])]


@pytest.mark.parametrize(("data", "error"), [
    (b"<html><head><title>T</title></head><body></body></html>", "no text of an article was found in this page"),
    (b"%PDF-1.4 x\xff", "not UTF-8 (byte 10); it seems to be a PDF document; name the encoding, or convert it to UTF-8 first"),
    (b"   ", "not an HTML page"),
    (b"<html>" + b"\xff\xfe\xfd" * 50, "not UTF-8 (byte 6); it seems to be a legacy 8-bit encoding such as windows-1252; "
        "name the encoding, or convert it to UTF-8 first"),
])
def test_what_is_no_page_of_an_article(write: Write, data: bytes, error: str) -> None:
    write("f.html", data)
    assert told("f.html") == [f"f.html ! {error}"]


@pytest.mark.parametrize("depth", [50, 20_000])
def test_a_page_that_is_thousands_of_elements_deep(write: Write, depth: int) -> None:
    write("f.html", "<html><body>" + "<div>" * depth + "".join(f"<p>{p}</p>" for p in BODY) + "</div>" * depth)
    [line] = told("f.html")
    assert BODY[0] in line or " ! " in line


def encoded(encoding: str, said: str) -> bytes:
    return HEAD.format(f'<meta http-equiv="Content-Type" content="text/html; charset={said}">', "", "", "").replace(
        "<meta charset='utf-8'>", "").encode(encoding)


@pytest.mark.parametrize(("encoding", "said"), [
    ("utf-8", "utf-8"), ("utf-8", "nonsense"), ("utf-8-sig", "utf-8"), ("utf-8", "utf-16"), ("utf-16", "utf-16")])
def test_the_encoding_of_a_page(write: Write, encoding: str, said: str) -> None:
    write("f.html", encoded(encoding, said))
    assert told("f.html") == ["f.html " + "\n".join([TITLE, *BODY])]


# --- web archives ----------------------------------------------------------------------------------------------------


def warc(*records: tuple[str, str, bytes]) -> bytes:
    """A web archive of records: their type, the address (or nothing) and the block."""
    out = []
    for i, (kind, url, block) in enumerate(records):
        head = [f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0000000{i}-0000-4000-8000-000000000000>\r\n"
                f"WARC-Date: 2024-03-14T00:00:00Z\r\nContent-Length: {len(block)}"]
        if url:
            head.append(f"WARC-Target-URI: {url}")
        if kind in ("response", "request"):
            head.append(f"Content-Type: application/http; msgtype={kind}")
        if kind == "conversion":
            head.append("Content-Type: text/plain")
        out.append("\r\n".join(head).encode() + b"\r\n\r\n" + block + b"\r\n\r\n")
    return b"".join(out)


def http(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"]).encode() + b"\r\n\r\n" + body


PAGE = HEAD.format("", "", "", "").encode()
HTML = "Content-Type: text/html; charset=UTF-8"
ARCHIVE = (
    ("warcinfo", "", b"software: a test\r\n"),
    ("request", "https://a.vn/1", b"GET /1 HTTP/1.1\r\nHost: a.vn\r\n\r\n"),
    ("response", "https://a.vn/1", http(PAGE, HTML)),
    ("response", "https://a.vn/2.png", http(b"\x89PNG", "Content-Type: image/png")),
    ("response", "https://a.vn/3", http(PAGE, HTML, status="404 Not Found")),
    ("response", "https://a.vn/4", http(gzip.compress(PAGE), HTML, "Content-Encoding: gzip")),
    ("response", "https://a.vn/5", http(b"<html><body></body></html>", HTML)),
    ("conversion", "https://a.vn/6", "Giảm 5 hộ.\n".encode()),
    ("response", "https://a.vn/7", http(PAGE, HTML)),
)
PLACES = [3, 6, 7, 8, 9]


@pytest.mark.parametrize("name", ["f.warc", "f.warc.gz", "f.warc.bz2"])
def test_the_pages_of_a_web_archive(write: Write, name: str) -> None:
    import bz2

    records = [warc(record) for record in ARCHIVE]
    packers: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress}
    pack = packers.get(name.rsplit(".", 1)[-1], bytes)
    write(name, b"".join(pack(record) for record in records))  # each record by itself, as crawlers do it
    reads = list(read_articles([name]))
    assert [r.line for r in reads] == PLACES
    articles = {r.article.url: r.article for r in reads if r.article}
    assert list(articles) == [f"https://a.vn/{i}" for i in (1, 4, 6, 7)]
    assert articles["https://a.vn/1"].text.splitlines() == [TITLE, *BODY]
    assert articles["https://a.vn/4"].text == articles["https://a.vn/1"].text
    assert articles["https://a.vn/6"].text == "Giảm 5 hộ.\n"
    assert articles["https://a.vn/7"].id == "f:9"
    [error] = [str(r.error) for r in reads if r.error]
    assert error == f"{name}: line 7: no text of an article was found in this page"


def test_some_pages_of_a_web_archive_left_out(write: Write) -> None:
    write("f.warc", warc(*ARCHIVE))
    for skip in range(len(PLACES)):
        assert told("f.warc", skip=skip) == told("f.warc")[skip:]


def test_a_broken_web_archive(write: Write) -> None:
    write("f.warc", warc(*ARCHIVE[:3]) + b"not a record at all\r\n" * 3)
    write("g.warc.gz", gzip.compress(warc(*ARCHIVE))[:-200])
    write("h.warc", "no archive")
    write("i.warc", b"")
    found = told(["f.warc", "g.warc.gz", "h.warc", "i.warc", str(PAGES / "big_daily.html")])
    assert found[0].startswith("f.warc:3 " + TITLE)
    for name in ("g.warc.gz", "h.warc", "i.warc"):
        assert any(line.startswith(f"{name} ! ") for line in found), name
    assert TITLE in found[-1]


def test_a_page_may_be_larger_than_its_text_but_not_without_end(write: Write) -> None:
    pages = [PAGE + b"<!--" + b"x" * size + b"-->" for size in (5_000, 50_000)]
    pages.append(PAGE.replace(b"</div>", ("<p>" + BODY[0] + "</p>").encode() * 30 + b"</div>"))
    write("f.warc", warc(*(("response", f"https://a.vn/{i}", http(page, HTML)) for i, page in enumerate(pages))))
    for i, page in enumerate(pages):
        write(f"{i}.html", page)
    for names in (["f.warc"], ["0.html", "1.html", "2.html"]):
        first, second, third = (line.partition(" ")[2] for line in told(names, ReadOptions(max_bytes=3_000)))
        assert first.startswith(TITLE)
        assert second == "! longer than a page may be (24,000 bytes)"
        assert third == "! longer than one article may be (3,000 bytes)"


def test_the_text_of_a_page_can_be_looked_for_later_and_elsewhere(write: Write) -> None:
    import pickle

    write("f.warc", warc(*ARCHIVE))
    names = [str(PAGES), "f.warc"]
    later = [pickle.dumps(r.article) for r in read_articles(names, finish=False)]
    assert pickle.dumps(None) not in later, "whether a page holds a text is not known yet"
    for read, packed in zip(read_articles(names), later, strict=True):
        if read.article is not None:
            assert finished(pickle.loads(packed)) == read.article
        else:
            with pytest.raises(ExtractorError, match="no text of an article was found in this page"):
                finished(pickle.loads(packed))
