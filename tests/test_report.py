"""The report without a browser: what is in the page, what is not, which texts it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor.cli.main import main
from extractor.errors import ExtractorError
from extractor.records import Extraction
from extractor.report import document_of, read_documents, write_report
from extractor.report.page import page, safe_json
from extractor.report.texts import text_of
from extractor.wording import labels

TEXT = "Năm 2024, tỉnh Cao Bằng phấn đấu giảm tỷ lệ hộ nghèo từ 4% trở lên.\n"
DOC = extractor.extract(TEXT, id="x", path="x.txt")
HOSTILE = "Năm 2023</script><script>alert(1)</script><!--<script> tỷ lệ hộ nghèo\u2028 tỉnh Cao Bằng là 5% &lt;b&gt; 😀 6%."


class Parts(HTMLParser):
    """Elements of a page and what stands inside scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.links: list[str] = []
        self.policy = ""
        self._inside = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag == "meta" and values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"] or ""
        if tag == "script":
            self.scripts.append("")
        self._inside = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data


def data_of(html: str) -> dict[str, Any]:
    parts = Parts(html)
    assert len(parts.scripts) == 2
    found: dict[str, Any] = json.loads(parts.scripts[0])
    return found


def jsonl(path: Path, *documents: Any) -> Path:
    path.write_text("".join((d if isinstance(d, str) else json.dumps(d, ensure_ascii=False)) + "\n" for d in documents), encoding="utf-8")
    return path


def with_text(extraction: Extraction, text: str) -> dict[str, Any]:
    value = extraction.to_dict()
    value["document"]["text"] = text
    return value


def test_the_page_needs_nothing_from_elsewhere() -> None:
    html = page([DOC])
    parts = Parts(html)
    assert [link for link in parts.links if not link.startswith(("#", "data:"))] == []
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", html) == []
    assert "default-src 'none'" in parts.policy
    assert "unsafe" not in parts.policy
    assert not re.search(r"\b(?:fetch|XMLHttpRequest|WebSocket|innerHTML|outerHTML|insertAdjacentHTML|eval)\b", parts.scripts[1])


def test_the_same_documents_give_the_same_page() -> None:
    assert page([DOC]) == page([DOC]) == page([document_of(with_text(DOC, TEXT))])


@pytest.mark.parametrize("text", [HOSTILE, "{{script}} {{data}} 5%", "\ud800 5%", "\x00 5%"])
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    assert data_of(page([extractor.extract(text, title=text)], title=text))["articles"][0]["text"] == text


@given(st.text())
def test_json_inside_html_cannot_end_its_element(text: str) -> None:
    shown = safe_json({"text": text})
    assert not set("<>&\u2028\u2029") & set(shown)
    assert json.loads(shown) == {"text": text}


def test_every_label_that_the_page_asks_for_is_there() -> None:
    folder = Path(extractor.__file__).parent / "report"
    source = "".join(file.read_text(encoding="utf-8") for file in [folder / "page.html", *folder.glob("script/*.js")])
    asked = re.findall(r"""["'](?:\w+\.)?(field|ui|missing|kind|status)\.(\w+)["']""", source)
    assert len(asked) > 50
    assert [f"{table}.{key}" for table, key in asked if key not in labels()[table]] == []


def test_an_observation_is_in_the_page_with_its_words() -> None:
    o = data_of(page([DOC]))["articles"][0]["observations"][0]
    assert o["value_words"] == {"en": "−4 points or more", "vi": "−4 điểm % trở lên"}
    assert TEXT[slice(*o["evidence"]["status"])] == "phấn đấu"
    assert "high" not in o


@pytest.mark.parametrize(("change", "why"), [
    (lambda _: None, None),
    (lambda path: path.unlink(), "no_file"),
    (lambda path: path.write_text(TEXT + "!", encoding="utf-8"), "changed"),
    (lambda path: path.write_bytes(b""), "changed"),
])
def test_a_text_is_looked_up_where_the_document_says(change: Callable[[Path], None], why: str | None, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    change(tmp_path / "x.txt")
    document = document_of(DOC.to_dict())
    assert text_of(document, tmp_path) == ((TEXT, None) if why is None else (None, why))


def test_a_text_that_is_carried_along_must_be_the_one_that_was_read() -> None:
    assert text_of(document_of(with_text(DOC, TEXT))) == (TEXT, None)
    assert text_of(document_of(with_text(DOC, TEXT + "!"))) == (None, "changed")
    assert text_of(document_of(extractor.extract(TEXT).to_dict())) == (None, "no_path")


def test_read_what_was_written(corpus: dict[str, tuple[str, Extraction]], tmp_path: Path) -> None:
    extractions = [extraction for _, extraction in corpus.values()]
    assert list(read_documents(jsonl(tmp_path / "o.jsonl", *(e.to_dict() for e in extractions)))) == extractions


def test_one_indented_document_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "o.json").write_text(DOC.to_json(2), encoding="utf-8")
    assert list(read_documents(tmp_path / "o.json")) == [DOC]


@pytest.mark.parametrize(("spoil", "message"), [
    (lambda d: d.pop("checks"), "checks: the field is missing"),
    (lambda d: d["document"].update(id=7), "document.id: expected a string, found 7"),
    (lambda d: d["percentages"][0].update(low="4"), 'percentages[0].low: expected a number, found "4"'),
    (lambda d: d["percentages"][0].update(start=True), "percentages[0].start: expected a whole number, found true"),
    (lambda d: d["percentages"][0].update(status="maybe"), "percentages[0].status: expected one of actual, target"),
    (lambda d: d["percentages"][0].update(sentence=[1]), "percentages[0].sentence: expected a list of 2, found [1]"),
    (lambda d: d["percentages"][0]["evidence"].update(place=None), "percentages[0].evidence.place: expected a list of 2"),
    (lambda d: d.update(periods={}), "periods: expected a list, found {}"),
    (lambda d: d["document"].update(text=1), "document.text: expected a string, found 1"),
])
def test_a_fault_names_its_line_and_field(spoil: Callable[[dict[str, Any]], Any], message: str, tmp_path: Path) -> None:
    value = DOC.to_dict()
    spoil(value)
    path = jsonl(tmp_path / "o.jsonl", DOC.to_dict(), value, "{", "[]", DOC.to_dict())
    first, fault, broken, no_object, last = read_documents(path)
    assert first == last == DOC
    assert isinstance(fault, ExtractorError)
    assert str(fault).startswith(f"{path}: line 2: {message}")
    assert str(broken).startswith(f"{path}: line 3: no JSON")
    assert str(no_object) == f"{path}: line 4: document: expected an object, found []"


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "report.html"
    good = jsonl(tmp_path / "o.jsonl", DOC.to_dict())
    bad = jsonl(tmp_path / "bad.jsonl", "{}")
    assert main(["report", str(good), "-o", str(out), "--title", "Tiêu đề <1>", "--language", "en"]) == 0
    data = data_of(out.read_text(encoding="utf-8"))
    assert (data["title"], data["language"], data["articles"][0]["text"]) == ("Tiêu đề <1>", "en", TEXT)
    assert "<title>Tiêu đề &lt;1&gt;</title>" in out.read_text(encoding="utf-8")
    assert main(["report", str(bad), str(good), "-o", str(out)]) == 1
    assert "bad.jsonl: schema_version: the field is missing" in capsys.readouterr().err
    out.unlink()
    assert main(["report", str(bad), str(tmp_path / "none"), "-o", str(out)]) == 2
    assert not out.exists()
    assert main(["report", str(good), "-o", str(good)]) == 2
    assert main(["report", str(good), "-o", str(tmp_path / "no" / "where.html")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_from_python(tmp_path: Path) -> None:
    write_report([DOC], tmp_path / "r.html", title="A")
    assert data_of((tmp_path / "r.html").read_text(encoding="utf-8"))["title"] == "A"
    with pytest.raises(ExtractorError, match="language"):
        write_report([], tmp_path / "r.html", language="fr")


# --- colours --------------------------------------------------------------------------------------------------------
def palette(dark: bool) -> dict[str, str]:
    css = (Path(extractor.__file__).parent / "report" / "page.css").read_text(encoding="utf-8")
    light_block, dark_block = re.findall(r"^:root(?:\[data-dark\])? \{(.*?)^\}", css, re.DOTALL | re.MULTILINE)[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light_block))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark_block)) if dark else found


def luminance(colour: str) -> float:
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), [
    *(("ink", s) for s in ("page", "surface", "raised", "hover", "sentence", "accent-soft")),
    *(("muted", s) for s in ("page", "surface", "raised", "hover", "accent-soft")), ("accent", "surface"), ("accent", "accent-soft"),
    ("on-accent", "accent"), *((c, f"{c}-bg") for c in ("number", "target", "place", "official", "lit", "bad", "good")),
    ("period", "page")])
def test_words_stand_out_from_their_ground(ink: str, ground: str, dark: bool) -> None:
    colours = palette(dark)
    high, low = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4.5
