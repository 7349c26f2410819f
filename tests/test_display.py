"""Extractions in notebooks and displacy: what is shown is the text, marked, and a table."""

from __future__ import annotations

import pickle
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy import displacy

import extractor
from extractor.errors import ExtractorError
from extractor.notebook import Extractions, marked_text
from extractor.pipeline.stored import extraction_of
from extractor.records import Extraction

HOSTILE = "Năm 2023 <script>alert(1)</script> & \"tỷ lệ\" hộ nghèo tỉnh Cao Bằng là 5% <img src=x onerror=y>."


class Reader(HTMLParser):
    """What a browser would make of HTML: its text, its elements."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.styles = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def test_an_article_shows_its_marked_text_and_its_table() -> None:
    doc = extractor.extract("Năm 2024, tỉnh Cao Bằng phấn đấu giảm tỷ lệ hộ nghèo từ 4% trở lên.")
    html = doc._repr_html_()
    assert 'class="goal number target"' in html or 'class="number target goal"' in html
    assert "Poverty rate: target, −4 points or more, 2024, Cao Bằng" in html
    assert "<td>−4 points or more</td><td>Poverty rate</td>" in html


def test_hostile_text_stays_text() -> None:
    reader = Reader(extractor.extract(HOSTILE, title=HOSTILE)._repr_html_())
    assert HOSTILE in reader.text
    assert reader.tags <= {"style", "div", "span", "table", "thead", "tbody", "tr", "th", "td"}


def test_marking_loses_nothing_of_any_article(corpus: dict[str, tuple[str, Extraction]]) -> None:
    for text, extraction in corpus.values():
        assert Reader(marked_text(extraction, text)).text == text


@given(st.text(alphabet=st.sampled_from("<>&\"' 5%\nộ😀a"), max_size=80))
def test_marking_loses_nothing_of_any_text(text: str) -> None:
    reader = Reader(marked_text(extractor.extract(text), text))
    assert reader.text.replace("\r", "\n") == text.replace("\r", "\n")
    assert reader.tags <= {"span"}


def test_a_document_of_json_shows_its_table_and_says_that_there_is_no_text() -> None:
    doc = extraction_of(extractor.extract(HOSTILE).to_dict())
    reader = Reader(doc._repr_html_())
    assert "do not carry the text" in reader.text
    assert "5%" in reader.text
    assert "alert" not in reader.text


def test_a_list_shows_its_articles_the_first_unfolded(corpus: dict[str, tuple[str, Extraction]]) -> None:
    shown = extractor.show(extraction for _, extraction in corpus.values())
    html = shown._repr_html_()
    assert html.count("<details open>") == 1
    assert html.count("<details>") == 19
    assert f"and {len(corpus) - 20} more articles" in html
    assert isinstance(shown[:2], Extractions)
    assert shown[0] == next(iter(corpus.values()))[1]
    assert len(shown[:2].to_dataframe("articles")) == 2
    assert "Chỉ số" in extractor.show(shown[0], language="vi")._repr_html_()
    with pytest.raises(ExtractorError, match="language"):
        extractor.show([], language="fr")


def test_records_stay_picklable_with_their_text() -> None:
    doc = pickle.loads(pickle.dumps(extractor.extract(HOSTILE)))
    assert doc.text == HOSTILE
    assert doc.percentages[0].explain(colour=False)


def test_displacy_draws_the_doc() -> None:
    nlp = extractor.load()
    doc = nlp("Năm 2024, tỉnh Cao Bằng phấn đấu giảm tỷ lệ hộ nghèo từ 4% trở lên.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Cao Bằng", "province"), ("4%", "percent")]
    assert {"target", "percent", "province", "period"} == {span.label_ for span in doc.spans["sc"]}
    assert "percent" in displacy.render(doc, style="ent", jupyter=False)
    assert "target" in displacy.render(doc, style="span", jupyter=False)
    assert doc._.extraction.text == doc.text
    assert [(e.text, e.label_) for e in nlp(doc).ents] == [(e.text, e.label_) for e in doc.ents]


def test_entities_of_the_user_stay() -> None:
    nlp = extractor.load()
    nlp.add_pipe("entity_ruler", first=True).add_patterns([{"label": "MINE", "pattern": "Cao Bằng"}])  # type: ignore[attr-defined]
    doc = nlp("Năm 2024, tỷ lệ hộ nghèo của tỉnh Cao Bằng là 4%.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Cao Bằng", "MINE"), ("4%", "percent")]


def test_days_and_periods_as_dates() -> None:
    docs = [extractor.extract("Quý I/2024, tỷ lệ hộ nghèo của tỉnh Cao Bằng là 4%.", published="2024-04-01")]
    table = extractor.to_dataframe(docs, dates=True)
    assert list(table.columns[table.columns.get_loc("period"):][:3]) == ["period", "period_start", "period_end"]
    assert list(table.loc[0, ["period_start", "period_end"]]) == [pd.Timestamp("2024-01-01"), pd.Timestamp("2024-03-31")]
    assert extractor.to_dataframe(docs, "articles", dates=True)["published"][0] == pd.Timestamp("2024-04-01")
    assert extractor.to_dataframe([], dates=True).dtypes.to_dict() == table.dtypes.to_dict()
    assert "period_start" not in extractor.to_dataframe(docs)
