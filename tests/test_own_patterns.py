"""Pattern files of a user's own: what they add, what they override, what is wrong in them. No code, only a folder."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import extractor
from extractor.cli.main import main
from extractor.errors import ExtractorError
from extractor.patterns import load_patterns, user_folders
from extractor.rules.mistakes import mistakes_in
from extractor.schema import json_schema

OWN = Path(__file__).resolve().parent / "patterns_of_a_user"
ARTICLE = ("Năm 2024, toàn tỉnh Lào Cai có 87 di tích quốc gia, trong đó huyện Bát Xát có 3 di tích.\n"
           "Giá chè búp tươi đạt 6.500 đồng/kg.\nTỷ lệ hộ nghèo trong các nghệ nhân giảm còn 12%.\n")


def write(folder: Path, source: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "own.toml").write_text(source, encoding="utf-8")
    return folder


def indicators(text: str, patterns: Path | list[Path] | None) -> list[tuple[str, str]]:
    return [(o.text, o.indicator) for o in extractor.extract(text, patterns=patterns).observations]


# --- what a folder adds -----------------------------------------------------------------------------------------------

def test_two_indicators_and_a_group_come_out() -> None:
    extraction = extractor.extract(ARTICLE, id="a", patterns=OWN)
    assert [(o.text, o.indicator, o.groups) for o in extraction.observations] == [
        ("87 di tích", "heritage_sites", []), ("3 di tích", "heritage_sites", []),
        ("6.500 đồng", "tea_price", []), ("12%", "poverty_rate", ["artisans"])]
    assert extraction.observations[0].evidence["indicator"] is not None
    document = json.loads(extraction.to_json())
    jsonschema.validate(document, json_schema())
    table = extractor.to_dataframe([extraction])
    assert list(table["indicator"]) == ["heritage_sites", "heritage_sites", "tea_price", "poverty_rate"]
    assert list(table["groups"]) == ["", "", "", "artisans"]


def test_without_the_folder_nothing_of_it_is_left() -> None:
    before = extractor.extract(ARTICLE).to_json()
    assert "heritage_sites" in extractor.extract(ARTICLE, patterns=OWN).to_json()
    assert extractor.extract(ARTICLE).to_json() == before
    assert "heritage_sites" not in before
    assert extractor.extract(ARTICLE).extractor != extractor.extract(ARTICLE, patterns=OWN).extractor


def test_library_pipeline_many_and_command_line_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = extractor.extract(ARTICLE, patterns=[OWN])
    assert [e.to_dict() for e in extractor.extract_many([ARTICLE], patterns=str(OWN))] == [one.to_dict()]
    assert extractor.load(patterns=OWN)(ARTICLE)._.extraction.to_dict() == one.to_dict()
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    assert main([str(path), "--patterns", str(OWN)]) == 0
    assert json.loads(capsys.readouterr().out)["percentages"] == one.to_dict()["percentages"]


@pytest.mark.parametrize(("text", "found"), [
    pytest.param("Toàn tỉnh hiện có 87 di tích quốc gia.", ["heritage_sites"], id="takes in the unit"),
    pytest.param("Tỉnh có 87 di tích quốc gia và 120 di tích cấp tỉnh.", ["heritage_sites", "heritage_sites"], id="two"),
    pytest.param("Giá chè búp tươi đạt 6.500 đồng/kg.", ["tea_price"], id="before a unit that another indicator has"),
    pytest.param("Chè búp tươi được bán với giá 7.000 đồng.", ["tea_price"], id="before the number"),
    pytest.param("Tỷ lệ hộ nghèo của xã có di tích quốc gia còn 4%.", ["poverty_rate"], id="not for this kind of number"),
    pytest.param("Di tích quốc gia đón khách, tỷ lệ hộ nghèo còn 4%.", ["poverty_rate"], id="another one is nearer"),
    pytest.param("Xã có di tích quốc gia. Số xe máy là 1.200 chiếc.", ["other"], id="in another sentence"),
])
def test_an_indicator_is_chosen_where_its_phrase_stands_at_the_number(text: str, found: list[str]) -> None:
    assert [indicator for _, indicator in indicators(text, OWN)] == found


CUES = '''
[[status]]
id = "dream"
value = "target"
phrases = ["ước mơ đạt"]
[[role]]
id = "plunge"
role = "change"
direction = "down"
kind = "verb"
phrases = ["tụt mất"]
[[comparator]]
value = "ge"
side = "before"
phrases = ["chí ít là"]
[[unit]]
id = "loom"
kind = "other"
phrases = ["khung cửi"]
[[title]]
id = "head_artisan"
phrases = ["trùm phường"]
'''


def test_units_titles_and_cues(tmp_path: Path) -> None:
    own = write(tmp_path / "own", CUES)

    def only(text: str) -> extractor.Observation:
        (observation,) = extractor.extract(text, patterns=own).observations
        return observation

    assert only("Làng ước mơ đạt 40% hộ khá.").status == "target"
    change = only("Năm 2023, tỷ lệ hộ nghèo tụt mất 5%.")
    assert (change.role, change.direction) == ("change", "down")
    looms = only("Làng có chí ít là 12 khung cửi.")
    assert (looms.text, looms.unit, looms.comparator) == ("12 khung cửi", "khung cửi", "ge")
    (official,) = extractor.extract("Ông Nguyễn Văn Tâm, trùm phường Phú Đô cho biết như vậy.", patterns=own).officials
    assert (official.name, official.title) == ("Nguyễn Văn Tâm", "trùm phường")


# --- what a folder overrides ------------------------------------------------------------------------------------------

def test_the_same_words_mean_what_the_later_folder_says(tmp_path: Path) -> None:
    text = "Tỷ lệ hộ nghèo còn 4%."
    one = write(tmp_path / "one", '[[indicator]]\nid = "mine"\nphrases = ["tỷ lệ hộ nghèo"]\n')
    two = write(tmp_path / "two", '[[indicator]]\nid = "yours"\nphrases = ["tỷ lệ hộ nghèo"]\n')
    assert indicators(text, None) == [("4%", "poverty_rate")]
    assert indicators(text, one) == [("4%", "mine")]
    assert indicators(text, [one, two]) == [("4%", "yours")]
    assert indicators(text, [two, one]) == [("4%", "mine")]


def test_words_are_taken_over_only_for_the_kinds_of_number_that_an_indicator_is_for(tmp_path: Path) -> None:
    own = write(tmp_path / "own", '[[indicator]]\nid = "mine"\nkinds = ["money"]\nphrases = ["tỷ lệ hộ nghèo"]\n')
    assert indicators("Tỷ lệ hộ nghèo còn 4%.", own) == [("4%", "poverty_rate")]


def test_words_can_be_added_to_an_id_that_is_there(tmp_path: Path) -> None:
    text = "Tỷ phần nhà túng thiếu còn 4%."
    own = write(tmp_path / "own", '[[indicator]]\nid = "poverty_rate"\nphrases = ["tỷ phần nhà túng thiếu"]\n')
    assert indicators(text, own) == [("4%", "poverty_rate")]
    assert indicators(text, None) != [("4%", "poverty_rate")]
    assert indicators("Tỷ lệ hộ nghèo còn 4%.", own) == [("4%", "poverty_rate")]


def test_a_rule_can_be_replaced(tmp_path: Path) -> None:
    own = write(tmp_path / "own", '[[indicator]]\nid = "literacy"\nreplace = true\nphrases = ["tỷ lệ đọc thông"]\n'
                                  '[[indicator]]\nid = "literacy"\nreplace = true\nphrases = ["tỷ lệ viết thạo"]\n')
    there = {p for r in load_patterns().rules["indicator"] if r.get("id") == "literacy" for p in r.get("phrases")}
    left = {p for r in load_patterns(own).rules["indicator"] if r.get("id") == "literacy" for p in r.get("phrases")}
    assert there
    assert left == {"tỷ lệ đọc thông", "tỷ lệ viết thạo"}
    assert indicators("Tỷ lệ viết thạo đạt 40%.", own) == [("40%", "literacy")]


def test_a_file_that_was_changed_is_read_again(tmp_path: Path) -> None:
    text = "Số đình làng là 12 ngôi."
    own = write(tmp_path / "own", '[[indicator]]\nid = "before"\nphrases = ["số đình làng"]\n')
    assert indicators(text, own) == [("12 ngôi", "before")]
    write(own, '[[indicator]]\nid = "afterwards"\nphrases = ["số đình làng"]\n')
    assert indicators(text, own) == [("12 ngôi", "afterwards")]
    assert load_patterns(own) is load_patterns(own)


# --- mistakes ---------------------------------------------------------------------------------------------------------

WRONG = '''[[indicator]]
id = "Tea Price"
phrases = ["giá chè", "giá (chè"]

[[indicator]]
id = "other"
phrases = ["giá trà"]
kinds = ["gold"]

[[group]]
id = "artisans"
phrases = ["nghệ nhân", "("]
implied_by = ["nobody_knows"]

[[status]]
id = "dream"
phrases = ["a"]
'''
MANY_FORMS = "".join(f"(a{i} )" for i in range(40))


def test_every_mistake_is_explained_with_file_line_and_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = write(tmp_path / "own", WRONG)
    assert main(["patterns", "check", str(own)]) == 2
    lines = capsys.readouterr().err.splitlines()
    for line, words in [
            (2, "field 'id' of [[indicator]]: expected an id of small letters, digits and _"),
            (6, "field 'id' of [[indicator]]: expected an id of small letters, digits and _, not \"other\""),
            (8, "field 'kinds' of [[indicator]]: expected one of households, money"),
            (12, "field 'phrases' of [[group]]: phrase '(': brackets don't match"),
            (13, "field 'implied_by' of [[group]]: no indicator has the id 'nobody_knows'"),
            (15, "[[status]]: field 'value' is missing; expected a string")]:
        assert any(f"own.toml:{line}: {words}" in found for found in lines), (line, words)
    with pytest.raises(ExtractorError, match=r"own\.toml:2: field 'id'"):
        extractor.extract("x", patterns=own)


@pytest.mark.parametrize(("source", "words"), [
    pytest.param(f'[[say]]\nid = "x"\nphrases = ["{MANY_FORMS}"]\n',
                 "3: field 'phrases' of [[say]]: phrase", id="more forms than can be counted"),
    pytest.param('[[say]]\nid = "x"\nphrases = ["' + "a " * 600 + '"]\n',
                 "3: field 'phrases' of [[say]]: a phrase of 1200 characters", id="endless phrase"),
    pytest.param('[[abbreviation]]\nphrases = ["' + "a" * 5000 + '."]\n',
                 "2: field 'phrases' of [[abbreviation]]: a phrase of 5001 characters", id="endless abbreviation"),
    pytest.param('[[say]]\nid = "no_such"\nreplace = true\nphrases = ["a"]\n',
                 "3: field 'replace' of [[say]]: no rule with id 'no_such' of [[say]] is there to replace", id="nothing to replace"),
    pytest.param('[[unit]]\nkind = "other"\nreplace = true\nphrases = ["a"]\n',
                 "3: field 'replace' of [[unit]]: only a rule with an id can replace", id="replaces without an id"),
])
def test_what_is_refused(source: str, words: str, tmp_path: Path) -> None:
    own = write(tmp_path / "own", source)
    (mistake,) = mistakes_in(own)
    assert words in str(mistake)
    with pytest.raises(ExtractorError) as error:
        load_patterns(own)
    assert str(error.value) == str(mistake)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match="nowhere: not a folder"):
        extractor.extract("x", patterns=tmp_path / "nowhere")
    with pytest.raises(ExtractorError, match="no pattern file"):
        user_folders(tmp_path)


# --- the checker ------------------------------------------------------------------------------------------------------

def test_the_folder_of_the_tests_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["patterns", "check", str(OWN)]) == 0
    assert capsys.readouterr().out == "6 examples, 0 failed; 0 built-in examples come out otherwise\n"


def test_built_in_examples_that_come_out_otherwise_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = write(tmp_path / "own", '[[indicator]]\nid = "mine"\nphrases = ["tỷ lệ hộ nghèo"]\n')
    assert main(["patterns", "check", str(own)]) == 0
    printed = capsys.readouterr().out
    assert f"changed by {own}: " in printed
    assert "expected indicator poverty_rate at '24,71%', found mine" in printed
    assert "own.toml:1: [[indicator]]: no examples, so nothing shows that it works" in printed


# --- where they go on to ----------------------------------------------------------------------------------------------

def test_they_come_out_in_the_panel_and_the_report(tmp_path: Path) -> None:
    extraction = extractor.extract(ARTICLE, id="a", patterns=OWN)
    panel = extractor.panel([extraction])
    assert {"heritage_sites", "poverty_rate"} <= set(panel["indicator"])
    assert "artisans" in set(panel["groups"])
    article, out, page = tmp_path / "a.txt", tmp_path / "out.jsonl", tmp_path / "report.html"
    article.write_text(ARTICLE, encoding="utf-8")
    assert main([str(article), "--patterns", str(OWN), "-o", str(out)]) == 0
    assert main(["report", str(out), "-o", str(page)]) == 0
    assert "heritage" in page.read_text(encoding="utf-8")


def test_several_processes_read_with_them() -> None:
    texts = [f"Năm 2024, tỉnh Lào Cai có {i} di tích quốc gia.\n" + "Không có gì.\n" * 300 for i in range(2, 170)]
    found = [e.observations[0].indicator for e in extractor.extract_many(texts, workers=2, patterns=OWN)]
    assert found == ["heritage_sites"] * len(texts)
