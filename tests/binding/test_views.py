"""A sentence by token, and one number in it."""

from __future__ import annotations

import pytest
from drafts import draft

from extractor.binding.spot import Article, Spot, near
from extractor.binding.views import SentenceView, sentence_views

TEXT = "Huyện có 5 hộ (tăng 2 hộ), 3 xã; trong đó, xã A (xã [nhỏ]) có 7 hộ, 8 người, 9 dự án, 4 lớp, 6 trường và 1 chợ."


@pytest.fixture(scope="module")
def view() -> SentenceView:
    return sentence_views(draft(TEXT, "officials"))[0]


def spot(view: SentenceView, i: int) -> Spot:
    return Spot(Article(view.draft), view, i)


def at(view: SentenceView, word: str) -> int:
    return view.draft.tokens.text.index(word)


def test_marks_between_two_tokens_are_counted(view: SentenceView) -> None:
    first, last = view.first, view.last
    assert view.between(first, last)[0] == 6
    assert view.between(first, at(view, ";"))[0] == 1
    assert view.between(at(view, ","), at(view, ",") + 1)[0] == 1
    assert view.between(at(view, ",") + 1, at(view, ";"))[0] == 0
    assert view.between(first, last)[1] == 1
    assert view.between(first, at(view, ";"))[1] == 0


def test_brackets_are_open_until_they_are_closed(view: SentenceView) -> None:
    assert [view.depth(at(view, word)) for word in ("có", "(", "tăng", ")", ",", "a", "[", "nhỏ", "]", "7")] == [
        0, 0, 1, 1, 0, 0, 1, 2, 2, 0]


def test_quantities_between_two_tokens_are_those_that_begin_there(view: SentenceView) -> None:
    first, second = view.quantities[:2]
    assert view.between(view.first, view.last)[2] == len(view.quantities) == 9
    assert view.between(first.first, second.first)[2] == 1
    assert view.between(first.first + 1, second.first + 1)[2] == 1
    assert view.between(first.last, second.first)[2] == 0


def test_characters_have_tokens(view: SentenceView) -> None:
    tokens = view.draft.tokens
    assert view.token_at(0) == 0
    assert view.token_at(tokens.start[3]) == 3
    assert view.token_at(tokens.start[3] + 1) == 4
    assert view.token_at(10_000) == view.last


def test_phrases_that_open_a_clause_are_named(view: SentenceView) -> None:
    among = at(view, "trong")
    assert view.breaks(view.first, view.last) == ["among"]
    assert view.breaks(among, among + 1) == ["among"]
    assert view.breaks(among + 1, view.last) == view.breaks(view.first, among) == []


def test_each_sentence_has_its_own_phrases_times_and_places() -> None:
    made = draft("Năm 2022, tỉnh Lào Cai giảm 5%.\nMưa lớn ở Hà Giang năm 2021.\nNăm 2023, Lạng Sơn tăng 6%.", "officials")
    views = sentence_views(made)
    assert [v.sentence.index for v in views.values()] == sorted(views)
    assert len(views) == 2
    first, last = views.values()
    assert [[h.entry.id for h in v.hits["role"]] for v in (first, last)] == [["fall"], ["rise"]]
    assert [[m.value for m in v.periods] for v in (first, last)] == [["2022"], ["2023"]]
    assert [[m.name for m in v.places] for v in (first, last)] == [["Lào Cai"], ["Lạng Sơn"]]
    assert [m.sentence for m in made.periods] == [0, 1, 2]
    assert [m.sentence for m in made.places] == [0, 1, 2]


def test_the_first_and_the_last_number_have_one_neighbour(view: SentenceView) -> None:
    first, middle, last = spot(view, 0), spot(view, 1), spot(view, 8)
    assert (first.prev, first.next) == (None, middle.q)
    assert (last.prev, last.next) == (view.quantities[7], None)
    assert middle.prev is first.q


def test_phrases_are_looked_at_from_the_number_on() -> None:
    view = sentence_views(draft("Hộ nghèo giảm mạnh tới 5 hộ cận nghèo, sẽ tăng nhẹ lên 7%, tăng thêm.", "officials"))[0]
    first, second = spot(view, 0), spot(view, 1)
    assert [h.entry.id for h in first.left("group")] == ["poor_households"]
    assert [h.entry.id for h in first.right("group")] == ["near_poor_households"]
    assert [h.entry.id for h in second.left("group")] == ["near_poor_households", "poor_households"]
    assert [h.entry.phrase for h in second.right("role")] == ["tăng thêm"]
    assert first.left("group") is first.left("group")
    assert first.left("scope") == first.right("scope") == []


def test_distances_are_counted_in_tokens_between() -> None:
    view = sentence_views(draft("Giảm mạnh tới 5 hộ nghèo đang tăng", "officials"))[0]
    one = spot(view, 0)
    fall, rise = one.left("role")[-1], one.right("role")[-1]
    assert (fall.entry.phrase, rise.entry.phrase) == ("giảm mạnh", "tăng")
    assert one.distance(fall) == one.q.first - fall.last == 1
    assert one.distance(rise) == rise.first - one.q.last == 2
    poor = one.right("group")[0]
    assert poor.first < one.q.last
    assert one.distance(poor) == 0


def test_what_stands_between_is_capped(view: SentenceView) -> None:
    one = spot(view, 0)
    assert one.gap(view.first, view.last) == (3, 1, 3)
    assert one.gap(one.q.last, view.quantities[1].first) == (0, 0, 0)
    assert one.gap(one.q.first, view.quantities[1].first) == (0, 0, 1)
    assert one.gap(5, 5) == one.gap(6, 5) == (0, 0, 0)
    many = sentence_views(draft("Có 5 hộ; a; b; c; d.", "officials"))[0]
    assert spot(many, 0).gap(many.first, many.last) == (0, 2, 1)


def test_a_word_outside_the_sentence_is_a_line_end(view: SentenceView) -> None:
    one = spot(view, 0)
    assert [one.word(view.first), one.word(view.last - 1), one.word(view.last), one.word(view.first - 1)] == ["huyện", ".", "\n", "\n"]


@pytest.mark.parametrize(("distance", "name"), [
    (-2, "0"), (0, "0"), (1, "1"), (2, "3"), (3, "3"), (4, "7"), (7, "7"), (8, "15"), (15, "15"), (16, "30"), (30, "30"), (31, "far")])
def test_distances_fall_into_a_few_classes(distance: int, name: str) -> None:
    assert near(distance) == name
