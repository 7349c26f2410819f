"""What follows from the choices: subject, groups, repeated numbers, indicators that the weights don't know.

A decider that takes what the test says stands in for the weights.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from drafts import draft

from extractor.binding import groups
from extractor.binding.bind import bind_article, bind_observations, cases_of
from extractor.binding.linear import Candidate
from extractor.binding.network import FIELDS, Case, Choice
from extractor.binding.repeats import take_from_body
from extractor.binding.spot import Spot
from extractor.binding.unlearned import settled
from extractor.draft import Bound, Draft, Quantity, Sentence


class Told:
    """Takes the named indicators for the numbers in their order, for every other field the first candidate."""

    def __init__(self, *indicators: str, grouped: bool = True, role: int = 0) -> None:
        self.indicators, self.grouped, self.role = indicators, grouped, role

    def choose(self, cases: Sequence[Case]) -> list[dict[str, Choice]]:
        out = []
        for n, case in enumerate(cases):
            choices: dict[str, Choice] = dict.fromkeys(FIELDS, (0, 0.5))
            choices["role"] = self.role, 0.25
            if n < len(self.indicators):
                choices["indicator"] = [c.value for c in case.candidates["indicator"]].index(self.indicators[n]), 0.5
            out.append(choices)
        return out

    def group(self, name: str, candidates: Sequence[Candidate], spot: Spot) -> Choice:  # noqa: ARG002
        return (0 if self.grouped else 1), 1.0

    def subject(self, candidates: Sequence[Candidate], spot: Spot) -> Choice:  # noqa: ARG002
        return 0, 1.0


def bound(text: str, *indicators: str, grouped: bool = True, role: int = 0) -> tuple[Draft, list[Bound]]:
    made = draft(text, "officials", "2024-03-14")
    bind_article(made, Told(*indicators, grouped=grouped, role=role))
    return made, made.bound


def words(made: Draft, span: tuple[int, int] | None) -> str | None:
    return made.text.norm[span[0]:span[1]] if span else None


# --- subject ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "indicators", "subject", "rule"), [
    # an indicator named right of the number: from the counted noun to the end of its phrase
    ("Có 5 hộ nghèo vùng cao.", ["poor_households"], "hộ nghèo vùng cao", "subject:right"),
    ("Có 5 hộ nghèo và khó khăn.", ["poor_households"], "hộ nghèo", "subject:right"),
    ("Có 5 hộ ở xã vùng cao đã thoát nghèo trong năm.", ["escaped_poverty_households"], "hộ ở xã vùng cao đã thoát nghèo", "subject:right"),
    # named left of it: its phrase with its clause, up to the verb
    ("Tỷ lệ hộ nghèo giảm 5%.", ["poverty_rate"], "Tỷ lệ hộ nghèo", "subject:left"),
    ("Đến nay, tỷ lệ hộ nghèo đa chiều toàn xã còn 5%.", ["poverty_rate"], "tỷ lệ hộ nghèo đa chiều", "subject:left"),
    ("Mức chi, tỷ lệ hộ nghèo của tỉnh Lào Cai là 5%.", ["poverty_rate"], "tỷ lệ hộ nghèo", "subject:left"),
    # a count of things is its own subject whatever is named before it
    ("Thu ngân sách ở 5 xã vùng cao tăng.", ["other"], "xã vùng cao", "subject:right"),
    # no indicator: what follows the number, unless the words there say that it stands before
    ("Có 80% hộ dân dùng nước sạch.", ["other"], "hộ dân dùng nước sạch", "subject:right"),
    ("Diện tích rừng đặc dụng đạt 63% kế hoạch.", ["other"], "Diện tích rừng đặc dụng", "subject:left"),
    ("Vốn vay ưu đãi đạt 5 tỷ đồng.", ["other"], "Vốn vay ưu đãi", "subject:left"),
    ("5%.", ["other"], None, "subject:none"),
])
def test_the_subject_is_the_phrase_that_says_what_is_measured(text: str, indicators: list[str], subject: str | None, rule: str) -> None:
    made, (one, *_) = bound(text, *indicators)
    assert (words(made, one.subject), one.rules["subject"]) == (subject, rule)
    assert one.evidence.get("subject") == one.subject


def test_a_number_without_words_of_its_own_is_told_by_the_one_before() -> None:
    made, (first, second) = bound("Diện tích lúa xuân đạt 63%, 70%.", "other", "other")
    assert [words(made, b.subject) for b in (first, second)] == ["Diện tích lúa xuân"] * 2
    assert second.rules["subject"] == "subject:previous"


def test_a_subject_ends_before_times_and_numbers_and_after_fourteen_words() -> None:
    made, (one, *_) = bound("Có 80% hộ dân thôn Đông năm 2022 dùng điện.", "other")
    assert words(made, one.subject) == "hộ dân thôn Đông"
    long = " ".join(["dân"] * 20)
    made, (one, *_) = bound(f"Có 80% nam {long} dùng điện.", "other")
    assert words(made, one.subject) == "nam" + " dân" * 13
    made, (one, *_) = bound("Có 80% hộ bên 5 xã.", "other")
    assert words(made, one.subject) == "hộ bên"


# --- groups -----------------------------------------------------------------------------------------------------------

def pairs(text: str, indicator: str = "other", i: int = 0) -> dict[str, list[Candidate]]:
    made = draft(text, "officials", "2024-03-14")
    spot = cases_of(made)[i].spot
    return dict(groups.proposals(spot, indicator, (0, 25), None))


def test_a_group_is_proposed_by_its_nearest_phrase() -> None:
    found = pairs("Trong người nghèo, 5% hộ nghèo và hộ cận nghèo có điện.")
    assert list(found) == ["near_poor_households", "poor_households"]
    yes, no = found["poor_households"]
    assert (yes.value, yes.rule, no.value, no.span, no.rule, no.features) == (True, "group:R", False, None, "group:none", [])
    assert yes.span == (22, 30)
    assert {"yes", "g=poor_households", "pos=R0.0.0", "c=R0.0", "k=percent.R.0", "u=percent.R0", "ind=True.R", "gi=poor_households.other",
            "in=False.poor_households", "i=other.R", "sub=False.R"} <= set(yes.features)
    left = pairs("Trong người nghèo, 5% có điện.")["poor_households"][0]
    assert left.rule == "group:L"
    assert {"pos=L1.0.0", "c=L1.0", "sub=True.L", "ph=người nghèo.L", "sub=True.0.0"} <= set(left.features)


def test_a_group_that_touches_the_number_stands_left_of_it() -> None:
    yes = pairs("Trong số người nghèo 5% có điện.")["poor_households"][0]
    assert yes.rule == "group:L"
    assert "pos=L0.0.0" in yes.features


def test_a_group_that_the_indicator_already_says_is_not_proposed() -> None:
    assert pairs("Có 5% hộ nghèo có điện.", "poverty_rate") == {}
    assert list(pairs("Có 5% hộ nghèo có điện.", "literacy")) == ["poor_households"]


def test_a_phrase_that_takes_in_the_unit_is_told() -> None:
    yes = pairs("Có 5 hộ nghèo có điện.")["poor_households"][0]
    assert {"in=True.poor_households", "pos=R0.0.0"} <= set(yes.features)


def test_groups_are_carried_from_the_number_before() -> None:
    _, (first, second) = bound("Có 5% hộ nghèo có điện và 3% có nước.", "other", "other")
    assert first.groups == second.groups == ["poor_households"]
    assert (first.rules["groups"], second.rules["groups"]) == ("group:R", "group:L")
    made = draft("Có 5% có điện và 3% có nước.", "officials")
    spot = cases_of(made)[1].spot
    before = Bound(made.quantities[0], made.sentences[0], groups=["poor_households"], evidence={"groups": (3, 5)})
    [(key, (yes, no))] = groups.proposals(spot, "other", None, before)
    assert (key, yes.value, yes.span, yes.rule, no.value, no.rule) == (
        "poor_households", True, (3, 5), "group:previous", False, "group:none")
    assert yes.features == ["carry", "carry.True.0.0", "carry.True", "carry.role=level"]


def test_a_group_that_is_not_chosen_leaves_nothing() -> None:
    _, (one,) = bound("Có 5% hộ nghèo có điện.", "other", grouped=False)
    assert (one.groups, one.evidence.get("groups"), one.rules.get("groups")) == ([], None, None)


# --- one number -------------------------------------------------------------------------------------------------------

def test_what_is_chosen_is_kept_with_its_words_rule_and_probability() -> None:
    made, (one,) = bound("Năm 2022, tỷ lệ hộ nghèo huyện Hà Quảng (Cao Bằng) giảm không quá 5%.", "poverty_rate", role=6)
    assert (one.indicator, one.role, one.direction, one.status, one.period) == ("poverty_rate", "change", "down", "actual", "2022")
    assert (one.place, one.province, one.district, one.place_level) == ("Cao Bằng", "Cao Bằng", None, "province")
    assert {k: words(made, v) for k, v in one.evidence.items()} == {
        "role": "giảm", "status": "giảm", "indicator": "tỷ lệ hộ nghèo", "period": "Năm 2022", "place": "Cao Bằng", "subject": "tỷ lệ hộ nghèo",
        "comparator": "không quá"} | {k: words(made, one.evidence[k]) for k in ("subject", "status")}
    assert one.probabilities == {"role": 0.25, "status": 0.5, "indicator": 0.5, "period": 0.5, "place": 0.5}
    assert (one.rules["comparator"], one.rules["role"]) == ("comparator:at_most", "role:fall")


def test_without_a_word_of_movement_a_number_is_a_level() -> None:
    _, (one,) = bound("Xã có 5 hộ.", role=6)
    assert (one.role, one.direction, one.rules["role"], one.probabilities["role"]) == ("level", None, "role:no_movement", 0.99)


def test_an_article_without_numbers_has_nothing_to_bind() -> None:
    assert bound("Xã họp.")[1] == []
    made = draft("Xã họp.", "officials")
    bind_observations(made)
    assert made.bound == []


def test_confidence_grows_with_the_probabilities() -> None:
    made = draft("Năm 2022, tỷ lệ hộ nghèo tỉnh Lào Cai còn 5%.", "observations", "2024-03-14")
    [one] = made.bound
    assert set(one.probabilities) == set(FIELDS)
    assert 0 < one.confidence < 1


# --- numbers that the body repeats ------------------------------------------------------------------------------------

def number(section: str, low: float = 5, **fields: object) -> Bound:
    one = Bound(Quantity(0, 2, 0, 1, "percent", low, None, "%", unit_id="percent"), Sentence(0, 0, 9, 0, 3, section, 0))
    one.rules = {"period": "period:published", "place": "place:country", "indicator": "indicator:none"}
    for name, value in fields.items():
        setattr(one, name, value)
    return one


def told(section: str = "body", **fields: object) -> Bound:
    one = number(section, period="2022", place="Lào Cai", place_level="province", province="Lào Cai", indicator="poverty_rate",
                 evidence={"period": (3, 5), "indicator": (6, 8)})
    for name, value in fields.items():
        setattr(one, name, value)
    return one


@pytest.mark.parametrize("section", ["title", "lead", "caption"])
def test_a_number_above_takes_from_the_body_what_it_does_not_say(section: str) -> None:
    above = number(section, evidence={"place": (0, 1)})
    take_from_body([above, told()])
    assert (above.period, above.place, above.place_level, above.province, above.indicator) == (
        "2022", "Lào Cai", "province", "Lào Cai", "poverty_rate")
    assert above.rules == {"period": "period:repeated", "place": "place:repeated", "indicator": "indicator:repeated"}
    assert above.evidence == {"period": (3, 5), "indicator": (6, 8)}


def test_what_it_says_by_itself_stays() -> None:
    rules = {"period": "period:year:L", "place": "place:sentence:R", "indicator": "indicator:left:phrase"}
    above = number("title", period="2021", place="Hà Giang", indicator="near_poverty_rate", rules=dict(rules))
    take_from_body([above, told()])
    assert (above.period, above.place, above.indicator, above.rules) == ("2021", "Hà Giang", "near_poverty_rate", rules)
    right = number("title", period="2021", rules={**rules, "period": "period:year:R"})
    take_from_body([right, told()])
    assert right.period == "2021"


@pytest.mark.parametrize("other", [
    told(quantity=Quantity(0, 2, 0, 1, "percent", 6, None, "%", unit_id="percent")), told("title"), told(role="change"), told(quantity=Quantity(0, 2, 0, 1, "percent", 5, 7, "%", unit_id="percent")),
    told(quantity=Quantity(0, 2, 0, 1, "percent", 5, None, "điểm", unit_id="percentage_point")),
    told(period=None, place=None, indicator="other")])
def test_only_the_same_number_in_the_body_is_a_repetition(other: Bound) -> None:
    above = number("title")
    take_from_body([above, other])
    assert (above.period, above.place, above.indicator) == (None, None, "other")


def test_the_first_repetition_counts_and_the_body_takes_nothing() -> None:
    above, plain = number("title"), number("body", period=None)
    take_from_body([above, told(), told(period="2023"), plain])
    assert above.period == "2022"
    assert plain.period is None


# --- indicators without weights ---------------------------------------------------------------------------------------

def taken(text: str, *learned: str, i: int = 0) -> str | None:
    case = cases_of(draft(text, "officials"))[i]
    at = settled(case.candidates["indicator"], case.spot, learned)
    return None if at is None else case.candidates["indicator"][at].value


@pytest.mark.parametrize(("text", "learned", "indicator"), [
    ("Tỷ lệ hộ nghèo còn 5%.", [], "poverty_rate"),
    ("Tỷ lệ hộ nghèo còn 5%.", ["poverty_rate"], None),
    ("Có 5 hộ thoát nghèo.", [], "escaped_poverty_households"),
    # the phrase at the number is known, another is not: the weights decide
    ("Thu ngân sách tăng, tỷ lệ hộ nghèo còn 5%.", ["poverty_rate"], None),
    # not in the clause of the number
    ("Tỷ lệ hộ nghèo giảm, còn 5%.", [], None), ("Tỷ lệ hộ nghèo giảm; còn 5%.", [], None), ("Có 5 hộ, thoát nghèo.", [], None),
    ("Có 5 hộ vừa mới được thoát nghèo.", [], None),
    # of two phrases the one before, unless the one after takes in the unit
    ("Tỷ lệ hộ nghèo còn 5% tỷ lệ hộ cận nghèo.", [], "poverty_rate"),
    # of another kind
    ("Tỷ lệ hộ nghèo còn 5 tỷ đồng.", [], None),
])
def test_an_indicator_without_weights_is_taken_where_its_phrase_stands(text: str, learned: list[str], indicator: str | None) -> None:
    assert taken(text, *learned) == indicator
