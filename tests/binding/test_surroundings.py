"""What a number's surroundings and the way from the number before are told by; what the article as a whole has to say."""

from __future__ import annotations

import pytest
from drafts import draft

from extractor.binding.article import gather
from extractor.binding.bind import cases_of
from extractor.binding.network import Case
from extractor.binding.spot import Article
from extractor.draft import Draft

TODAY = "2024-03-14"


def cases(text: str, published: str | None = TODAY) -> list[Case]:
    return cases_of(draft(text, "officials", published))


def gathered(text: str, published: str | None = TODAY) -> tuple[Article, Draft]:
    made = draft(text, "officials", published)
    return gather(made), made


# --- the words around it ----------------------------------------------------------------------------------------------

def test_the_words_around_a_number() -> None:
    around = cases("Mưa lớn.\nSáng nay cả xã chỉ còn 5 hộ chưa có điện.")[0].around
    assert {"l1=còn", "l2=chỉ còn", "r1=chưa", "r2=chưa có", "u=hộ", "first=sáng", "first2=sáng nay", "lw=xã", "lb=cả xã", "lb=chỉ còn",
            "rw=điện", "rw=chưa", "pw=lớn", "pf=mưa"} <= set(around)
    assert not {"lw=5", "rw=hộ", "lw=lớn", "lb=còn 5"} & set(around)
    first = cases("5 hộ có điện.")[0].around
    assert {"l1=\n", "l2=\n \n", "r1=có"} <= set(first)
    assert not any(f.startswith(("pw=", "pf=", "lw=", "lb=")) for f in first)


def test_the_words_that_move_a_number() -> None:
    first, second = cases("Hộ nghèo giảm từ 9% xuống còn 5%, đạt kế hoạch.")
    assert {"kind=percent", "unit=percent", "cmp=eq.bare", "L0=from", "L0=from@0.0", "L0k=from@0.0.0", "L0p=từ", "L1=fall", "L1k=verbdown@1.0.0",
            "LL=from+fall", "adj=from+fall", "verb=down.0.0.0", "R=down_to@0", "Rk=to.0", "Rto=to"} <= set(first.around)
    assert {"L0=down_to", "L1=from@7.1", "verb=down.0.0.0", "R=reach@1", "Rk=reach.1"} - set(second.around) <= {"R=reach@1", "Rk=reach.1"}
    assert not any(f.startswith("L1p=") for f in second.around)
    far = cases("Giảm mạnh; theo đó, trong 3 thôn, còn trong số này 5 hộ.")[-1].around
    assert "L1;" in far or "L2;" in far
    bracket = cases("Hộ nghèo (5%) giảm so với cùng kỳ.")[0].around
    assert {"bracket", "bracket_only"} <= set(bracket)
    assert "then_compared" in cases("Giảm 5% so với cùng kỳ.")[0].around
    assert "bracket_only" not in cases("Hộ nghèo (chỉ 5%).")[0].around
    assert "bracket" not in cases("Hộ nghèo (đông) 5%.")[0].around


def test_the_words_that_say_whether_it_is_a_fact() -> None:
    around = cases("Tỉnh phấn đấu giảm 5%/năm, ước đạt kế hoạch năm 2026.")[0].around
    assert {"|sec=body", "|per=True", "|L0=done", "|L1=strive", "|L1p=phấn đấu", "|G0=strive", "|order=actual,target", "|gov=strive.False",
            "|gov=target.False.0", "|govp=phấn đấu.False", "|any=strive", "|up=no.False", "|ahead=+"} <= set(around)
    plain = cases("Có 5 hộ năm 2020.")[0].around
    assert {"|per=False", "|gov=no.False", "|ahead=-", "|norms=0"} <= set(plain)
    assert "|ahead=0" in cases("Có 5 hộ năm 2024.")[0].around
    assert "|dated" in cases("Có 5 hộ năm 2024.", None)[0].around
    assert not any(f.startswith(("|ahead", "|dated")) for f in cases("Có 5 hộ.")[0].around)


def test_a_goal_above_is_told() -> None:
    text = "Xã phấn đấu giảm nghèo. Có 5 hộ.\nCó 6 hộ."
    same, below = cases(text)
    assert {"|up=strive.True.False", "|up=strive.True.1.False", "|up=strive.1"} <= set(same.around)
    assert {"|up=strive.False.False", "|up=strive.False.2.False", "|up=strive.2"} <= set(below.around)


def test_what_the_article_is_about() -> None:
    text = "Tỷ lệ hộ nghèo giảm mạnh.\nTỷ lệ hộ nghèo năm 2023 còn 5%, toàn tỉnh Lào Cai có 3 hộ."
    around = cases(text)[0].around
    assert {"ih=poverty_rate", "about=poverty_rate", "pk=year", "own=1", "dated=True.True", "times=1", "provinces=1", "many=0"} <= set(around)
    assert {"dated=False.False", "own=0", "times=0", "provinces=0"} <= set(cases("Có 5 hộ.", None)[0].around)
    assert "part=0" in cases("5 hộ có điện và sóng di động.")[0].around
    assert "part=3" in cases("Có điện và sóng di động là 5 hộ.")[0].around


# --- the way from the number before -----------------------------------------------------------------------------------

def test_the_way_within_a_sentence() -> None:
    first, second, third = cases("Năm 2022 có 5 hộ (gồm 3 hộ), trong đó xã Bình An năm 2023 phấn đấu giảm nghèo; tỷ lệ hộ nghèo 6%.")
    assert first.step == ["first"]
    assert {"S", "S.0.0", "S.d=3", "S.in=1", "S.b=among", "S.w=(", "S.v=gồm", "S.time=False", "S.place=False", "S.ind=False",
            "kinds=households.households", "unit=True"} <= set(second.step)
    assert {"S", "S.1.1", "S.d=30", "S.in=-1", "S.b=among", "S.st=strive", "S.time=True", "S.ind=True", "kinds=households.percent",
            "unit=False", "S.w=)", "S.v=nghèo"} <= set(third.step)
    assert not {"first", "X"} & {*second.step, *third.step}


def test_the_way_to_another_sentence() -> None:
    text = "Năm 2022 có 5 hộ tại thôn. Mưa năm 2021.\n\nNay tỉnh Lào Cai phấn đấu còn 3 hộ, riêng xã có 4 hộ."
    second = cases(text)[1].step
    assert {"X", "X.sec=lead.body", "X.1.2", "X.time=False.2", "X.w=nay", "X.w2=nay tỉnh", "X.place=True.2", "X.mid=True", "X.rest=False", "X.st=strive",
            "kinds=households.households", "unit=True"} <= set(second)
    assert "X.plain" not in second
    plain = cases("Có 5 hộ năm 2022.\nCó 3 hộ.")[1].step
    assert {"X.time=False.1", "X.place=False.1", "X.mid=False", "X.rest=True"} <= set(plain)


# --- the article ------------------------------------------------------------------------------------------------------

def test_topics_are_counted_by_sentence() -> None:
    article, _ = gathered("Tỷ lệ hộ nghèo giảm, tỷ lệ hộ nghèo thấp.\nTỷ lệ hộ nghèo còn.\nThu ngân sách tăng.")
    assert article.topics == {"budget_revenue": 1, "poverty_rate": 2}
    assert article.main_topics == ["poverty_rate", "budget_revenue"]
    assert article.title_topics == {"poverty_rate"}


def test_a_line_that_ends_in_a_colon_leads_what_stands_below() -> None:
    article, made = gathered("Mục tiêu năm 2025:\n- Giảm 5%.\n- Tăng 6%.\nKết quả:\n- Có 3 hộ.")
    lines = {made.text.norm[s.start:s.end].strip("- ."): s.index for s in made.sentences}
    assert article.leads == {lines["Giảm 5%"]: lines["Mục tiêu năm 2025:"], lines["Tăng 6%"]: lines["Mục tiêu năm 2025:"],
                             lines["Kết quả:"]: lines["Mục tiêu năm 2025:"], lines["Có 3 hộ"]: lines["Kết quả:"]}


def test_a_lead_reaches_twelve_paragraphs() -> None:
    article, made = gathered("Mục tiêu năm 2025:\n" + "\n".join(f"Thôn {i} tốt." for i in range(14)))
    assert sorted(article.leads) == [s.index for s in made.sentences if 0 < s.paragraph <= 12]


@pytest.mark.parametrize(("text", "density"), [
    ("Có 5 hộ.", 0), ("Mức hỗ trợ theo quy định là 5%, được hỗ trợ tối đa 6%, theo quy định hỗ trợ 7%.", 1)])
def test_articles_full_of_rules_are_known(text: str, density: int) -> None:
    article, _ = gathered(text)
    assert article.norm_density in (density, density + 1)


@pytest.mark.parametrize(("text", "published", "year"), [("Có 5 hộ.", TODAY, 2024), ("Ngày 1/2/2022 có 5 hộ.", None, 2022), ("Có 5 hộ.", None, None)])
def test_the_year_of_the_article(text: str, published: str | None, year: int | None) -> None:
    assert gathered(text, published)[0].year == year


def test_cues_of_goals_reach_into_the_sentences_below() -> None:
    article, _ = gathered("Xã phấn đấu. Đi lên. Đã hoàn thành.\nTốt. Tốt. Tốt. Tốt.")
    assert 0 not in article.cues
    assert article.cues[1] == ("strive", True, 1, False)
    assert article.cues[2][:3] == ("strive", True, 2)
    assert article.cues[3][:3] == ("strive", False, 3)
    assert article.cues[6][2] == 4


def test_times_of_the_article() -> None:
    _, made = gathered("Năm 2022 tốt. Năm 2021 và năm 2022.\nGiảm so với tháng 6/2020.\nKết quả năm 2019\nHọp ngày 1/2/2018.")
    cache = made.cache
    assert [value for value, _ in cache["main_periods"]] == ["2022", "2021", "2019"]
    assert [m.value for m in cache["recent_periods"][0]] == []
    assert [m.value for m in cache["recent_periods"][1]] == ["2022"]
    assert [m.value for m in cache["recent_periods"][2]] == ["2022", "2021", "2022"]
    assert [m.value for m in cache["recent_periods"][4]] == ["2019", "2022", "2021", "2022"]
    assert {k: m.value for k, m in cache["heading_periods"].items()} == {4: "2019"}
    assert cache["title_periods"] == []


def test_places_of_the_article() -> None:
    _, made = gathered("Tỉnh Lào Cai họp.\nHuyện Bảo Thắng và tỉnh Lạng Sơn.\nNước Lào và cả nước.")
    cache = made.cache
    assert cache["latest_places"][0] == {}
    assert {k: m.name for k, m in cache["latest_places"][1].items()} == {"province": "Lào Cai"}
    assert cache["latest_places"][2]["province"].name == "Lạng Sơn"
    assert (cache["country"], cache["foreign"], cache["title_place"]) == ("Việt Nam", 1, None)
    assert cache["country_mentions"] == 2
    assert cache["main_places"] == made.document_provinces


def test_goals_of_the_title_are_known() -> None:
    article, _ = gathered("Lào Cai phấn đấu giảm nghèo\n\nXã dự kiến có 5 hộ.\nƯớc đạt 6 hộ.")
    assert article.title_status == {"strive"}
    assert gathered("Xã giảm nghèo\n\nXã phấn đấu có 5 hộ.")[0].title_status == frozenset()
