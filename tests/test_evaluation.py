"""Reading annotated articles, and the measures, on small cases counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import ExtractorError
from extractor.evaluation import evaluate
from extractor.evaluation.gold import (
    GoldArticle,
    GoldObservation,
    GoldOfficial,
    GoldPlace,
    find_occurrence,
    problems,
    read_gold,
)
from extractor.evaluation.metrics import Scorer, Scores, Tally, context, same_value, token_f1
from extractor.evaluation.names import fold, names
from extractor.evaluation.table import error_lines, table
from extractor.patterns import load_patterns
from extractor.records import Document, Extraction, Observation, Official, Place, Province

TEXT = "Năm 2023, Cao Bằng còn 28,94% hộ nghèo. Năm 2024 phấn đấu giảm 4% và 4% nữa; xem thêm 7%."


def gold(observations: list[GoldObservation], **more: Any) -> GoldArticle:
    base: dict[str, Any] = {"id": "g", "text": TEXT, "title": None, "published": None, "authors": (), "provinces": (),
                            "officials": (), "places": (), "has_speakers": False}
    return GoldArticle(**{**base, "observations": tuple(observations), **more})


def wanted(text: str, occurrence: int = 1, **more: Any) -> GoldObservation:
    start = find_occurrence(TEXT, text, occurrence)
    base: dict[str, Any] = {
        "kind": "percent", "low": float(text.rstrip("%").replace(",", ".")), "indicator": "poverty_rate",
        "subject": "hộ nghèo", "place": "Cao Bằng", "period": "2023", "status": "actual", "role": "level"}
    return GoldObservation(text=text, start=start, end=start + len(text), **{**base, **more})


def found(text: str, occurrence: int = 1, **more: Any) -> Observation:
    g = wanted(text, occurrence)
    base: dict[str, Any] = {
        "id": "o", "kind": g.kind, "text": text, "start": g.start, "end": g.end, "low": g.low, "high": None,
        "comparator": "eq", "unit": "%", "per": None, "of": None, "indicator": g.indicator, "subject": g.subject,
        "groups": [], "place": g.place, "province": None, "province_code": None, "district": None, "period": g.period,
        "status": g.status, "role": g.role, "direction": None, "speaker": None, "section": "body", "sentence": (0, 1),
        "evidence": {}, "rule": "", "rules": {}, "confidence": 1.0}
    return Observation(**{**base, **more})


def extraction(observations: list[Observation], **more: Any) -> Extraction:
    document = Document("g", None, more.pop("title", None), more.pop("published", None), more.pop("authors", []), None,
                        None, more.pop("about", []), len(TEXT), "", [])
    return Extraction("1.0", {}, document, percentages=observations, **more)


def score(article: GoldArticle, document: Extraction) -> Scores:
    scorer = Scorer(load_patterns().part(names))
    scorer.add(article, document)
    return scorer.scores


def counts(scores: Scores, name: str) -> tuple[int, int, int]:
    tally = scores.tallies[name]
    return tally.right, tally.spurious, tally.missed


# --- measures ---------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("tally", "measures"), [
    (Tally(right=3, spurious=1, missed=2), (0.75, 0.6, 2 / 3)), (Tally(0, 0, 0), (0.0, 0.0, 0.0)),
    (Tally(0, 2, 1), (0.0, 0.0, 0.0)), (Tally(4, 0, 0), (1.0, 1.0, 1.0))])
def test_precision_recall_f1(tally: Tally, measures: tuple[float, float, float]) -> None:
    assert (tally.precision, tally.recall, tally.f1) == pytest.approx(measures)


@pytest.mark.parametrize(("g", "f", "tallies"), [
    pytest.param([wanted("28,94%")], [found("28,94%")], {"quantity": (1, 0, 0), "quantity:percent": (1, 0, 0),
                                                         "tuple": (1, 0, 0)}, id="all right"),
    pytest.param([wanted("28,94%")], [], {"quantity": (0, 0, 1), "tuple": (0, 0, 1)}, id="missed"),
    pytest.param([], [found("4%")], {"quantity": (0, 1, 0), "quantity:percent": (0, 1, 0), "tuple": (0, 1, 0)},
                 id="spurious"),
    pytest.param([wanted("28,94%")], [found("28,94%", low=94.0)], {"quantity": (0, 1, 1), "tuple": (0, 1, 1)},
                 id="another value at the same place"),
    pytest.param([wanted("4%")], [found("4%", 2)], {"quantity": (0, 1, 1)}, id="the same value at another place"),
    pytest.param([wanted("28,94%")], [found("28,94%", start=26, end=40)], {"quantity": (1, 0, 0)}, id="overlap is enough"),
    pytest.param([wanted("28,94%", high=30.0)], [found("28,94%")], {"quantity": (0, 1, 1)}, id="the other end is missing"),
    pytest.param([wanted("28,94%")], [found("28,94%", kind="other")],
                 {"quantity": (1, 0, 0), "quantity:percent": (1, 0, 0), "quantity:other": (0, 0, 0), "tuple": (0, 1, 1)},
                 id="the annotated kind is counted"),
    pytest.param([wanted("4%"), wanted("4%", 2)], [found("4%")], {"quantity": (1, 0, 1)}, id="one is used once"),
    pytest.param([wanted("7%", section="boilerplate")], [found("7%")], {"quantity": (0, 0, 0)}, id="furniture is ignored"),
    pytest.param([], [found("7%", section="boilerplate")], {"quantity": (0, 0, 0)}, id="known furniture is ignored"),
    pytest.param([wanted("28,94%")], [found("28,94%", period="2022")], {"quantity": (1, 0, 0), "tuple": (0, 1, 1)},
                 id="one field wrong"),
    pytest.param([wanted("28,94%")], [found("28,94%", groups=["rural"], subject=None)], {"tuple": (1, 0, 0)},
                 id="groups and subject are no part of the tuple"),
    pytest.param([wanted("28,94%")], [found("28,94%", place="huyện Hà Quảng, tỉnh Cao Bằng")], {"tuple": (1, 0, 0)},
                 id="the tuple wants the province only"),
])
def test_what_is_right_spurious_and_missed(
        g: list[GoldObservation], f: list[Observation], tallies: dict[str, tuple[int, int, int]]) -> None:
    scores = score(gold(g), extraction(f))
    assert {name: counts(scores, name) for name in tallies} == tallies


GOAL: dict[str, Any] = {"status": "target", "role": "change", "direction": "down"}


@pytest.mark.parametrize(("g", "f", "expected"), [
    ([wanted("4%", **GOAL)], [found("4%", **GOAL)], (1, 0, 0)),
    ([wanted("4%", **GOAL)], [found("4%", **GOAL, period=None, place=None)], (1, 0, 0)),
    ([wanted("4%", **GOAL)], [found("4%", **{**GOAL, "direction": "up"})], (0, 1, 1)),
    ([wanted("4%", **GOAL)], [found("4%", **{**GOAL, "status": "actual"})], (0, 0, 1)),
    ([wanted("4%")], [found("4%", status="target")], (0, 1, 0)),
    ([wanted("4%", **GOAL)], [], (0, 0, 1)),
    ([], [found("4%", **GOAL)], (0, 1, 0)),
])
def test_targets(g: list[GoldObservation], f: list[Observation], expected: tuple[int, int, int]) -> None:
    assert counts(score(gold(g), extraction(f)), "target") == expected


@pytest.mark.parametrize(("field", "g", "f", "right"), [
    ("comparator", "ge", "ge", True), ("comparator", "ge", "eq", False),
    ("indicator", "poverty_rate", "other", False),
    ("place", "Cao Bằng", "cao  bằng", True), ("place", "huyện Văn Quan, Lạng Sơn", "Lạng Sơn", False),
    ("place", "xã Hoà An, Cao Bằng", "xã Hòa An, Cao Bằng", True), ("place", None, None, True),
    ("period", "2023", None, False), ("status", "norm", "actual", False), ("role", "to", "from", False),
    ("groups", ("women", "rural"), ["rural", "women"], True), ("groups", (), ["rural"], False),
])
def test_accuracy_of_a_field(field: str, g: Any, f: Any, right: bool) -> None:
    scores = score(gold([wanted("4%", **{field: g})]), extraction([found("4%", **{field: f})]))
    assert (scores.accuracies[field].right, scores.accuracies[field].compared) == (int(right), 1)
    assert [e.what for e in scores.errors if e.what == field] == ([] if right else [field])


@pytest.mark.parametrize(("g", "f", "right"), [
    ("huyện Văn Quan, Lạng Sơn", "Lạng Sơn", True), ("Cao Bằng", "tỉnh Cao Bằng", True), ("TP.HCM", "Hồ Chí Minh", True),
    ("Thành phố Huế", "Thừa Thiên - Huế", True), ("Vietnam", "Việt Nam", True), ("Hà Nội", "Hà Nam", False),
    (None, "Hà Nội", False), (None, None, True)])
def test_accuracy_of_the_province(g: str | None, f: str | None, right: bool) -> None:
    scores = score(gold([wanted("4%", place=g)]), extraction([found("4%", place=f)]))
    assert scores.accuracies["province"].right == int(right)


def test_the_direction_of_a_level_does_not_count() -> None:
    scores = score(gold([wanted("4%")]), extraction([found("4%", direction="up")]))
    assert scores.accuracies["direction"].right == 1


@pytest.mark.parametrize(("a", "b", "f1"), [
    ("tỷ lệ hộ nghèo", "Tỷ lệ hộ nghèo", 1.0), ("tỷ lệ hộ nghèo", "hộ nghèo", 2 * 2 / 6), ("a b", "c", 0.0),
    ("a a b", "a", 2 * 1 / 4), (None, "", 1.0), ("a", None, 0.0)])
def test_token_f1(a: str | None, b: str | None, f1: float) -> None:
    assert token_f1(a, b) == pytest.approx(f1)


@pytest.mark.parametrize(("a", "b", "same"), [
    ((4.0, None), (4.0, None), True), ((4.0, 5.0), (4.0, None), False), ((4.0, None), (4.001, None), False),
    ((2.446e12, None), (2.446e12 + 1, None), True), ((0.1 + 0.2, None), (0.3, None), True), ((2, 2.5), (2.0, 2.5), True)])
def test_same_value(a: tuple[float, float | None], b: tuple[float, float | None], same: bool) -> None:
    assert same_value(a, b) is same


def test_officials_by_name_title_and_organization() -> None:
    g = gold([], officials=(GoldOfficial("Lê Văn Tám", "Giám đốc", "Sở Y tế"), GoldOfficial("Hà Thị Hoà", "Bí thư", None)))
    f = extraction([], officials=[Official("f1", "LÊ VĂN TÁM", None, "Giám đốc", "Sở Y tế tỉnh", None, []),
                                  Official("f2", "Hà Thị Hòa", "Bà", "Bí thư", None, None, []),
                                  Official("f3", "Ai Đó", None, "Bí thư", None, None, [])])
    scores = score(g, f)
    assert counts(scores, "official:name") == (2, 1, 0)
    assert counts(scores, "official:name+title") == (2, 1, 0)
    assert counts(scores, "official:name+title+org") == (1, 2, 1)


def test_places() -> None:
    g = gold([], places=(GoldPlace("Cao Bằng", "province", "Cao Bằng"), GoldPlace("Hà Quảng", "district", "Cao Bằng"),
                         GoldPlace("Nà Mèo", "village", "Cao Bằng"), GoldPlace("Đông Anh", "district", "Hà Nội", None,
                                                                               "boilerplate")))
    f = extraction([], provinces=[Province("Cao Bằng", "04", None, None, "body", []),
                                  Province("Hà Nội", "01", None, None, "boilerplate", [])],
                   places=[Place("Hà Quảng", "commune", None, None, None, "body", []),
                           Place("Nà Mèo", "village", None, None, None, "body", [])])
    scores = score(g, f)
    assert counts(scores, "province") == (1, 0, 0)
    assert counts(scores, "district+commune") == (0, 1, 1)


def test_the_document() -> None:
    g = gold([], title="Tin  mới", published="2024-01-02", authors=("An", "Bình"), provinces=("Cao Bằng",))
    scores = score(g, extraction([], title="tin mới", published=None, authors=["An"], about=["tỉnh Cao Bằng", "Hà Nội"]))
    assert (scores.accuracies["document.title"].right, scores.accuracies["document.published"].right) == (1, 0)
    assert counts(scores, "document.authors") == (1, 0, 1)
    assert counts(scores, "document.provinces") == (1, 1, 0)


PEOPLE = [Official("f1", "Lê Văn Tám", None, None, None, None, []), Official("f2", "Hà Nam", None, None, None, None, [])]


@pytest.mark.parametrize(("labelled", "said", "got", "expected"), [
    (True, "Lê Văn Tám", "f1", (1, 0, 0)), (True, "Lê Văn Tám", "f2", (0, 1, 1)), (True, "Lê Văn Tám", None, (0, 0, 1)),
    (True, None, "f1", (0, 1, 0)), (True, None, None, (0, 0, 0)), (False, None, "f1", (0, 0, 0))])
def test_speakers_count_where_the_annotation_has_any(
        labelled: bool, said: str | None, got: str | None, expected: tuple[int, int, int]) -> None:
    g = gold([wanted("4%", speaker=said)], has_speakers=labelled)
    assert counts(score(g, extraction([found("4%", speaker=got)], officials=PEOPLE)), "speaker") == expected


def test_the_table_and_the_list_of_errors() -> None:
    scores = score(gold([wanted("28,94%"), wanted("4%", 2)]), extraction([found("28,94%", period=None)]))
    rows = {line.split()[0]: line.split()[1:] for line in table(scores).splitlines() if line}
    assert rows["quantity"] == ["1.000", "0.500", "0.667", "2"]
    assert rows["period"] == ["0.000", "of", "1"]
    head, *lines = error_lines(scores.errors)
    assert head.split("\t") == ["article", "what", "words", "gold", "found", "context"]
    assert lines == [
        "g\tperiod\t28,94%\t2023\t\tNăm 2023, Cao Bằng còn ⟦28,94%⟧ hộ nghèo. Năm 2024 phấn đấu giảm 4% và 4% nữa; xem thêm 7%.",
        "g\tquantity missed\t4%\tpercent\t\tCao Bằng còn 28,94% hộ nghèo. Năm 2024 phấn đấu giảm 4% và ⟦4%⟧ nữa; xem thêm 7%."]


def test_the_context_of_an_error_is_one_line() -> None:
    assert context("một\n\nhai 4%\t ba", 9, 11, width=8) == "ột hai ⟦4%⟧ ba"


@pytest.mark.parametrize(("a", "b", "same"), [
    ("Hoà Bình", "Hòa Bình", True), ("THUỶ", "Thủy", True), ("Thừa Thiên – Huế", "Thừa Thiên-Huế", True),
    ("a\u00a0 b", "A b.", True), ("Ho\u0300a", "Hòa", True), ("hoàn", "hòan", False), ("Hà Nam", "Hà Nội", False)])
def test_names_are_compared_without_what_does_not_matter(a: str, b: str, same: bool) -> None:
    assert (fold(a) == fold(b)) is same


# --- reading annotation -----------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("words", "number", "start"), [
    ("4%", 1, 5), ("4%", 2, 17), ("4%", 3, -1), ("24%", 1, 0), ("2,4%", 1, 8), ("hộ", 1, 21), ("aa", 2, 27)])
def test_an_occurrence_is_no_part_of_a_longer_number(words: str, number: int, start: int) -> None:
    assert find_occurrence("24%, 4%,2,4% 3.4%4% 	hộ xyaaa", words, number) == start


OBSERVATION: dict[str, Any] = {"text": "4%", "kind": "percent", "low": 4, "indicator": "poverty_rate",
                               "subject": "hộ nghèo", "place": None, "period": "2024", "status": "target",
                               "role": "change", "direction": "down"}
ARTICLE: dict[str, Any] = {"title": None, "published": None, "authors": [], "provinces": [],
                           "observations": [OBSERVATION], "officials": [], "places": []}


def write(folder: Path, data: Any, text: str = TEXT) -> Path:
    (folder / "x.txt").write_text(text, encoding="utf-8")
    path = folder / "x.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_annotation_is_read_into_records(tmp_path: Path) -> None:
    write(tmp_path, {**ARTICLE, "observations": [{**OBSERVATION, "occurrence": 2, "groups": ["rural"]}],
                     "officials": [{"name": "Cao Bằng"}], "places": [{"text": "Cao Bằng", "level": "province",
                                                                     "province": "Cao Bằng"}]})
    (article,) = read_gold(tmp_path, load_patterns())
    (o,) = article.observations
    assert (article.id, article.has_speakers, o.groups, o.comparator) == ("x", False, ("rural",), "eq")
    assert TEXT[o.start:o.end] == "4%"
    assert o.start == TEXT.index("4% nữa")
    assert article.officials == (GoldOfficial("Cao Bằng", None, None),)


def test_where_only_numbers_are_annotated_people_and_places_count_neither_for_nor_against(tmp_path: Path) -> None:
    write(tmp_path, {**ARTICLE, "observations": [OBSERVATION], "officials": None, "places": None})
    (article,) = read_gold(tmp_path, load_patterns())
    assert (article.officials, article.places, len(article.observations)) == (None, None, 1)
    names = set(evaluate(tmp_path).tallies)
    assert "quantity" in names
    assert not {name for name in names if name.startswith(("official", "province", "district"))}


@pytest.mark.parametrize(("change", "message"), [
    ({"kind": "share"}, "observations[0] '4%': kind: expected one of percent, households"),
    ({"low": "4"}, "observations[0] '4%': low: expected a number, found '4'"),
    ({"occurrence": 0}, "observations[0] '4%': occurrence: expected a number from 1, found 0"),
    ({"occurrence": 3}, "observations[0] '4%': text: occurrence 3 does not stand in the article"),
    ({"text": "5%"}, "observations[0] '5%': text: occurrence 1 does not stand in the article"),
    ({"indicator": "wealth"}, "observations[0] '4%': indicator: 'wealth' is no id of the pattern files"),
    ({"groups": ["rich"]}, "observations[0] '4%': groups: 'rich' is no id of the pattern files"),
    ({"groups": "rural"}, "observations[0] '4%': groups: expected a list of strings, found 'rural'"),
    ({"subject": "hộ giàu"}, "observations[0] '4%': subject: 'hộ giàu' does not stand in the article"),
    ({"period": "năm 2024"}, "observations[0] '4%': period: expected a period such as 2023"),
    ({"direction": None}, "observations[0] '4%': direction: missing for role change"),
    ({"role": "level"}, "observations[0] '4%': direction: expected none for role level"),
    ({"speaker": "Ai Đó"}, "observations[0] '4%': speaker: 'Ai Đó' is no official of the article"),
    ({"colour": "red"}, "observations[0] '4%': colour: no such field; known are text, kind"),
    ({"place": ...}, "observations[0] '4%': place: missing, expected a value or null"),
])
def test_a_problem_in_an_observation_names_file_entry_and_field(
        change: dict[str, Any], message: str, tmp_path: Path) -> None:
    entry = {k: v for k, v in {**OBSERVATION, **change}.items() if v is not ...}
    path = write(tmp_path, {**ARTICLE, "observations": [entry]})
    (problem,) = problems(path, load_patterns())
    assert problem.startswith(f"{path}: {message}")
    with pytest.raises(ExtractorError) as error:
        list(read_gold(tmp_path, load_patterns()))
    assert str(error.value) == problem


@pytest.mark.parametrize(("change", "message"), [
    ({"published": "29/11/2023"}, "published: expected a date such as 2023-11-29 or null, found '29/11/2023'"),
    ({"authors": None}, "authors: expected a list of strings, found None"),
    ({"observations": {}}, "observations: expected a list, found {}"),
    ({"observations": [1]}, "observations[0]: expected an object"),
    ({"observations": [OBSERVATION, OBSERVATION]}, "observations[1] '4%': text: the same place as observations[0]"),
    ({"officials": [{"name": "Ai Đó"}]}, "officials[0] 'Ai Đó': name: 'Ai Đó' does not stand in the article"),
    ({"officials": [{"title": "Bí thư"}]}, "officials[0]: name: missing, expected a string"),
    ({"places": [{"text": "Cao Bằng", "level": "tỉnh", "province": None}]}, "places[0] 'Cao Bằng': level: expected one of"),
    ({"places": ...}, "places: missing, expected a value or null"),
])
def test_a_problem_in_an_article_names_file_entry_and_field(
        change: dict[str, Any], message: str, tmp_path: Path) -> None:
    path = write(tmp_path, {k: v for k, v in {**ARTICLE, **change}.items() if v is not ...})
    (problem,) = problems(path, load_patterns())
    assert problem.startswith(f"{path}: {message}")


@pytest.mark.parametrize(("data", "message"), [("{\n 1", "x.json:2: not valid JSON"), ("[]", "x.json: expected an object")])
def test_a_file_that_is_no_annotation(data: str, message: str, tmp_path: Path) -> None:
    write(tmp_path, data)
    with pytest.raises(ExtractorError, match=message):
        list(read_gold(tmp_path, load_patterns()))


def test_annotation_without_its_article(tmp_path: Path) -> None:
    (tmp_path / "y.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ExtractorError, match=r"y\.txt: cannot be read"):
        list(read_gold(tmp_path, load_patterns()))
