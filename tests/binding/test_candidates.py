"""What is proposed for each field of a number, from which words and by which rule; what is chosen among it is not looked at."""

from __future__ import annotations

import pytest
from drafts import draft

from extractor.binding.bind import cases_of
from extractor.binding.network import Case
from extractor.binding.period import before
from extractor.binding.role import CLASSES, moves
from extractor.steps import STEPS

TODAY = "2024-03-14"


def cases(text: str, published: str | None = TODAY) -> list[Case]:
    return cases_of(draft(text, "officials", published))


def proposed(case: Case, field: str) -> dict[str | None, tuple[str | None, str]]:
    """The candidates of a field by their value: the words each is read from, and its rule."""
    norm = case.spot.article.draft.text.norm
    return {getattr(c.value, "path", c.value): (norm[c.span[0]:c.span[1]] if c.span else None, c.rule) for c in case.candidates[field]}


def features(case: Case, field: str, value: str | None) -> set[str]:
    return next(set(c.features) for c in case.candidates[field] if getattr(c.value, "path", c.value) == value)


# --- role and direction, status ---------------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "words", "rule"), [
    ("Hộ nghèo giảm 5%.", "giảm", "role:fall"), ("Hộ nghèo từ 9% xuống còn 5%.", "xuống còn", "role:down_to"),
    ("Năm nay giảm từ 5% trở lên.", "giảm", "role:fall"), ("Thu được 5%.", None, "role:plain")])
def test_every_role_is_proposed_by_the_word_that_most_likely_decides(text: str, words: str | None, rule: str) -> None:
    last = cases(text)[-1]
    assert [c.value for c in last.candidates["role"]] == list(CLASSES)
    assert proposed(last, "role")[("level", None)] == (None, "role:plain")  # type: ignore[index]
    assert {proposed(last, "role")[value] for value in CLASSES[1:]} == {(words, rule)}  # type: ignore[index]


@pytest.mark.parametrize(("text", "change"), [
    ("Hộ nghèo giảm 5%.", True), ("Hộ nghèo chiếm 5%.", False), ("Thu cao hơn 5%.", True), ("Tốc độ tăng trưởng 5%.", True), ("Chỉ đạt 5%.", False),
    ("Từ 5% hộ nghèo.", True), ("Thu gấp 5 lần năm ngoái.", True), ("Chiếm tới 5%.", True)])
def test_only_words_of_movement_make_a_change(text: str, change: bool) -> None:
    assert moves(cases(text)[0].spot) is change


@pytest.mark.parametrize(("text", "found"), [
    ("Tỉnh phấn đấu giảm 5%.", {"target": ("phấn đấu", "status:strive"), "estimate": (None, "status:plain"), "norm": (None, "status:plain")}),
    ("Đã giảm 5%.", {"actual": ("giảm", "status:done"), "target": (None, "status:plain")}),
    ("Ước tính giảm 5%, phấn đấu cả năm giảm 9%.", {"target": ("phấn đấu", "status:strive")}),
    ("Đạt 5%, đã vượt.", {"actual": ("Đạt", "status:done")}),
    ("Khoảng 5% đã vượt.", {"actual": (None, "status:plain")}),
])
def test_each_status_is_proposed_by_its_nearest_word(text: str, found: dict[str, tuple[str | None, str]]) -> None:
    one = cases(text)[0]
    assert [c.value for c in one.candidates["status"]] == ["actual", "target", "estimate", "norm"]
    assert {k: proposed(one, "status")[k] for k in found} == found


# --- indicator --------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "found"), [
    ("Tỷ lệ hộ nghèo còn 5%.", {"poverty_rate": ("Tỷ lệ hộ nghèo", "indicator:left:phrase"), "other": (None, "indicator:none")}),
    ("Có 5 hộ thoát nghèo.", {"escaped_poverty_households": ("thoát nghèo", "indicator:right:phrase"), "other": (None, "indicator:none")}),
    ("Có 5 hộ nghèo.", {"poor_households": ("hộ nghèo", "indicator:right:weak")}),
    # of several phrases of an indicator the nearest; one of its own before a weak one
    ("Tỷ lệ nghèo còn cao, tỷ lệ hộ nghèo còn 5%.", {"poverty_rate": ("tỷ lệ hộ nghèo", "indicator:left:phrase")}),
    ("Tỷ lệ hộ nghèo còn 5%; tỷ lệ nghèo giảm.", {"poverty_rate": ("Tỷ lệ hộ nghèo", "indicator:left:phrase")}),
    # what is counted in another unit is not proposed
    ("Tỷ lệ hộ nghèo ở thôn có 5 tỷ đồng.", {"poverty_rate": (None, "indicator:topic")}),
    ("Thu ngân sách đạt 5%.", {"budget_revenue": ("Thu ngân sách", "indicator:left:phrase")}),
])
def test_indicators_are_proposed_by_their_phrases(text: str, found: dict[str, tuple[str | None, str]]) -> None:
    one = proposed(cases(text)[0], "indicator")
    assert {k: one.get(k) for k in found} == found
    assert list(one)[-1] == "other"


def test_a_weak_phrase_gives_way_to_an_indicators_own() -> None:
    near = cases("Tỷ lệ hộ nghèo, người nghèo đều là 5%.")[0]
    assert proposed(near, "indicator")["poverty_rate"] == ("Tỷ lệ hộ nghèo", "indicator:left:phrase")
    weak = cases("Tỷ lệ che phủ rừng ở nơi hộ nghèo sống là 5%.")[0]
    assert "poverty_rate" not in proposed(weak, "indicator")
    touching = cases("Tỷ lệ che phủ rừng và hộ nghèo 5%.")[0]
    assert proposed(touching, "indicator")["poverty_rate"] == ("hộ nghèo", "indicator:left:weak")
    beyond = cases("Hộ nghèo nhận 5%; tỷ lệ che phủ rừng tăng.")[0]
    assert proposed(beyond, "indicator")["poverty_rate"] == ("Hộ nghèo", "indicator:left:weak")


def test_what_the_article_and_the_sentences_above_speak_of_is_proposed() -> None:
    text = ("Tỷ lệ che phủ rừng tăng.\nTỷ lệ che phủ rừng còn tăng 2%.\nTỷ lệ hộ nghèo giảm 3%.\nTỷ lệ hộ nghèo còn giảm.\n"
            "Thu ngân sách tăng 4%.\nNăm nay còn 5%.")
    last = cases(text)[-1]
    found = proposed(last, "indicator")
    assert {k: rule for k, (_, rule) in found.items()} == {
        "forest_cover": "indicator:topic", "poverty_rate": "indicator:topic", "budget_revenue": "indicator:seen0", "other": "indicator:none"}
    assert {"absent", "absent.none=True", "how=topic", "how=topic.True"} <= features(last, "indicator", "poverty_rate")
    assert {"top=2", "how=seen0"} <= features(last, "indicator", "budget_revenue")


def test_where_an_indicators_phrase_stands_is_told() -> None:
    first, second = cases("Tỷ lệ hộ nghèo của thôn, theo rà soát, là 5% và 7%.")
    assert {"ind=poverty_rate", "ind=poverty_rate.percent", "pos=L15.s", "c=L2.s", "rank=L0.s", "best=0.s", "len=4.s.L", "top=0",
            "title=False", "sol=True.s.L", "comp=L.s.", "k=percent.L.s.0"} <= features(first, "indicator", "poverty_rate")
    assert {"pos=L.1.0.s", "k=percent.L.s.1", "c=L2.s"} <= features(second, "indicator", "poverty_rate")
    rival = cases("Thu ngân sách tăng và tỷ lệ hộ nghèo còn 5%, trong đó, tỷ lệ hộ cận nghèo giảm.")[0]
    assert {"comp=L.s.LR", "best=0.s", "rank=L0.s"} <= features(rival, "indicator", "poverty_rate")
    assert {"comp=R.s.L", "brk=R.among", "rank=R0.s"} <= features(rival, "indicator", "near_poverty_rate")
    inside = cases("Có 5 hộ nghèo.")[0]
    assert "pos=Rin.w" in features(inside, "indicator", "poor_households")


def test_what_speaks_for_no_indicator_is_told() -> None:
    one = cases("Tỷ lệ hộ nghèo của thôn (5%) đã giảm.")[0]
    assert {"other.percent", "other.u=percent", "other.n=1", "other.any=True", "other.L=True.R=False", "other.w=%", "other.bracket=True",
            "other.near=L3.0", "other.topic=4.0"} <= features(one, "indicator", "other")
    none = cases("Cả thôn đạt 5%.")[0]
    assert {"other.n=0", "other.any=False", "other.L=False.R=False", "other.bracket=False", "other.topic=0.0"} <= features(
        none, "indicator", "other")


# --- period -----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("value", "start"), [
    ("2023", "2022"), ("2021/2025", "2021"), ("2024-Q1", "2023-Q1"), ("2024-03-14", "2023-03-14"), ("2024-01/2024-03", "2024-01"), ("x", None)])
def test_a_change_over_a_period_began_before_it(value: str, start: str | None) -> None:
    assert before(value) == start


@pytest.mark.parametrize(("text", "found"), [
    ("Năm 2022 có 5 hộ.", {"2022": ("Năm 2022", "period:year:L"), "2024": (None, "period:published"), None: (None, "period:none")}),
    ("Có 5 hộ trong năm 2022.", {"2022": ("năm 2022", "period:year:R"), "2024": (None, "period:published"), None: (None, "period:none")}),
    # only a change has a start
    ("Năm 2022 giảm 5 hộ.", {"2022": ("Năm 2022", "period:year:L"), "2021": ("Năm 2022", "period:year:L:before"),
                             "2024": (None, "period:published"), "2023": (None, "period:published:before"), None: (None, "period:none")}),
    ("Hiện nay có 5 hộ.", {"2024": ("Hiện nay", "period:now:L"), None: (None, "period:none")}),
    # the nearest of two mentions of a time
    ("Năm 2022, sau bão, năm 2022 có 5 hộ.", {"2022": ("năm 2022", "period:year:L"), "2024": (None, "period:published"),
                                             None: (None, "period:none")}),
])
def test_times_of_the_sentence_and_the_articles_own_are_proposed(text: str, found: dict[str | None, tuple[str | None, str]]) -> None:
    assert proposed(cases(text)[0], "period") == found


@pytest.mark.parametrize(("text", "found"), [
    # the end of a span, beside its start where something changes
    ("Giai đoạn 2011 - 2016, tỷ lệ giảm từ 11% xuống 8%.", {"2011/2016": "period:span:L", "2011": "period:span:L:before", "2016": "period:span:L:end"}),
    ("Giai đoạn 2011 - 2016 có 5 hộ.", {"2011/2016": "period:span:L", "2016": "period:span:L:end"}),
    # the span between the two years named last
    ("Năm 2009 là 50%. Năm 2013 còn 28%. Bình quân mỗi năm giảm 5%.", {
        "2013": "period:recent", "2012": "period:recent:before", "2009": "period:recent", "2008": "period:recent:before", "2009/2013": "period:joined"}),
    # another reading of words that print no year
    ("Năm 2019, đến hết tháng 7, có 5 hộ.", {"2019": "period:year:L", "2019-07": "period:month_short:context:L", "2019-M07": "period:month_short:through:L",
        **{v: f"period:{rule}:before" for v, rule in (("2018", "year:L"), ("2018-07", "month_short:context:L"), ("2018-M07", "month_short:through:L"))}}),
    ("Năm 2018 tốt. Chín tháng có 5 hộ.", {"2018-M09": "period:months_bare:months.context:L", "2018": "period:recent"}),
])
def test_what_times_may_mean_beside_their_value_is_proposed(text: str, found: dict[str, str]) -> None:
    expected: dict[str | None, str] = {None: "period:none"}
    expected.update(found)
    assert {v: rule for v, (_, rule) in proposed(cases(text, None)[-1], "period").items()} == expected


def test_without_any_time_none_is_proposed() -> None:
    one = cases("Có 5 hộ.", None)[0]
    assert proposed(one, "period") == {None: (None, "period:none")}
    assert {"none", "none.now=False.False", "none.par=no", "none.year=False.False.False", "none.here=0", "none.any=False",
            "none.carried=False"} <= features(one, "period", None)


def test_times_above_are_proposed() -> None:
    text = "Kết quả năm 2021:\nHuyện giảm nghèo tốt.\nTháng 6/2022, có 3 hộ.\nCó 5 hộ."
    last = cases(text)[-1]
    assert proposed(last, "period") == {
        "2021": ("năm 2021", "period:lead"), "2022-06": ("Tháng 6/2022", "period:recent"), "2024": (None, "period:published"),
        None: (None, "period:none")}
    assert {"lead", "heading", "main", "absent.False", "recent1", "ahead=-3"} <= features(last, "period", "2021")
    assert {"recent0", "recent0.month", "recent.False.1", "recent.month.1", "recent0.open=True.False", "seen0", "ahead=-2",
            "len=7"} <= features(last, "period", "2022-06")
    assert {"published", "published.body", "published.True.False", "ahead=0"} <= features(last, "period", "2024")
    assert {"none.par=next", "none.carried=True"} <= features(last, "period", None)


def test_where_a_time_stands_is_told() -> None:
    first, second = cases("So với tháng 6/2020, năm 2021 (giảm 5 hộ; năm 2022 giảm 7 hộ).")
    assert {"cmp=True", "rank=1.L", "form=month", "kind=month.L", "w=với.L", "open=False", "here.cmp=True"} <= features(first, "period", "2020-06")
    assert {"cmp=False", "rank=0.L", "pos=L3", "pos=L.0.0", "c=L0.0", "w=,.L", "in=False.L.False"} <= features(first, "period", "2021")
    assert {"rank=2.R", "pos=R.0.1", "in=False.R.True"} <= features(first, "period", "2022")
    assert {"rank=0.L", "pos=L1"} <= features(second, "period", "2022")
    opens = cases("Năm 2021 có 5 hộ.")[0]
    assert {"open=True", "w=^.L"} <= features(opens, "period", "2021")


# --- place ------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("text", "found"), [
    ("Tỉnh Lào Cai có 5 hộ.", {"Lào Cai": ("Lào Cai", "place:sentence:L")}),
    ("Có 5 hộ ở tỉnh Lào Cai.", {"Lào Cai": ("Lào Cai", "place:sentence:R")}),
    ("Huyện Hà Quảng (Cao Bằng) có 5 hộ.", {"huyện Hà Quảng, Cao Bằng": ("Hà Quảng", "place:sentence:L"),
                                           "Cao Bằng": ("Cao Bằng", "place:sentence:L")}),
    ("Vùng Tây Nguyên có 5 hộ.", {"Tây Nguyên": ("Tây Nguyên", "place:sentence:L")}),
    ("Nước Lào có 5 hộ.", {"Lào": ("Lào", "place:sentence:L")}),
    ("Tỉnh Lào Cai họp.\nToàn tỉnh có 5 hộ.", {"Lào Cai": ("Lào Cai", "place:latest:province")}),
    ("Có 5 hộ.", {}),
])
def test_places_are_proposed(text: str, found: dict[str, tuple[str, str]]) -> None:
    always: dict[str | None, tuple[str | None, str]] = {"Việt Nam": (None, "place:country"), None: (None, "place:none")}
    always.update(found)
    assert proposed(cases(text)[-1], "place") == always


def test_the_unit_that_the_article_speaks_of_is_proposed() -> None:
    text = "Huyện Hà Quảng họp.\nHuyện Hà Quảng giảm nghèo.\nTại Hà Quảng, huyện Hà Quảng hỗ trợ.\nCó 5 hộ ở tỉnh Lào Cai."
    one = cases(text)[-1]
    assert one.spot.article.draft.cache["main_unit"].name == "Hà Quảng"
    assert any("unit.district" in c.features for c in one.candidates["place"])
    even = cases("Huyện Hà Quảng họp.\nHuyện Bảo Lâm họp.\nHuyện Hà Quảng, huyện Bảo Lâm họp.\nCó 5 hộ.")[-1]
    assert even.spot.article.draft.cache["main_unit"] is None


@pytest.mark.parametrize(("text", "found"), [
    # whatever stands between, and also below the number
    ("Tỉnh Lào Cai họp.\nTỉnh Yên Bái họp.\nCó 5 hộ.", {"Yên Bái": "place:latest:province", "Lào Cai": "place:article"}),
    ("Có 5 hộ.\nTỉnh Lào Cai họp.\nTỉnh Yên Bái họp.\nTỉnh Hà Giang họp.", dict.fromkeys(("Lào Cai", "Yên Bái", "Hà Giang"), "place:article")),
])
def test_the_places_that_the_article_names_most_are_proposed(text: str, found: dict[str, str]) -> None:
    one = next(c for c in cases(text) if c.spot.q.unit == "hộ")
    always: dict[str | None, str] = {"Việt Nam": "place:country", None: "place:none"}
    always.update(found)
    assert {v: rule for v, (_, rule) in proposed(one, "place").items()} == always


def test_a_place_has_its_province_and_district() -> None:
    one = cases("Huyện Hà Quảng (Cao Bằng) có 5 hộ.")[0]
    values = {c.value.path: c.value for c in one.candidates["place"] if c.value is not None}
    assert values["huyện Hà Quảng, Cao Bằng"][1:] == ("Cao Bằng", "Hà Quảng", "district")
    assert values["Cao Bằng"][1:] == ("Cao Bằng", None, "province")
    assert values["Việt Nam"][1:] == (None, None, "country")


def test_where_a_place_stands_is_told() -> None:
    first, second = cases("Toàn huyện Hà Quảng của tỉnh Cao Bằng, có 5 hộ; tỉnh Lào Cai có 7 hộ.")
    assert {"lv=province", "pos=L3.province", "c=L1", "rank=0.L", "org=False.province", "w=của.L", "n=3.0"} <= features(first, "place", "Cao Bằng")
    assert {"pos=R1.province", "rank=2.R", "pos=R.0.1.province"} <= features(first, "place", "Lào Cai")
    assert {"rank=0.L", "touch=L.True.province"} <= features(second, "place", "Lào Cai")
    assert {"vn", "vn.here=True", "vn.scope=False", "vn.places=3", "vn.mention=0"} <= features(first, "place", "Việt Nam")
    assert {"none", "none.here=True", "none.kind=households"} <= features(first, "place", None)
    assert {"pos=R0.province", "touch=R.True.province"} <= features(cases("Có 5 hộ Lào Cai.")[0], "place", "Lào Cai")
    whole = cases("Cả nước có 5 hộ.")[0]
    assert {"vn.scope=True", "vn.near=country", "vn.mention=2", "vn.here=True", "vn.places=1"} <= features(whole, "place", "Việt Nam")


def test_places_above_are_proposed_latest_first() -> None:
    last = cases("Tỉnh Lào Cai có 5 hộ.\nTỉnh Lạng Sơn có 6 hộ.\nTỉnh Lào Cai có 7 hộ.\nCó 8 hộ.")[-1]
    assert {"seen0", "seen0.here=False", "latest.province"} <= features(last, "place", "Lào Cai")
    assert "seen1" in features(last, "place", "Lạng Sơn")


def test_the_articles_own_places_are_proposed() -> None:
    text = "Lào Cai giảm nghèo\n\nTỉnh Lào Cai họp.\nNăm nay Lào Cai, Lạng Sơn, Hà Giang họp.\nCó 8 hộ."
    made = draft(text, "places", TODAY)
    made.document_provinces = ["Lào Cai", "Sơn La"]
    STEPS["officials"](made)
    last = cases_of(made)[-1]
    found = proposed(last, "place")
    assert found["Sơn La"] == (None, "place:document")
    assert {"doc0", "doc0.n=2", "doc0.here=False", "title.province", "title.province.here=False"} <= features(last, "place", "Lào Cai")
    assert {"doc1", "doc1.n=2"} <= features(last, "place", "Sơn La")
    assert {"vn.doc=2", "vn.places=3"} <= features(last, "place", "Việt Nam")


def test_a_place_that_only_the_title_names() -> None:
    one = cases("Huyện Hà Quảng (Cao Bằng) giảm nghèo\n\n" + "Tỉnh Lào Cai, huyện Bảo Thắng họp.\n" * 7 + "Có 8 hộ.")[-1]
    assert one.spot.article.draft.cache["title_place"].name == "Hà Quảng"
    assert proposed(one, "place")["huyện Hà Quảng, Cao Bằng"] == ("Hà Quảng", "place:title")


def test_a_moment_without_a_date_is_told() -> None:
    assert "none.now=True.False" in features(cases("Hiện nay có 5 hộ.", None)[0], "period", None)
    assert "none.now=False.False" in features(cases("Năm nay có 5 hộ.", None)[0], "period", None)


@pytest.mark.parametrize(("text", "value", "base"), [
    ("Hộ nghèo giảm 4% so với năm 2021.", "2021", True), ("Hộ nghèo giảm 4% so với 2022.", "2022", True),
    ("Thu tăng 5% so với tháng 6/2020.", "2020-06", True), ("Hộ nghèo giảm 4% trong năm 2021.", "2021", False)])
def test_the_base_of_a_comparison_is_told_from_the_time_of_the_number(text: str, value: str, base: bool) -> None:
    assert f"cmp={base}" in features(cases(text)[0], "period", value)
