"""What several test modules need: the corpus, and what the toolkit makes of it, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

import extractor
from extractor.records import Extraction

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"


@pytest.fixture(scope="session")
def corpus() -> dict[str, tuple[str, Extraction]]:
    """Text and extraction of every article of the corpus, by its id."""
    return {article.id or "": (article.text, extractor.extract(article.text, id=article.id))
            for article in extractor.read(CORPUS / "*.txt")}
