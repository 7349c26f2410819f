"""Which phrases are proposed for the subject of a number, by which rules, with which features."""

from __future__ import annotations

import pytest
from drafts import draft

from extractor.binding import subject
from extractor.binding.bind import cases_of
from extractor.binding.linear import Candidate
from extractor.draft import Bound, Draft


def candidates(text: str, i: int = 0, above: tuple[str, ...] = (), evidence: str | None = None) -> tuple[Draft, list[Candidate]]:
    """The candidates of number `i`; its indicator is read from the words `evidence`, `above` are the subjects before."""
    made = draft(text, "officials", "2024-03-14")
    spot = cases_of(made)[i].spot
    bound = Bound(spot.q, spot.view.sentence)
    bound.rules["indicator"] = "indicator:left:phrase" if evidence else "indicator:none"
    if evidence:
        bound.evidence["indicator"] = span(made, evidence)
    return made, subject.candidates(spot, bound, None, [span(made, words) for words in above])


def span(made: Draft, words: str) -> tuple[int, int]:
    start = made.text.norm.index(words)
    return start, start + len(words)


def proposed(made: Draft, found: list[Candidate]) -> dict[str, str]:
    """The rule that proposes each phrase."""
    return {made.text.norm[c.value[0]:c.value[1]]: c.rule.removeprefix("subject:") for c in found}


@pytest.mark.parametrize(("text", "phrase", "rule"), [
    ("Có 5 hộ nghèo vùng cao.", "hộ nghèo vùng cao", "right"),
    ("Có 5 hộ nghèo vùng cao.", "hộ", "unit"),
    ("Tốc độ tăng giá tiêu dùng (CPI) khoảng 4%.", "Tốc độ tăng giá tiêu dùng", "before_bracket"),
    ("Tỷ lệ hộ nghèo đa chiều toàn xã còn 5%.", "Tỷ lệ hộ nghèo đa chiều", "phrase_left0"),
    ("Nhóm này mong có 5 con.", "Nhóm này mong có", "clause"),
    ("Đạt 5% tổng diện tích rừng.", "diện tích rừng", "phrase_right0"),
])
def test_phrases_beside_a_number_are_proposed(text: str, phrase: str, rule: str) -> None:
    assert proposed(*candidates(text))[phrase] == rule


def test_the_rules_own_guess_comes_first_and_each_phrase_stands_there_once() -> None:
    made, found = candidates("Tỷ lệ hộ nghèo giảm 5%.", evidence="Tỷ lệ hộ nghèo")
    assert next(iter(proposed(made, found).items())) == ("Tỷ lệ hộ nghèo", "left")
    assert len({c.value for c in found}) == len(found)
    assert all(c.span == c.value for c in found)


def test_subjects_of_numbers_before_are_proposed_the_nearest_first() -> None:
    text = "Lúa xuân tăng. Ngô hè giảm. Khoai đông tốt. Đạt 63%."
    made, found = candidates(text, above=("Lúa xuân", "Ngô hè", "Khoai đông"))
    rules = proposed(made, found)
    assert (rules["Khoai đông"], rules["Ngô hè"]) == ("above0", "above1")
    assert "Lúa xuân" not in rules
    away = next(c.features for c in found if c.rule == "subject:above0")
    assert {"away", "away.percent"} <= set(away)
    assert not any(f.startswith("len=") for f in away)


def test_a_number_alone_has_no_candidate() -> None:
    assert candidates("5%.")[1] == []


@pytest.mark.parametrize(("phrase", "features"), [
    ("Tỷ lệ hộ nghèo", {"d=L1", "len=4.L.percent", "l=nghèo", "n=giảm", "holds=True.True.L"}),
    ("dân", {"d=R0", "len=1.R.percent", "f=dân", "p=%", "n=.", "holds=False.False.R"})])
def test_features_say_where_a_phrase_stands_and_whether_it_holds_the_indicator(phrase: str, features: set[str]) -> None:
    made, found = candidates("Tỷ lệ hộ nghèo giảm 5% dân.", evidence="Tỷ lệ hộ nghèo")
    assert features <= set(next(c.features for c in found if c.value == span(made, phrase)))
