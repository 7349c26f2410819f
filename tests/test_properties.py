"""What always holds, whatever the article: over articles of the corpus that are cut up, mixed, spoilt, written otherwise.

See "What always holds" in the design: spans slice the text as given, records of one list never overlap, nothing is
remembered, no way of writing the same words changes what is read, any text gives a result, time grows linearly.
"""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extractor
from extractor.evaluation.invariants import broken, lists, spans
from extractor.records import Extraction
from extractor.schema import json_schema
from extractor.text.normalize import Text

CORPUS = [article.text for article in extractor.read(Path(__file__).resolve().parent.parent / "corpus")]
SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEW = settings(SOME, max_examples=12)

NOISE = ["", " ", "\n", "\n\n", ".", ",", "%", " 5%", "12,5% ", " 1.234 hộ ", "(", "”", "- ", "Ông ", "tỉnh ", " năm 2023",
         "giảm từ ", " xuống còn ", "TP.", "\t", "…", "🙂", "1/2", "10-15", "Ảnh: ", "http://a.vn/b?c=5%25", "9" * 40]


@st.composite
def articles(draw: st.DrawFn) -> str:
    """An article of the corpus with lines dropped, moved and mixed with another's, and noise put into it."""
    lines = draw(st.sampled_from(CORPUS)).split("\n")
    other = draw(st.sampled_from(CORPUS)).split("\n")
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["drop", "double", "swap", "borrow", "cut", "upper", "join", "noise"]))
        if change == "drop" and len(lines) > 1:
            del lines[at]
        elif change == "double":
            lines.insert(at, lines[at])
        elif change == "swap":
            to = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[to] = lines[to], lines[at]
        elif change == "borrow":
            lines.insert(at, draw(st.sampled_from(other)))
        elif change == "cut":
            lines[at] = lines[at][draw(st.integers(0, 200)):]
        elif change == "upper":
            lines[at] = lines[at].upper()
        elif change == "join" and at + 1 < len(lines):
            lines[at:at + 2] = [lines[at] + lines[at + 1]]
        elif change == "noise":
            where = draw(st.integers(0, len(lines[at])))
            lines[at] = lines[at][:where] + draw(st.sampled_from(NOISE)) + lines[at][where:]
    return "\n".join(lines)


# Spans


@SOME
@given(articles())
def test_every_span_slices_the_text_as_given(text: str) -> None:
    document = extractor.extract(text).to_dict()
    for start, end, words in spans(document):
        assert 0 <= start < end <= len(text)
        assert words is None or text[start:end] == words
    for o in [*document["percentages"], *document["household_counts"], *document["other_quantities"]]:
        assert o["sentence"][0] <= o["start"] < o["end"] <= o["sentence"][1]


@SOME
@given(articles())
def test_records_of_one_list_never_overlap(text: str) -> None:
    for name, found in lists(extractor.extract(text)).items():
        assert all(a[1] <= b[0] for a, b in pairwise(found)), name


@SOME
@given(articles())
def test_records_refer_to_records_that_are_there(text: str) -> None:
    extraction = extractor.extract(text)
    observations = [o.id for o in extraction.observations]
    officials = [f.id for f in extraction.officials]
    assert len(set(observations)) == len(observations)
    assert len(set(officials)) == len(officials)
    assert {t.observation for t in extraction.targets} <= set(observations)
    assert {o.speaker for o in extraction.observations if o.speaker} <= set(officials)
    assert {i for check in extraction.checks for i in check.observations} <= set(observations)
    assert all(0 <= o.confidence <= 1 for o in extraction.observations)


VALIDATOR = jsonschema.Draft202012Validator(json_schema())


@FEW
@given(articles())
def test_every_document_is_of_the_schema_and_nothing_is_broken(text: str) -> None:
    extraction = extractor.extract(text)
    VALIDATOR.validate(json.loads(extraction.to_json()))
    assert broken(text, extraction) == []


@pytest.mark.parametrize(("spoil", "words"), [
    (lambda d: d.percentages.append(d.percentages[0]), "percentages overlap"),
    (lambda d: setattr(d.percentages[0], "text", "x"), "holds '4,23%', not 'x'"),
    (lambda d: setattr(d.percentages[0], "end", 999), "is not in the text"),
    (lambda d: setattr(d.percentages[0], "speaker", "f9"), "nobody is f9"),
    (lambda d: setattr(d.percentages[0], "low", float("inf")), "Infinity in the JSON"),
])
def test_what_is_broken_is_found(spoil: Callable[[Extraction], object], words: str) -> None:
    text = "Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm 4,23%."
    extraction = extractor.extract(text)
    assert broken(text, extraction) == []
    spoil(extraction)
    assert any(words in line for line in broken(text, extraction))


# Nothing is remembered


@SOME
@given(articles(), articles())
def test_one_article_does_not_change_another(one: str, other: str) -> None:
    before = extractor.extract(one).to_json()
    extractor.extract(other)
    assert extractor.extract(one).to_json() == before


@FEW
@given(st.lists(articles(), min_size=2, max_size=4))
def test_many_give_what_each_gives(texts: list[str]) -> None:
    together = [e.to_json() for e in extractor.extract_many(texts)]
    assert together == [extractor.extract(text).to_json() for text in texts]
    assert [e.to_json() for e in extractor.extract_many(texts[::-1])] == together[::-1]


# Ways of writing the same words


OLD = {new: old for a, b in zip(
    ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"], ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"], strict=True)
    for new, old in ((a, b), (a.upper(), b.upper()), (a.capitalize(), b.capitalize()))}


def old_tones(text: str) -> str:
    """Tones where they stood before: "Hoà", "thuỷ"; only at the end of a syllable is there a choice."""
    return re.sub(rf"(?<![qQ])({'|'.join(OLD)})(?!\w)", lambda m: OLD[m[0]], text)


VARIANTS: Mapping[str, Callable[[str], str]] = {
    "decomposed": lambda t: unicodedata.normalize("NFD", t),
    "CRLF": lambda t: t.replace("\n", "\r\n"),
    "no-break spaces": lambda t: t.replace(" ", "\xa0"),
    "soft hyphens": lambda t: t.replace("gh", "g\xadh").replace("ia", "i\xada"),
    "zero-width spaces": lambda t: t.replace(" ", " \u200b"),
    "byte order mark": lambda t: "\ufeff" + t,
    "eth": lambda t: t.replace("Đ", "Ð"),
    "old tones": old_tones,
    "i for y": lambda t: t.replace("tỷ lệ", "tỉ lệ").replace("Tỷ lệ", "Tỉ lệ").replace(" tỷ ", " tỉ "),
    "all at once": lambda t: unicodedata.normalize("NFD", old_tones(t)).replace("\n", "\r\n").replace(" ", "\xa0"),
}


def view(extraction: Extraction, text: str) -> Any:
    """The document with offsets and strings as they are in the normalised text, where all variants are the same."""
    base = Text(text)

    def plain(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            pairs = {"start", "end"} & value.keys()
            return {k: base.norm_offset(v) if k in pairs else
                    {e: [base.norm_offset(at) for at in span] for e, span in v.items()} if k == "evidence" else
                    [base.norm_offset(at) for at in v] if k == "sentence" and v else plain(v, k)
                    for k, v in value.items() if k not in ("characters", "sha256")}
        if isinstance(value, list):
            return [plain(v) for v in value]
        if isinstance(value, str) and name not in ("id", "observation"):
            return " ".join(Text(value).fold.split())
        return value

    return plain(json.loads(extraction.to_json()))


def differences(a: Any, b: Any, path: str = "") -> list[str]:
    """Where two documents of JSON differ, for a failure that one can read."""
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        return [d for k in a for d in differences(a[k], b[k], f"{path}.{k}")]
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return [d for i, (x, y) in enumerate(zip(a, b, strict=True)) for d in differences(x, y, f"{path}[{i}]")]
    return [] if a == b else [f"{path}: {a!r} became {b!r}"]


@pytest.mark.parametrize("name", VARIANTS)
@FEW
@given(text=articles())
def test_the_same_words_give_the_same_records(name: str, text: str) -> None:
    variant = VARIANTS[name](text)
    found = extractor.extract(variant)
    for start, end, words in spans(found.to_dict()):
        assert words is None or variant[start:end] == words
    assert differences(view(extractor.extract(text), text), view(found, variant)) == []


def test_the_variants_are_variants() -> None:
    text = "Tỷ lệ hộ nghèo ở Hòa Bình, Đắk Lắk\nkhoảng 5 tỷ đồng gia đình"
    written = {name: variant(text) for name, variant in VARIANTS.items()}
    assert all(variant != text for variant in written.values())
    assert len(set(written.values())) == len(VARIANTS)
    assert all(Text(variant).fold == Text(text).fold for variant in written.values())


# Any text


@SOME
@given(st.text(st.one_of(st.characters(), st.sampled_from("0123456789.,% \nhộnăm")), max_size=200))
def test_any_text_gives_a_result(text: str) -> None:
    extraction = extractor.extract(text)
    assert extraction.document.characters == len(text)
    assert json.loads(extraction.to_json()) == extraction.to_dict()
    for start, end, words in spans(extraction.to_dict()):
        assert 0 <= start < end <= len(text)
        assert words is None or text[start:end] == words


@SOME
@given(st.lists(st.sampled_from([*NOISE, "hộ nghèo", " đạt ", "và ", "từ ", " đến ", "trên ", "tỷ đồng", "Giám đốc ", "Sở Y tế ",
                                 "Cao Bằng ", "huyện ", "xã ", "quý I ", "tháng 6/2024 ", "cho biết: "]), max_size=60).map("".join))
def test_any_heap_of_words_gives_a_result(text: str) -> None:
    extraction = extractor.extract(text)
    for start, end, words in spans(extraction.to_dict()):
        assert 0 <= start < end <= len(text)
        assert words is None or text[start:end] == words
    for name, found in lists(extraction).items():
        assert all(a[1] <= b[0] for a, b in pairwise(found)), name


def seconds(text: str) -> float:
    """The time that one extraction takes: the best of three."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        extractor.extract(text)
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.parametrize("shape", ["lines", "one line", "one sentence"])
def test_time_grows_linearly(shape: str) -> None:
    text = "\n".join(CORPUS[:3])
    if shape != "lines":
        text = " ".join(text.split())
    if shape == "one sentence":
        text = text.replace(". ", ", ")
    extractor.extract(text)
    few, many = seconds(text * 2), seconds(text * 16)
    assert many / few < 3 * 8, f"{few:.3f} s became {many:.3f} s"
