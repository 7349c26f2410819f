"""``--dedup`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.cli.main import main

pytest.importorskip("rensa", reason="extra 'dedup'")

TEXT = "Năm 2023, toàn tỉnh giảm được 2.150 hộ nghèo, đạt 107% kế hoạch đề ra từ đầu năm theo báo cáo của Sở."


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    articles = [{"id": "b", "text": TEXT, "date": "2024-01-02"}, {"id": "c", "text": "Giảm 5 hộ nghèo."}, {"id": "broken"},
                {"id": "a", "text": TEXT + " Lò Mai", "date": "2024-01-01"}]
    path = tmp_path / "dump.jsonl"
    path.write_text("".join(json.dumps(a) + "\n" for a in articles), encoding="utf-8")
    return path


@pytest.mark.parametrize("workers", ["1", "2"])
def test_each_document_names_its_cluster(dump: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str],
                                         workers: str) -> None:
    out = tmp_path / "out.jsonl"
    assert main([str(dump), "-o", str(out), "--dedup", "--workers", workers]) == 1
    found = [json.loads(line)["document"] for line in out.read_text("utf-8").splitlines()]
    assert [(d["id"], d["cluster_first"]) for d in found] == [("b", "a"), ("c", "c"), ("a", "a")]
    assert found[0]["cluster"] == found[2]["cluster"] != found[1]["cluster"]
    assert "near-duplicates: 1 of 3 articles are copies of an earlier one, in 1 clusters" in capfd.readouterr().err


def test_without_the_option_nothing_is_said_of_clusters(dump: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([str(dump)]) == 1
    captured = capfd.readouterr()
    assert {json.loads(line)["document"]["cluster"] for line in captured.out.splitlines()} == {None}
    assert "near-duplicates" not in captured.err


def test_standard_input_cannot_be_read_twice(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["-", "--dedup"]) == 2
    assert "--dedup: reads its inputs twice" in capfd.readouterr().err
