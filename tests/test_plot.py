"""Pictures of a panel: what is on them, and that they are the same every time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text as Words
from panel_documents import article, change, households, said, target

import extractor
from extractor import plot
from extractor.errors import ExtractorError
from extractor.patterns import load_patterns
from extractor.places.units import units
from extractor.plot.maps import breaks
from extractor.plot.shapes import LISTS, islands, provinces
from extractor.plot.style import EMPTY

RATES = {"Cao Bằng": 21.45, "Lạng Sơn": 6.02, "Hà Giang": 20.3, "Đà Nẵng": 0.5, "Khánh Hòa": 1.9, "Cà Mau": 2.4}
DOCUMENTS = [article(f"d{i}", said(rate, place)) for i, (place, rate) in enumerate(RATES.items())]


def words_on(figure: Figure) -> list[str]:
    """All words of a picture, in the order in which they were drawn."""
    return [found.get_text() for found in figure.findobj(Words) if isinstance(found, Words) and found.get_text()]


# --- the shapes ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("which", LISTS)
def test_the_map_has_every_province_of_its_list(which: str) -> None:
    table = load_patterns().part(units)
    listed = {(p.code, p.name) for p in table.provinces if p.time == which}
    drawn = {(s.code, s.name) for s in provinces(which).values()}
    assert len(drawn) == int(which)
    assert drawn <= listed


@pytest.mark.parametrize(("place", "point"), [
    ("Hà Nội", (105.85, 21.03)), ("Hồ Chí Minh", (106.66, 10.78)), ("Kiên Giang", (103.98, 10.2)), ("Đà Nẵng", (108.1, 16.07)),
    ("Bà Rịa - Vũng Tàu", (106.61, 8.7)), ("Hải Phòng", (107.0, 20.8)), ("Thanh Hóa", (105.93, 19.37)), ("Hưng Yên", (106.05, 20.75)), ("Bắc Kạn", (105.83, 22.15))])
def test_places_lie_in_their_provinces(place: str, point: tuple[float, float]) -> None:
    holders = [s.name for s in provinces("63").values() if s.path.contains_point(point)]
    assert holders == [place]


def test_the_34_cover_what_their_parts_covered() -> None:
    table = load_patterns().part(units)
    for old in provinces("63").values():
        now = table.now(old.name)
        assert now is not None
        assert provinces("34")[now.code].path.contains_point(old.inside), old.name


def test_both_archipelagos_are_on_the_map_with_their_provinces() -> None:
    assert {name: province for name, (province, _) in islands().items()} == {"hoang_sa": "Đà Nẵng", "truong_sa": "Khánh Hòa"}
    assert all(110.9 < x < 113 and 15.5 < y < 17.3 for x, y in islands()["hoang_sa"][1])
    assert all(111 < x < 117 and 6.5 < y < 12 for x, y in islands()["truong_sa"][1])


# --- maps ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "expected"), [
    ("vi", ["Tỷ lệ hộ nghèo", "Quần đảo Hoàng Sa", "(Đà Nẵng)", "Quần đảo Trường Sa", "(Khánh Hòa)", "BIỂN ĐÔNG", "21,45",
            "Không có số liệu", "Từ cao xuống thấp"]),
    ("en", ["Poverty rate", "Hoàng Sa archipelago", "Trường Sa archipelago", "EAST SEA", "21.45", "No data"])])
def test_a_map_names_what_it_shows(language: str, expected: list[str]) -> None:
    found = words_on(plot.province_map(extractor.panel(DOCUMENTS), "poverty_rate", language=language))
    assert set(expected) <= set(found)
    assert any("63" in words and "2023" in words for words in found)


def test_the_archipelagos_have_the_colour_of_their_provinces() -> None:
    figure = plot.province_map(extractor.panel(DOCUMENTS), "poverty_rate")
    dots: list[Any] = [c for c in figure.findobj(PathCollection) if len(np.asarray(c.get_offsets())) > 1]
    land = {to_hex(patch.get_facecolor()) for patch in figure.axes[0].patches}
    assert len(dots) == 2
    assert {to_hex(d.get_facecolor()[0]) for d in dots} <= land - {EMPTY}


def test_former_provinces_keep_their_borders_on_the_map_of_today() -> None:
    figure = plot.province_map(extractor.panel(DOCUMENTS, provinces="now"), "poverty_rate", language="en")
    found = words_on(figure)
    assert "Hà Giang (former)" in found
    assert "Cao Bằng" in found
    assert any("34 provinces" in words for words in found)


def test_figures_that_articles_dispute_are_marked() -> None:
    found = words_on(plot.province_map(extractor.panel([*DOCUMENTS, article("x", said(29, "Cao Bằng"))]), "poverty_rate"))
    assert "21,45*" in found


@pytest.mark.parametrize(("period", "expected"), [(None, "2023"), ("2022", "2022")])
def test_the_period_is_the_one_asked_for_or_the_commonest(period: str | None, expected: str) -> None:
    panel = extractor.panel([*DOCUMENTS, article("x", said(9, "Sơn La", period="2022"))])
    assert any(words.startswith(expected) for words in words_on(plot.province_map(panel, "poverty_rate", period=period)))


@pytest.mark.parametrize(("values", "classes", "limits"), [
    ([1.0], 5, []), ([1.0, 1.0], 5, []), ([1.0, 9.0], 5, [5.0]), ([2.1, 3.4, 8.2, 9.9, 24.7, 31.0], 3, [5.0, 20.0]),
    ([0.01, 0.02], 2, [0.02]), ([1e12, 5e12], 2, [5e12])])
def test_classes_are_round(values: list[float], classes: int, limits: list[float]) -> None:
    assert breaks(values, classes) == limits


# --- series, targets -------------------------------------------------------------------------------------------------------
SERIES = [article("s", said(28.94, period="2022"), said(24.71), target(20, period="2025"), said(9, "Lạng Sơn", period="2022"),
                  said(6.02, "Lạng Sơn", status="estimate")), article("t", said(26.61))]


def test_a_series_shows_outcomes_targets_estimates_and_spread() -> None:
    found = words_on(plot.time_series(extractor.panel(SERIES), "poverty_rate"))
    assert {"Tỷ lệ hộ nghèo", "Cao Bằng", "Lạng Sơn", "Kết quả", "Mục tiêu", "Ước tính", "Khoảng các bài nêu"} <= set(found)


def test_a_series_names_only_what_is_on_it() -> None:
    found = words_on(plot.time_series(extractor.panel(SERIES), "poverty_rate", places=["Lạng Sơn"], language="en"))
    assert "Lạng Sơn" in found
    assert "Cao Bằng" not in found


def test_targets_stand_beside_outcomes() -> None:
    documents = [article("a", target(4, role="change", direction="down", comparator="ge"), change(4.23),
                         households(900, "Lạng Sơn", status="target"), households(1000, "Lạng Sơn"))]
    found = words_on(plot.target_outcome(extractor.panel(documents, table="targets", language="en"), language="en"))
    assert {"Outcome: down 4.23 points", "Target: down ≥ 4 points", "met", "missed", "Poor households"} <= set(found)


# --- all of them -----------------------------------------------------------------------------------------------------------
def pictures() -> dict[str, Figure]:
    return {"map": plot.province_map(extractor.panel(DOCUMENTS), "poverty_rate"),
            "series": plot.time_series(extractor.panel(SERIES), "poverty_rate"),
            "targets": plot.target_outcome(extractor.panel([article("a", target(4), said(3))], table="targets"))}


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_pictures_are_the_same_bytes_every_time(tmp_path: Path, ending: str) -> None:
    for name, figure in pictures().items():
        first, second = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
        plot.save(figure, first)
        plot.save(pictures()[name], second)
        assert first.read_bytes() == second.read_bytes()
        assert first.stat().st_size > 5000


def test_pictures_show_themselves_in_a_notebook() -> None:
    assert all(figure._repr_png_().startswith(b"\x89PNG") for figure in pictures().values())  # type: ignore[attr-defined]


@pytest.mark.parametrize(("make", "words"), [
    (lambda: plot.province_map(extractor.panel(DOCUMENTS), "inflation"), "no rows of 'inflation'"),
    (lambda: plot.province_map(extractor.panel(DOCUMENTS), "poverty_rate", period="1999"), "no province .* in 1999"),
    (lambda: plot.province_map(extractor.panel(DOCUMENTS), "poverty_rate", provinces="62"), "provinces: expected one of"),
    (lambda: plot.province_map(extractor.panel(DOCUMENTS, table="sources"), "poverty_rate"), "the table that"),
    (lambda: plot.time_series(extractor.panel(DOCUMENTS), "poverty_rate", places=["Huế"]), "in Huế"),
    (lambda: plot.time_series(extractor.panel(DOCUMENTS), "poverty_rate", language="fr"), "language"),
    (lambda: plot.target_outcome(extractor.panel(DOCUMENTS, table="targets")), "no target"),
    (lambda: plot.target_outcome(extractor.panel(DOCUMENTS)), "table="),
    (lambda: plot.save(pictures()["map"], "x.doc"), "x.doc: cannot be written")])
def test_what_cannot_be_drawn_is_said(make: Any, words: str) -> None:
    with pytest.raises(ExtractorError, match=words):
        make()


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ExtractorError, match=r"pip install 'extractor\[plot\]'"):
        plot.time_series(extractor.panel(SERIES), "poverty_rate")
