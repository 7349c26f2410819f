"""The gate: what was reached on the corpus is never lost unnoticed."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from extractor.errors import ExtractorError
from extractor.evaluation import evaluate
from extractor.evaluation.gate import (
    Floors,
    below,
    corpus_digest,
    measured,
    measures_digest,
    pin,
    read_floors,
    write_floors,
)
from extractor.evaluation.metrics import Accuracy, Scores, Tally

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
#: The articles that the weights were trained on, and those that they have never seen.
GATES = {"corpus": ("corpus", "floors.json"), "unseen": ("corpus/unseen", "floors_unseen.json")}
FLOORS = {name: read_floors(ROOT / "tests" / file) for name, (_, file) in GATES.items()}
HINT = "after a change on purpose: python scripts/pin_floors.py"


@pytest.fixture(scope="module")
def reached() -> dict[str, Scores]:
    """What is reached on each set of articles."""
    return {name: evaluate(ROOT / folder) for name, (folder, _) in GATES.items()}


@pytest.mark.parametrize("gate", GATES)
def test_the_floors_belong_to_these_articles(gate: str) -> None:
    assert FLOORS[gate].corpus == corpus_digest(ROOT / GATES[gate][0]), HINT


@pytest.mark.parametrize("gate", GATES)
def test_the_floors_belong_to_these_measures(gate: str) -> None:
    assert FLOORS[gate].measures == measures_digest(), HINT


@pytest.mark.parametrize("gate", GATES)
def test_every_measure_has_a_floor(gate: str, reached: dict[str, Scores]) -> None:
    assert set(FLOORS[gate].floors) == set(measured(reached[gate])), HINT


@pytest.mark.parametrize(("gate", "name"), [(gate, name) for gate, floors in FLOORS.items() for name in floors.floors])
def test_no_measure_falls_below_its_floor(gate: str, name: str, reached: dict[str, Scores]) -> None:
    assert below(Floors(floors={name: FLOORS[gate].floors[name]}), reached[gate]) == []


# --- the gate itself --------------------------------------------------------------------------------------------------

def scores(right: int) -> Scores:
    return Scores(1, {"quantity": Tally(right, 0, 10 - right)}, {"kind": Accuracy(9, 10)}, [0.5, 1.0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "a.json"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    return tmp_path


def test_floors_are_what_was_reached_cut_after_four_decimals(folder: Path) -> None:
    assert pin(Floors(), scores(5), folder).floors == {
        "quantity F1": 0.6666, "kind accuracy": 0.9, "subject token F1": 0.75}


def test_what_falls_below_is_named(folder: Path) -> None:
    floors = pin(Floors(), scores(6), folder)
    assert below(floors, scores(6)) == []
    assert below(floors, scores(5)) == ["quantity F1: 0.6667, floor 0.7500"]


def test_better_results_raise_the_floors(folder: Path) -> None:
    floors = pin(pin(Floors(), scores(5), folder), scores(6), folder)
    assert floors.floors["quantity F1"] == 0.75
    assert floors.lowered == []


def test_a_floor_is_lowered_only_with_a_reason_which_is_kept(folder: Path) -> None:
    floors = pin(Floors(), scores(6), folder)
    with pytest.raises(ExtractorError, match=r"floors would be lowered: quantity F1 0\.75 → 0\.6666"):
        pin(floors, scores(5), folder)
    lower = pin(floors, scores(5), folder, "the guideline changed")
    assert lower.floors["quantity F1"] == 0.6666
    assert lower.lowered == [{"reason": "the guideline changed", "floors": {"quantity F1": [0.75, 0.6666]}}]
    assert pin(lower, scores(7), folder).lowered == lower.lowered


def test_a_measure_that_is_gone_counts_as_lowered(folder: Path) -> None:
    with pytest.raises(ExtractorError, match="speaker F1"):
        pin(Floors(floors={"speaker F1": 0.0}), scores(5), folder)


@pytest.mark.parametrize("change", ["content", "name", "new file"])
def test_the_checksum_sees_every_change_of_the_corpus(change: str, folder: Path) -> None:
    before = corpus_digest(folder)
    if change == "content":
        (folder / "a.txt").write_text("b", encoding="utf-8")
    elif change == "name":
        (folder / "a.txt").rename(folder / "b.txt")
    else:
        (folder / "b.json").write_text("", encoding="utf-8")
    assert corpus_digest(folder) != before


def test_floors_are_written_and_read(folder: Path) -> None:
    floors = pin(Floors(floors={"quantity F1": 1.0}), scores(5), folder, "tỷ lệ")
    write_floors(floors, folder / "floors.json")
    assert read_floors(folder / "floors.json") == floors
    assert read_floors(folder / "none.json") == Floors()


def test_the_script_refuses_to_lower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                     capsys: pytest.CaptureFixture[str]) -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "pin_floors.py"))
    monkeypatch.setitem(script["main"].__globals__, "evaluate", lambda _: scores(5))
    path = tmp_path / "floors.json"
    arguments = ["--corpus", str(CORPUS), "--floors", str(path)]
    write_floors(Floors(floors={"quantity F1": 0.9}), path)
    assert script["main"](arguments) == 1
    assert read_floors(path).floors == {"quantity F1": 0.9}
    assert "floors would be lowered" in capsys.readouterr().err
    assert script["main"]([*arguments, "--lower", "why not"]) == 0
    assert read_floors(path).lowered[0]["reason"] == "why not"
