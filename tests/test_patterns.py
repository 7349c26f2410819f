"""Pattern files: every example of every rule, mistakes in files, and the runner of examples itself."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from extractor.data import data_folder
from extractor.errors import ExtractorError
from extractor.patterns import Patterns, load_patterns
from extractor.rules.examples import Result, check_examples, check_rule, parse, with_folder
from extractor.rules.lexicon import expand
from extractor.rules.load import read_rules, read_table
from extractor.rules.shapes import SHAPES

FILES = sorted(path.relative_to(data_folder("patterns")).as_posix() for path in data_folder("patterns").rglob("*.toml"))


# --- the examples of the patterns that come with the toolkit ----------------------------------------------------------

@pytest.fixture(scope="module")
def results() -> dict[str, list[Result]]:
    """The results of all examples, by the file that they stand in."""
    by_file: dict[str, list[Result]] = defaultdict(list)
    folder = data_folder("patterns")
    for result in check_examples(load_patterns()):
        by_file[result.rule.path.relative_to(folder).as_posix()].append(result)
    return by_file


@pytest.mark.parametrize("file", FILES)
def test_every_example_does_what_it_says(file: str, results: dict[str, list[Result]]) -> None:
    assert results[file], "a pattern file without a single example"
    failures = [str(r) for r in results[file] if r.failure is not None]
    if failures:
        pytest.fail("\n".join(failures), pytrace=False)


def test_every_table_of_the_pattern_files_is_used_and_every_shape_is_known() -> None:
    assert set(load_patterns().rules) <= set(SHAPES)


# --- mistakes in files ------------------------------------------------------------------------------------------------

def rule_file(folder: Path, source: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(source, encoding="utf-8")
    return path


GOOD = '[[status]]\nid = "a"\nvalue = "target"\nphrases = ["phấn đấu"]\n'


@pytest.mark.parametrize(("source", "line", "message"), [
    pytest.param(GOOD + "strength = true", 5, "field 'strength' of [[status]]: expected a number, found True", id="type"),
    pytest.param('[[status]]\nid = 3\nvalue = "target"\nphrases = ["x"]', 2,
                 "field 'id' of [[status]]: expected a string, found 3", id="number for string"),
    pytest.param('[[words]]\nid = "a"\nphrases = "x"', 3,
                 "field 'phrases' of [[words]]: expected a list of strings that are not empty, found 'x'", id="no list"),
    pytest.param('[[words]]\nid = "a"\nphrases = ["x", 1]', 3, "field 'phrases' of [[words]]: expected a list of strings",
                 id="mixed list"),
    pytest.param('[[words]]\nid = "a"\nphrases = []', 3, "field 'phrases' of [[words]]: expected a list of strings",
                 id="empty list"),
    pytest.param('[[words]]\nid = "a"\nphrases = ["x", " "]', 3, "expected a list of strings that are not empty",
                 id="blank phrase"),
    pytest.param(GOOD + "\n\nnothing = 1", 7, "field 'nothing' of [[status]]: unknown field; known are", id="unknown"),
    pytest.param(GOOD + GOOD.replace('value = "target"\n', ""), 5,
                 "[[status]]: field 'value' is missing; expected a string", id="missing"),
    pytest.param(GOOD.replace('"target"', '"goal"'), 3,
                 "field 'value' of [[status]]: expected one of actual, estimate, norm, target, found 'goal'", id="choice"),
    pytest.param('[[indicator]]\nid = "a"\nphrases = ["x"]\nkinds = [\n  "money",\n  "gold",\n]', 6,
                 "field 'kinds' of [[indicator]]: expected one of households, money", id="choice in a list"),
    pytest.param(GOOD + "[[verb]]\nid = 1\n", 5, "'verb': expected tables of the kinds [[", id="unknown table"),
    pytest.param("\n[status]\nid = 1\n", 2, "'status': expected tables of the kinds [[", id="single table"),
    pytest.param("# x\nversion = 1\n", 2, "'version': expected tables of the kinds [[", id="bare value"),
    pytest.param(GOOD + "id = ", 5, "not valid TOML: ", id="bad TOML"),
    pytest.param(GOOD + 'note = "x', 5, "not valid TOML: ", id="open string"),
    pytest.param(GOOD + 'id = "b"', 5, "not valid TOML: ", id="field twice"),
])
def test_a_mistake_names_file_line_field_and_what_was_expected(
        source: str, line: int, message: str, tmp_path: Path) -> None:
    path = rule_file(tmp_path, source)
    with pytest.raises(ExtractorError) as error:
        read_rules(path, SHAPES)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert message in str(error.value)


@pytest.mark.parametrize("phrase", ["tỷ lệ (số", "tỷ lệ số)", "[a|b", "(a [b|c])", "a ] b"])
def test_brackets_of_a_phrase_that_do_not_match(phrase: str, tmp_path: Path) -> None:
    path = rule_file(tmp_path, f'[[words]]\nid = "a"\nphrases = [\n  "x",\n  "{phrase}",\n]\n')
    with pytest.raises(ExtractorError) as error:
        Patterns(tmp_path)
    assert str(error.value) == (f"{path}:5: field 'phrases' of [[words]]: phrase {phrase!r}: "
                                "brackets don't match, or stand inside each other")


@pytest.mark.parametrize("phrase", ["(a)", "(a) (b|c)", "(a|b)"])
def test_a_phrase_of_which_all_may_be_left_out(phrase: str) -> None:
    with pytest.raises(ExtractorError, match="all of it may be left out"):
        expand(phrase)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ExtractorError, match=r"x\.toml: cannot be read as a UTF-8 pattern file"):
        read_rules(path, SHAPES)


def test_lines_are_right_whatever_stands_in_strings_and_comments(tmp_path: Path) -> None:
    source = '''# [[status]]
[[words]]  # phrases = 1
id = "a"
note = """
[[status]]
phrases = ["x"]
"""
phrases = [  # "id = 1"
  "[[words]]",
  'b # c',
]

[[ words ]]
id = "b"
phrases = ["y"]
'''
    first, second = read_rules(rule_file(tmp_path, source), SHAPES)
    assert (first.line, dict(first.lines)) == (2, {"id": 3, "note": 4, "phrases": 8})
    assert (second.line, dict(second.lines)) == (13, {"id": 14, "phrases": 15})
    assert [first.line_of("phrases", item) for item in first.get("phrases")] == [9, 10]


@pytest.mark.parametrize("source", ["\ufeff" + GOOD, GOOD.replace("\n", "\r\n")], ids=["byte order mark", "CRLF"])
def test_files_of_other_editors_are_read(source: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(source.encode())
    rules = read_rules(path, SHAPES)
    assert [(r.get("id"), r.line) for r in rules] == [("a", 1)]


def test_a_table_of_another_system(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes("\ufeffname\tcode\r\nHà Giang\t02\r\n".encode())
    assert read_table(path, ["name", "code"]) == [{"name": "Hà Giang", "code": "02"}]


@pytest.mark.parametrize(("source", "message"), [
    ("name\nx\n", "t.tsv:1: columns missing: code"), ("name\tcode\nx\ty\tz\n", "t.tsv:2: 3 cells, expected 2")])
def test_a_mistake_in_a_table(source: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text(source, encoding="utf-8")
    with pytest.raises(ExtractorError, match=message):
        read_table(tmp_path / "t.tsv", ["name", "code"])


# --- the runner of examples -------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("example", "text", "marked"), [
    ("giảm [[4%]] trở lên", "giảm 4% trở lên", ["4%"]),
    ("[[30]], [[50]] và 70%", "30, 50 và 70%", ["30", "50"]),
    ("x [y] [[z]]", "x [y] z", ["z"]),
])
def test_an_example_is_a_sentence_and_what_is_marked_in_it(example: str, text: str, marked: list[str]) -> None:
    found, spans = parse(example)
    assert found == text
    assert [text[a:b] for a, b in spans] == marked


@pytest.mark.parametrize("example", [
    "giảm 4%", "giảm [[4%", "giảm 4%]]", "giảm [[4%]", "[[a [[b]] c]]", "a]] [[b", "[[]] a", "[[ ]] a"])
def test_a_malformed_example_fails_with_file_line_and_field(example: str, tmp_path: Path) -> None:
    path = rule_file(tmp_path, f'[[words]]\nid = "a"\nphrases = ["b"]\nexamples = [\n  "{example}",\n]\n')
    (result,) = own(tmp_path)
    assert result.failure is not None
    assert result.failure.startswith("malformed")
    assert str(result).startswith(f"{path}:5: field 'examples' of [[words]] a: malformed, ")


def own(folder: Path) -> list[Result]:
    """The results of the examples of the rules in `folder`, beside the built-in ones."""
    patterns = with_folder(folder)
    return [result for rules in patterns.rules.values() for rule in rules if rule.path.parent == folder
            for result in check_rule(rule, patterns)]


def failures(folder: Path, table: str, fields: str, examples: str, field: str = "examples") -> list[str | None]:
    rule_file(folder, f"[[{table}]]\n{fields}\n{field} = {examples}\n")
    return [result.failure for result in own(folder)]


SENTENCE = "Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm hơn [[4,23%]]"


@pytest.mark.parametrize(("table", "fields", "holds", "claim"), [
    ("indicator", 'id = "poverty_rate"\nphrases = ["zz"]', True, "indicator poverty_rate"),
    ("indicator", 'id = "literacy"\nphrases = ["zz"]', False, "indicator literacy"),
    ("group", 'id = "women"\nphrases = ["zz"]', False, "group women"),
    ("status", 'id = "x"\nvalue = "actual"\nphrases = ["zz"]', True, "status actual"),
    ("status", 'id = "x"\nvalue = "norm"\nphrases = ["zz"]', False, "status norm"),
    ("role", 'id = "x"\nrole = "change"\ndirection = "down"\nphrases = ["zz"]', True, "role change down"),
    ("role", 'id = "x"\nrole = "change"\ndirection = "up"\nphrases = ["zz"]', False, "role change up"),
    ("comparator", 'id = "x"\nvalue = "gt"\nside = "before"\nphrases = ["zz"]', True, "comparator gt"),
    ("comparator", 'id = "x"\nvalue = "le"\nside = "before"\nphrases = ["zz"]', False, "comparator le"),
    ("unit", 'id = "x"\nkind = "percent"\nphrases = ["zz"]', True, "kind percent"),
    ("unit", 'id = "x"\nkind = "money"\nphrases = ["zz"]', False, "kind money"),
])
def test_an_example_about_a_number(table: str, fields: str, holds: bool, claim: str, tmp_path: Path) -> None:
    (failure,) = failures(tmp_path, table, fields, f'["{SENTENCE}"]')
    assert (failure is None) == holds
    assert holds or str(failure).startswith(f"expected {claim} at '4,23%', found ")
    (failure,) = failures(tmp_path, table, fields, f'["{SENTENCE}"]', "counterexamples")
    assert (failure is not None) == holds
    assert not holds or str(failure).startswith(f"expected not {claim} at '4,23%', found ")


@pytest.mark.parametrize(("example", "failure"), [
    ("có [[hai ba]] bốn", None),
    ("có [[hai]] ba", "expected the rule's words at 'hai', found 'hai ba'"),
    ("[[hai ba]] rồi [[ba hai]]", "expected the rule's words at 'ba hai', found 'hai ba'"),
    ("có [[bốn]]", "expected the rule's words at 'bốn', found nothing"),
])
def test_an_example_about_words(example: str, failure: str | None, tmp_path: Path) -> None:
    assert failures(tmp_path, "say", 'id = "x"\nphrases = ["hai ba"]', f'["{example}"]') == [failure]


def test_words_of_another_rule_are_not_this_rules_words(tmp_path: Path) -> None:
    assert failures(tmp_path, "say", 'id = "x"\nphrases = ["hai ba"]\n[[say]]\nid = "x"\nphrases = ["bốn"]',
                    '["[[hai ba]]"]') == ["expected the rule's words at 'hai ba', found nothing"]


@pytest.mark.parametrize(("example", "failure"), [
    ("zzz [[135]] ở đây", None),
    ("zzz [[135%]] ở đây", "expected no quantity beside the rule's words at '135%', found the quantity '135%'"),
    ("ở [[135]] đây", "expected no quantity beside the rule's words at '135', found the rule's words at nothing"),
])
def test_an_example_of_what_is_no_quantity(example: str, failure: str | None, tmp_path: Path) -> None:
    assert failures(tmp_path, "reject", 'id = "x"\nside = "before"\nphrases = ["zzz"]', f'["{example}"]') == [failure]


def test_the_folder_of_the_toolkit_itself_is_not_read_twice() -> None:
    assert with_folder(data_folder("patterns")) is with_folder(None) is load_patterns()
