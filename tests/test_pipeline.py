"""The toolkit as a spaCy pipeline: the same records, every character of the text, sentences, spans, components."""

from __future__ import annotations

import unicodedata

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc

import extractor
from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.pipeline import FACTORIES, build
from extractor.records import Extraction
from extractor.steps import STEPS

NLP = extractor.load()
TEXT = ("Cao Bằng giảm nghèo\n\nNăm 2023, tỷ lệ hộ nghèo huyện Bảo Lạc (Cao Bằng) giảm 4,23%, còn 1.085 hộ.\n"
        "Ông Nông Văn Thắng, Phó Chủ tịch UBND huyện Bảo Lạc, cho biết: năm 2024 phấn đấu giảm tỷ lệ hộ nghèo từ 5% "
        "trở lên.")
Corpus = dict[str, tuple[str, Extraction]]


def shown(doc: Doc, group: str) -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.id_) for span in doc.spans[group]]


# The pipeline


def test_one_component_per_step_and_one_to_finish() -> None:
    assert NLP.lang == "vi"
    assert NLP.pipe_names == [f"extractor_{step}" for step in STEPS] + ["extractor_finish"] == list(FACTORIES)


def test_the_components_say_what_they_assign() -> None:
    analysis = (NLP.analyze_pipes() or {})["summary"]
    assert analysis["extractor_finish"]["assigns"] == ["doc._.extraction", "doc.spans", "doc.ents"]
    assert "token.is_sent_start" in analysis["extractor_sections"]["assigns"]


def test_the_extraction_is_that_of_extract(corpus: Corpus) -> None:
    articles = [extractor.Article(text, id=name) for name, (text, _) in corpus.items()]
    docs = list(NLP.pipe(((a.text, a) for a in articles), as_tuples=True))
    assert len(docs) == len(corpus) > 20
    for doc, article in docs:
        assert doc.text == article.text
        assert doc._.extraction == corpus[article.id or ""][1]
        assert doc._.extraction.to_json() == corpus[article.id or ""][1].to_json()


# Text and tokens

NAUGHTY = [
    "", " ", "  ", "\n", " \n ", "\t", "a", " a", "a ", "  a  b  ", "a\n", "a \n b", "a\r\n\r\nb\r", "a\xa0b\xa0 c", "\ufeffa",
    "a\u200bb \u200b c", "ng\xadhèo\xad", "\u0301", "\u0301 a\u0301", "\x00", "a\x00 b", "\u2028a\u2029", "\U0001f600 a", "\u3000",
    "98%.Tỷ lệ 24,71% .Tỷ lệ", "(a)«b»“c”", "e\u0323\u0302m Hoa\u0300", "क्षि", "한국 각", "a\x1fb", "\ud7ff\ue000", "İ ı ﬁ",
    TEXT, unicodedata.normalize("NFD", TEXT), TEXT.replace("\n", "\r\n"), TEXT.replace(" ", "\xa0"),
    TEXT.replace(" ", "   "),
]


@pytest.mark.parametrize("text", NAUGHTY)
def test_the_text_of_the_doc_is_the_text_as_given(text: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    assert "".join(token.text_with_ws for token in doc) == text
    assert all(text[token.idx:token.idx + len(token)] == token.text for token in doc)
    assert doc._.extraction.document.characters == len(text)


@given(st.text(st.one_of(st.sampled_from(" \n\r\t\xa0\u200b\u0301ạÐ.,%5"), st.characters(exclude_categories=["Cs"]))))
@settings(max_examples=200, deadline=None)
def test_the_text_of_any_doc_is_the_text_as_given(text: str) -> None:
    assert NLP.make_doc(text).text == text


def test_tokens_are_those_of_the_toolkit_and_white_space() -> None:
    doc = NLP.make_doc("TP. Huế\xa0có  28,94%.\nTỷ lệ  ")
    assert [token.text for token in doc] == [
        "TP.", "Huế", "\xa0", "có", " ", "28,94", "%", ".", "\n", "Tỷ", "lệ", " "]
    assert [token.text for token in doc if not token.is_space] == ["TP.", "Huế", "có", "28,94", "%", ".", "Tỷ", "lệ"]


@pytest.mark.parametrize("text", ["Tỉ lệ ở Hoà An", "Tỷ lệ ở Hòa An", unicodedata.normalize("NFD", "TỈ LỆ ở hoà An")])
def test_norm_is_the_folded_form(text: str) -> None:
    assert [token.norm_ for token in NLP.make_doc(text)] == ["tỉ", "lệ", "ở", "hòa", "an"]


def test_half_of_a_surrogate_pair_is_one_clear_error() -> None:
    with pytest.raises(ExtractorError, match="character 3 is half of a surrogate pair"):
        NLP("hộ \ud800")


def test_a_text_may_be_long() -> None:
    assert len(NLP.make_doc("hộ " * 400_000).text) == 1_200_000


# Sentences and spans


def test_sentences_are_those_of_the_toolkit() -> None:
    text = "\n Một TP. Huế. Hai 98%.Ba\n\n\nBốn!  Năm?\r\n"
    doc = NLP(text)
    assert [sent.text.strip() for sent in doc.sents] == ["Một TP. Huế.", "Hai 98%.", "Ba", "Bốn!", "Năm?"]
    assert "".join(sent.text_with_ws for sent in doc.sents) == text


def test_spans_have_labels_and_ids_of_the_records() -> None:
    doc = NLP(TEXT)
    assert shown(doc, "quantities") == [
        ("4,23%", "percent", "o1"), ("1.085 hộ", "households", "o2"), ("5%", "percent", "o3")]
    assert shown(doc, "periods") == [("Năm 2023", "period", "2023"), ("năm 2024", "period", "2024")]
    assert {("Bảo Lạc", "district", "Bảo Lạc"), ("Cao Bằng", "province", "Cao Bằng")} <= set(shown(doc, "places"))
    assert {span.kb_id_ for span in doc.spans["places"]} == {"043", "04"}
    assert shown(doc, "officials") == [("Nông Văn Thắng", "official", "f1")]
    assert [(label, id) for _, label, id in shown(doc, "targets")] == [("target", "t1")]
    assert {"title", "body"} <= {label for _, label, _ in shown(doc, "sections")}


def test_spans_stand_where_the_records_stand(corpus: Corpus) -> None:
    for text, extraction in corpus.values():
        doc = NLP(text)
        assert [(s.start_char, s.end_char) for s in doc.spans["quantities"]] == [
            (o.start, o.end) for o in extraction.observations]
        assert [s.id_ for s in doc.spans["targets"]] == [t.id for t in extraction.targets]
        for group in ("periods", "places", "officials"):
            assert list(doc.spans[group]) == sorted(doc.spans[group], key=lambda s: (s.start, s.end))


def test_displacy_draws_them() -> None:
    html = displacy.render(NLP(TEXT), style="span", options={"spans_key": "quantities"}, jupyter=False)
    assert "percent" in html
    assert "households" in html


# What is known about an article

KNOWN = Article(TEXT, id="x1", title="Bảo Lạc giảm nghèo", published="2024-01-10T08:00:00", url="https://x.vn/1")


def test_an_article_may_stand_beside_its_text() -> None:
    (doc, context), = NLP.pipe([(TEXT, KNOWN)], as_tuples=True)
    assert context is KNOWN
    assert doc._.extraction == extractor.extract(
        TEXT, id="x1", title=KNOWN.title, published="2024-01-10", url=KNOWN.url)
    assert doc._.extraction.document.published == "2024-01-10"


def test_an_article_may_be_set_on_a_doc() -> None:
    doc = NLP.make_doc(TEXT)
    assert doc._.article == Article(TEXT)
    doc._.article = KNOWN
    assert doc._.article == KNOWN
    assert NLP(doc)._.extraction.document.id == "x1"
    doc = NLP.make_doc(TEXT)
    doc._.article = {"published": "2024-01-10"}
    assert NLP(doc)._.extraction.document.published == "2024-01-10"


def test_any_other_context_is_left_alone() -> None:
    (doc, context), = NLP.pipe([(TEXT, {"title": 5})], as_tuples=True)
    assert context == {"title": 5}
    assert doc._.extraction == extractor.extract(TEXT)


@pytest.mark.parametrize(("article", "says"), [
    (Article("Another text"), "its text is not the text of the Doc"),
    ({"titel": "x"}, "unknown field 'titel'; known are ask_model, authors, cluster, cluster_first, id, notes, path"),
])
def test_a_wrong_article_is_one_clear_error(article: Article | dict[str, str], says: str) -> None:
    with pytest.raises(ExtractorError, match=says):
        NLP.make_doc(TEXT)._.article = article


def test_a_wrong_date_is_one_clear_error() -> None:
    with pytest.raises(ExtractorError, match="expected an ISO date"):
        list(NLP.pipe([(TEXT, Article(TEXT, published="10/01/2024"))], as_tuples=True))


# Components of the user's own


@Language.component("test_only_percentages")
def only_percentages(doc: Doc) -> Doc:
    doc._.draft.quantities = [q for q in doc._.draft.quantities if q.kind == "percent"]
    return doc


@Language.component("test_count")
def count(doc: Doc) -> Doc:
    doc.user_data["count"] = len(doc._.extraction.observations)
    return doc


def test_a_component_of_the_users_own_between_the_steps_and_after_them() -> None:
    nlp = build()
    nlp.add_pipe("test_only_percentages", after="extractor_quantities")
    nlp.add_pipe("test_count", last=True)
    doc = nlp(TEXT)
    assert [o.text for o in doc._.extraction] == ["4,23%", "5%"]
    assert doc.user_data["count"] == 2


def test_a_component_sees_the_spans_of_the_steps_before_it() -> None:
    with NLP.select_pipes(enable=["extractor_sections", "extractor_periods", "extractor_quantities"]):
        doc = NLP(TEXT)
    assert doc._.extraction is None
    assert shown(doc, "quantities") == [("4,23%", "percent", ""), ("1.085 hộ", "households", ""), ("5%", "percent", "")]
    assert next(s.text.strip() for s in doc.sents) == "Cao Bằng giảm nghèo"


def test_without_a_step_its_records_are_missing_and_no_others() -> None:
    with NLP.select_pipes(disable=["extractor_officials"]):
        extraction = NLP(TEXT)._.extraction
    assert extraction.officials == []
    assert [o.text for o in extraction] == ["4,23%", "1.085 hộ", "5%"]


def test_the_components_work_behind_another_tokenizer() -> None:
    nlp = spacy.blank("xx")
    for name in FACTORIES:
        nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert doc._.extraction == extractor.extract(TEXT)
    assert shown(doc, "quantities")[0] == ("4,23%", "percent", "o1")
