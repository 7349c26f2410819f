#!/usr/bin/env python3
"""Take the README's picture of the report: ``python scripts/shoot_report.py`` (needs the extra "test" and chromium)."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path

from selenium import webdriver

import extractor
from extractor.report import write_report

ROOT = Path(__file__).resolve().parent.parent
ARTICLES, SHOWN = 30, "#1/o21"  # a target of the first article of the corpus
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-prefers-reduced-motion")


def main() -> None:
    """Write ``docs/report.png``."""
    options = webdriver.ChromeOptions()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for option in (*OPTIONS, f"--user-data-dir={folder}/profile"):
            options.add_argument(option)
        options.binary_location = shutil.which("chromium") or ""
        page = Path(folder) / "report.html"
        articles = itertools.islice(extractor.read(ROOT / "corpus" / "*.txt"), ARTICLES)
        write_report((extractor.extract(a.text, id=a.id) for a in articles), page, language="en")
        driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
        try:
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                   {"width": 1360, "height": 800, "deviceScaleFactor": 1, "mobile": False})
            driver.get(page.as_uri() + SHOWN)
            driver.save_screenshot(str(ROOT / "docs" / "report.png"))
        finally:
            driver.quit()


if __name__ == "__main__":
    main()
