"""The panel's page as a reader uses it, in headless Chromium: filter, sort, open the sources of a row."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from panel_documents import article, households, said, target
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

from extractor.panels import build_panel
from extractor.panels.files import write_panel

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="chromium or its driver is not installed "
                                "(Debian: apt-get install chromium chromium-driver)")
HOSTILE = "<img src=x onerror=window.hacked=1></script><script>window.hacked=1</script>"
DOCUMENTS = [
    article("a", said(24.71), target(20), title=HOSTILE, url="javascript:window.hacked=1"),
    article("b", said(26.61, words=f"{HOSTILE} 26.61")), article("c", said(3.5, "Đắk Lắk", confidence=0.9)),
    article("d", households(900, "Lạng Sơn"), url="https://example.org/d"), article("e", households(12000, "Hà Giang")),
    article("f", said(3e9, "Sơn La", indicator="investment", kind="money", unit="đồng"))]


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    path = tmp_path_factory.mktemp("page") / "panel.html"
    write_panel(build_panel(DOCUMENTS), path, language="en")
    options = webdriver.ChromeOptions()
    for option in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                   "--disable-background-networking", "--disable-component-update", "--window-size=1440,900"):
        options.add_argument(option)
    options.binary_location = CHROMIUM or ""
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    browser.get(Path(path).as_uri())
    yield browser
    browser.quit()


@pytest.fixture
def page(driver: webdriver.Chrome) -> webdriver.Chrome:
    driver.refresh()
    return driver


def shown(page: webdriver.Chrome) -> list[str]:
    """The places of the rows that can be seen, from top to bottom."""
    rows = page.find_elements(By.CSS_SELECTOR, "tbody:not([hidden]) > tr:first-child > td:nth-child(2)")
    return [row.text.split("\n")[0] for row in rows]


def one(page: webdriver.Chrome, selector: str) -> WebElement:
    return page.find_element(By.CSS_SELECTOR, selector)


@pytest.mark.parametrize(("typed", "places"), [
    ("dak lak", ["Đắk Lắk"]), ("poor 900", ["Lạng Sơn"]), ("26.61", ["Cao Bằng"]), ("nowhere", [])])
def test_words_filter_with_and_without_accents(page: webdriver.Chrome, typed: str, places: list[str]) -> None:
    one(page, "#search").send_keys(typed)
    assert shown(page) == places
    assert one(page, "#count").text == f"{len(places)} of 5"
    assert one(page, "#nothing").is_displayed() == (not places)


@pytest.mark.parametrize(("by", "value", "places"), [
    ("indicator", "poor_households", ["Hà Giang", "Lạng Sơn"]), ("agreement", "conflict", ["Cao Bằng"]),
    ("result", "target", ["Cao Bằng"]), ("result", "missed", ["Cao Bằng"])])
def test_lists_filter(page: webdriver.Chrome, by: str, value: str, places: list[str]) -> None:
    Select(one(page, f'select[data-by="{by}"]')).select_by_value(value)
    assert shown(page) == places


def test_rows_about_single_things_come_last_and_can_be_hidden(page: webdriver.Chrome) -> None:
    assert shown(page)[-1] == "Sơn La"
    one(page, "#comparable").click()
    assert "Sơn La" not in shown(page)


def test_unsure_rows_can_be_hidden(page: webdriver.Chrome) -> None:
    for _ in range(14):
        one(page, "#confidence").send_keys(Keys.ARROW_RIGHT)
    assert one(page, "#percent").text == "70%"
    assert shown(page) == ["Đắk Lắk"]


def test_columns_sort_by_number_and_by_word(page: webdriver.Chrome) -> None:
    value = one(page, "th:nth-child(5) button")
    value.click()
    assert shown(page) == ["Đắk Lắk", "Cao Bằng", "Lạng Sơn", "Hà Giang", "Sơn La"]
    value.click()
    assert shown(page) == ["Sơn La", "Hà Giang", "Lạng Sơn", "Cao Bằng", "Đắk Lắk"]
    assert one(page, "th:nth-child(5)").get_attribute("aria-sort") == "descending"
    one(page, "th:nth-child(2) button").click()
    assert shown(page) == ["Cao Bằng", "Đắk Lắk", "Hà Giang", "Lạng Sơn", "Sơn La"]


def test_a_row_opens_to_its_sources_by_key_and_by_mouse(page: webdriver.Chrome) -> None:
    one(page, "#search").send_keys("cao bang")
    toggle = one(page, "tbody:not([hidden]) .toggle")
    toggle.send_keys(Keys.ENTER)
    detail = one(page, "tbody.open .detail")
    assert detail.is_displayed()
    assert toggle.get_attribute("aria-expanded") == "true"
    for words in ("24.71 ×1; 26.61 ×1", "equal, by order", "Target 2023: 20%; outcome: 24.71% (missed)", HOSTILE):
        assert words in detail.text
    one(page, "tbody.open > tr:first-child > td:nth-child(3)").click()
    assert not detail.is_displayed()


def test_hostile_text_stays_text_and_nothing_goes_wrong(page: webdriver.Chrome) -> None:
    assert page.execute_script("return window.hacked") is None
    links = [a.get_attribute("href") for a in page.find_elements(By.CSS_SELECTOR, ".by a")]
    assert links == ["https://example.org/d"]
    assert not page.get_log("browser")  # type: ignore[no-untyped-call]
