"""How many records of each kind come out of corpus/: no rule moves them unseen."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

import extractor
from extractor.evaluation.counts import counts, moved
from extractor.evaluation.gate import corpus_digest
from extractor.records import Extraction

ROOT = Path(__file__).resolve().parent.parent
PINNED = ROOT / "tests" / "counts.json"
PIN = runpy.run_path(str(ROOT / "scripts" / "pin_counts.py"))["main"]
RENEW = "run python scripts/pin_counts.py --reason WHY (and python -m extractor diff OLD NEW to see the records)"


def test_the_counts_are_those_that_were_pinned(corpus: dict[str, tuple[str, Extraction]]) -> None:
    pinned = json.loads(PINNED.read_text(encoding="utf-8"))
    lines = moved(pinned["counts"], counts(extraction for _, extraction in corpus.values()))
    assert not lines, "\n".join([*lines, RENEW])
    assert pinned["corpus"] == corpus_digest(ROOT / "corpus"), f"the corpus has changed: {RENEW}"
    assert all(entry["reason"].strip() for entry in pinned["reasons"])


def test_what_is_counted() -> None:
    text = "Năm 2024, tỉnh Cao Bằng phấn đấu giảm tỷ lệ hộ nghèo từ 4% trở lên; có 5 trường."
    found = counts([extractor.extract(text)])
    percent = found["percentages"]
    assert {k: percent[k] for k in ("all", "status=target", "comparator=ge", "indicator=poverty_rate", "high", "period")} == {
        "all": 1, "status=target": 1, "comparator=ge": 1, "indicator=poverty_rate": 1, "high": 0, "period": 1}
    assert found["articles"]["all"] == 1
    assert moved(found, found) == []
    assert "percentages status=target: 1 → 0" in moved(
        found, counts([extractor.extract("Năm 2024, tỉnh Cao Bằng đã giảm được 4% tỷ lệ hộ nghèo.")]))


def test_counts_are_renewed_only_with_a_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("Còn 5% hộ nghèo.", encoding="utf-8")
    arguments = ["--corpus", str(tmp_path / "corpus"), "--counts", str(tmp_path / "counts.json")]
    assert PIN(arguments) == 1
    assert not (tmp_path / "counts.json").exists()
    assert PIN([*arguments, "--reason", "first"]) == 0
    assert PIN(arguments) == 0
    assert capsys.readouterr().out.endswith("no count moved\n")
    (tmp_path / "corpus" / "a.txt").write_text("Còn 5 hộ nghèo.", encoding="utf-8")
    assert PIN([*arguments, "--reason", "second"]) == 0
    assert "household_counts all: 0 → 1" in capsys.readouterr().out
    assert [r["reason"] for r in json.loads((tmp_path / "counts.json").read_text(encoding="utf-8"))["reasons"]] == ["first", "second"]
