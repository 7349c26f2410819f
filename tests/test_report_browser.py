"""The report as a reader uses it, in headless Chromium: mouse, keyboard, search, filters, themes, print."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

import extractor
from extractor.pipeline.stored import extraction_of
from extractor.records import Extraction
from extractor.report import write_report

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium or its driver is not installed "
                                "(Debian: apt-get install chromium chromium-driver)")
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", "--window-size=1440,900")
Open = Callable[..., "Page"]

FIRST = ("Tỷ lệ hộ nghèo ở Cao Bằng\n\nNăm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm từ 28,94% xuống còn 24,71%, giảm 4,23%. "
         "Năm 2024, tỉnh phấn đấu giảm tỷ lệ hộ nghèo từ 4% trở lên, ông Nông Văn Thắng, Giám đốc Sở Lao động - Thương binh "
         "và Xã hội tỉnh Cao Bằng cho biết.\n")
SECOND = "Bến Tre 😀 có thêm việc làm\n\nNăm 2023, tỉnh Bến Tre 😀 giải quyết việc làm cho 20.150 lao động.\n"
HOSTILE = ("<img src=x onerror=window.hacked=1>\n\n</script><script>window.hacked=1</script> Năm 2023, tỷ lệ hộ nghèo "
           "<b onmouseover=window.hacked=1>tỉnh Hà Giang</b> là 5%.\n")
DOCS = [extractor.extract(text, id=f"d{n}") for n, text in enumerate((FIRST, SECOND, HOSTILE), 1)]


def logs(driver: webdriver.Chrome, kind: str) -> list[dict[str, Any]]:
    """What the browser has written since the last call."""
    entries: list[dict[str, Any]] = driver.get_log(kind)  # type: ignore[no-untyped-call]
    return entries


class Page:
    """A report that is open in the browser."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        return [str(text) for text in self.run("return [...document.querySelectorAll(arguments[0])].map((n) => n.textContent)", selector)]

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def wait(self, condition: Callable[[], Any]) -> None:
        WebDriverWait(self.driver, 20).until(lambda _: condition())

    def press(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def type(self, selector: str, words: str) -> None:
        field = self.one(selector)
        field.clear()
        field.send_keys(words)

    def card(self) -> str | None:
        card = self.one("#card")
        return card.text if card.is_displayed() else None

    def lit(self) -> list[str]:
        """The words in light, those of one span joined."""
        return [str(text) for text in self.run(
            "return [...document.querySelectorAll('.lit')].map((n) => (n.dataset.label ? '|' : '') + n.textContent).join('').split('|').slice(1).map((w) => w.trim())")]

    def number(self, words: str) -> WebElement:
        return next(node for node in self.all("#article .num") if node.text == words)


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for option in (*OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield browser
    browser.quit()


@pytest.fixture
def open_report(driver: webdriver.Chrome, tmp_path: Path) -> Iterator[Open]:
    def opened(documents: list[Extraction] | None = None, *, at: str = "", width: int = 1440, language: str = "en",
               media: dict[str, str] | None = None) -> Page:
        path = tmp_path / "report.html"
        write_report(DOCS if documents is None else documents, path, language=language)
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
        features = [{"name": name, "value": value} for name, value in
                    {"prefers-color-scheme": "light", "prefers-reduced-motion": "reduce", **(media or {})}.items()]
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        driver.get("about:blank")
        driver.get(path.as_uri() + at)
        driver.execute_script("localStorage.clear()")
        ActionChains(driver).move_by_offset(0, 0).reset_actions()
        return Page(driver)

    yield opened
    errors = [entry["message"] for entry in logs(driver, "browser") if entry["level"] == "SEVERE"]
    assert errors == []


def test_the_text_is_marked_and_the_table_stands_beside_it(open_report: Open) -> None:
    page = open_report()
    assert page.texts("#list .name") == [d.document.title for d in DOCS]
    assert page.texts("#article .num") == ["28,94%", "24,71%", "4,23%", "4%"]
    assert page.texts("#article .num.is-target") == ["4%"]
    assert "Cao Bằng" in page.texts("#article .m-place")
    assert page.texts("#article .m-official") == ["Nông Văn Thắng"]
    assert page.texts("tbody .figure") == ["28,94%", "24,71%", "4,23%", "4%"]
    assert page.texts("#article .prose > *") == [line for line in FIRST.split("\n") if line]
    assert page.texts("#article h2.title") == ["Tỷ lệ hộ nghèo ở Cao Bằng"]


def test_hovering_a_number_shows_its_card_and_lights_up_its_words(open_report: Open) -> None:
    page = open_report()
    assert page.card() is None
    ActionChains(page.driver).move_to_element(page.number("4%")).perform()
    card = page.card()
    assert card is not None
    assert "target, −4 points or more, 2024, Cao Bằng" in card
    assert "comparator:or_more" in card
    assert sorted(page.lit()) == ["Cao Bằng", "Năm 2024", "giảm", "phấn đấu", "trở lên", "tỷ lệ hộ nghèo"]
    assert page.one("[data-label='Status']").text == "phấn đấu"
    ActionChains(page.driver).move_to_element(page.one("#title")).perform()
    assert page.card() is None
    assert page.lit() == []


def test_the_card_does_not_cover_the_sentence(open_report: Open) -> None:
    page = open_report(at="#1/o4")
    card, sentence = page.run("""return [document.querySelector('#card').getBoundingClientRect(),
        ...[...document.querySelectorAll('.in-sentence')].map((n) => n.getBoundingClientRect())].map((b) => [b.top, b.bottom])
        .reduce((all, box, i) => i ? [all[0], [Math.min(all[1][0], box[0]), Math.max(all[1][1], box[1])]] : [box, [1e9, 0]], [])""")
    assert card[0] >= sentence[1] or card[1] <= sentence[0]
    assert 0 <= card[0] <= card[1] <= 900


def test_focus_shows_the_card_and_keys_hold_and_close_it(open_report: Open) -> None:
    page = open_report()
    page.press("n")
    assert "from 28.94%" in (page.card() or "")
    page.press("n")
    assert page.run("return document.activeElement.dataset.number") == "o2"
    assert "down to 24.71%" in (page.card() or "")
    page.press(Keys.ENTER)
    ActionChains(page.driver).move_to_element(page.number("4%")).perform()
    assert "down to 24.71%" in (page.card() or ""), "a card that was pinned stays"
    page.press(Keys.ESCAPE)
    assert page.card() is None
    page.press("p")
    assert "from 28.94%" in (page.card() or "")
    page.press(Keys.TAB)
    assert "down to 24.71%" in (page.card() or "")


def test_articles_with_the_keyboard(open_report: Open) -> None:
    page = open_report()
    page.press("j")
    assert page.texts("#article .num") == ["20.150 lao động"]
    assert page.run("return location.hash") == "#2"
    page.press("k")
    assert page.texts("#article h2.title") == [DOCS[0].document.title]
    page.press("?")
    assert page.one("#keys").is_displayed()
    page.press(Keys.ESCAPE)
    page.wait(lambda: not page.one("#keys").is_displayed())


def test_offsets_count_characters_beyond_the_first_plane_once(open_report: Open) -> None:
    page = open_report(at="#2/o1")
    assert page.texts("#article .num.active") == ["20.150 lao động"]
    assert "Bến Tre" in page.lit()
    assert page.texts("#article .prose > *") == [line for line in SECOND.split("\n") if line]


def test_hostile_text_stays_text(open_report: Open) -> None:
    page = open_report(at="#3/o1")
    assert page.texts("#article .prose > *") == [line for line in HOSTILE.split("\n") if line]
    assert page.all("#article img, #article script, #article b[onmouseover], #list img") == []
    assert page.run("return window.hacked === undefined")


@pytest.mark.parametrize(("words", "found"), [
    ("cao bang", ["d1"]), ("BẾN TRE", ["d2"]), ("tinh 5%", ["d3"]), ("d2", ["d2"]), ("nong van thang", ["d1"]),
    ("nam 2023", ["d1", "d2", "d3"]), ("không có đâu", [])])
def test_searching_articles_with_or_without_accents(words: str, found: list[str], open_report: Open) -> None:
    page = open_report()
    page.press("/")
    page.press(words)
    titles = [d.document.title for d in DOCS if d.document.id in found]
    page.wait(lambda: page.texts("#list .name") == titles)
    assert page.one("#list-count").text == f"{len(found)} of 3"


def test_the_table_is_sorted_and_filtered(open_report: Open) -> None:
    page = open_report()
    page.one("[data-sort=text]").click()
    assert page.texts("tbody .figure") == ["4%", "4,23%", "24,71%", "28,94%"]
    assert page.one("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    page.one("[data-sort=text]").click()
    assert page.texts("tbody .figure") == ["28,94%", "24,71%", "4,23%", "4%"]
    page.one("[data-scope=all]").click()
    assert page.one("#table-count").text == "6 of 6"
    page.type("#filter", "ben tre")
    page.wait(lambda: page.texts("tbody .figure") == ["20.150 lao động"])
    page.one("tbody tr").click()
    assert page.texts("#article .num.active") == ["20.150 lao động"]
    assert "20,150 workers" in (page.card() or "")
    assert page.texts("tbody tr.active .figure") == ["20.150 lao động"], "numbers of other articles have the same id"
    page.type("#filter", Keys.BACKSPACE)
    page.run("document.querySelector('#filter').value = ''; document.querySelector('#filter').dispatchEvent(new Event('input'))")
    page.wait(lambda: page.one("#table-count").text == "6 of 6")
    page.all("tbody tr")[0].click()
    assert len(page.all("tbody tr.active")) == 1
    page.press(Keys.ESCAPE)
    page.one("#by-status option[value=target]").click()
    assert page.texts("tbody .figure") == ["4%"]


def test_the_other_lists(open_report: Open) -> None:
    page = open_report()
    shown = {}
    for tab in ("targets", "people", "places", "checks"):
        page.one(f"[data-tab={tab}]").click()
        shown[tab] = page.one("#panel").text
        assert page.one("[role=tab][aria-selected=true]").get_attribute("data-tab") == tab
    assert "target, −4 points or more" in shown["targets"]
    assert "Giám đốc, Sở Lao động - Thương binh và Xã hội" in shown["people"]
    assert "province" in shown["places"]
    assert "28.94 − 24.71 = 4.23" in shown["checks"]
    assert "agrees" in shown["checks"]


def test_marks_can_be_switched_off(open_report: Open) -> None:
    page = open_report()
    place = page.one("#article .m-place")
    tinted = place.value_of_css_property("background-color")
    page.one("[data-mark=place]").click()
    assert place.value_of_css_property("background-color") != tinted
    assert page.one("[data-mark=place]").get_attribute("aria-pressed") == "false"


def test_both_languages(open_report: Open) -> None:
    page = open_report(language="vi", at="#1/o4")
    assert "mục tiêu, −4 điểm % trở lên, 2024, Cao Bằng" in (page.card() or "")
    assert page.one("#list-name").text == "Bài báo"
    page.one("[data-language=en]").click()
    assert page.run("return document.documentElement.lang") == "en"
    assert page.one("#summary").text == "3 articles, 6 numbers"
    assert page.texts("th")[0] == "Number"


def test_dark_mode_follows_the_system_and_the_button(open_report: Open) -> None:
    page = open_report(media={"prefers-color-scheme": "dark"})
    ground = "return getComputedStyle(document.body).backgroundColor"
    assert page.run(ground) == "rgb(13, 16, 21)"
    page.one("#theme").click()
    assert page.run(ground) == "rgb(244, 245, 248)"


def test_a_narrow_screen_shows_one_pane_at_a_time(open_report: Open) -> None:
    page = open_report(width=420)
    panes = {".list": "list", ".reader": "text", ".side": "side"}
    for view in panes.values():
        page.one(f".views [data-view={view}]").click()
        assert {name for selector, name in panes.items() if page.one(selector).is_displayed()} == {view}
        assert page.run("return document.documentElement.scrollWidth <= innerWidth")
    page.one("tbody tr").click()
    assert page.one(".reader").is_displayed()
    assert page.card() is not None


def test_print_shows_text_and_table_alone(open_report: Open) -> None:
    page = open_report()
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        shown = {s: page.one(s).is_displayed() for s in (".bar", ".list", "#filters", "#legend", "#article", "#panel table")}
        assert [s for s, is_shown in shown.items() if is_shown] == ["#article", "#panel table"]
        printed = page.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
        assert base64.b64decode(printed["data"]).startswith(b"%PDF")
    finally:
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_without_the_text_the_records_are_shown_and_why(open_report: Open) -> None:
    bare = [extraction_of(d.to_dict()) for d in DOCS]
    page = open_report(bare)
    assert "holds no text and names no file" in page.one("#article").text
    assert page.texts("#article .row b") == ["28,94%", "24,71%", "4,23%", "4%"]
    page.all("#article .row")[3].click()
    assert "target, −4 points or more" in (page.card() or "")


def test_a_title_that_the_text_does_not_print_stands_above_it(open_report: Open) -> None:
    text = "Năm 2023, tỷ lệ hộ nghèo của tỉnh Cao Bằng là 5%, của tỉnh Hà Giang là 6%, theo báo cáo vừa công bố.\n"
    page = open_report([extractor.extract(text, title="Tiêu đề riêng")])
    assert page.texts("#article h2") == ["Tiêu đề riêng"]
    assert page.one("#summary").text == "1 article, 2 numbers"


def test_nothing_at_all(open_report: Open) -> None:
    page = open_report([])
    assert page.one("#summary").text == "0 articles, 0 numbers"
    page.press("j", "n", "/")
    assert page.one("#list").text == "Nothing matches."


def test_five_hundred_articles_are_drawn_as_the_reader_comes_to_them(open_report: Open) -> None:
    many = [replace(d, document=replace(d.document, id=f"m{n}", title=f"Bài {n}")) for n in range(170) for d in DOCS]
    page = open_report(many)
    assert page.one("#summary").text == "510 articles, 1,020 numbers"
    assert len(page.all("#list button")) < 200
    page.one("[data-scope=all]").click()
    assert len(page.all("tbody tr")) < 300
    page.run("document.querySelector('#panel').scrollTop = 1e6")
    page.wait(lambda: len(page.all("tbody tr")) > 150)
    page.press("/")
    page.press("m169")
    page.wait(lambda: page.texts("#list .name") == ["Bài 169"] * 3)
    page.press(Keys.ENTER)
    assert page.run("return location.hash") == "#508"


def test_nothing_is_asked_of_the_network(open_report: Open) -> None:
    page = open_report()
    logs(page.driver, "performance")
    page.driver.refresh()
    page.one("[data-scope=all]").click()
    asked = [json.loads(entry["message"])["message"] for entry in logs(page.driver, "performance")]
    addresses = [m["params"]["request"]["url"] for m in asked if m["method"] == "Network.requestWillBeSent"]
    assert addresses
    assert all(address.startswith(("file:", "data:")) for address in addresses)
