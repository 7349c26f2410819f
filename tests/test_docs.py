"""Pages that are made from the code, and what the README promises."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUILD = runpy.run_path(str(ROOT / "scripts" / "build_docs.py"))


def test_the_pages_are_what_the_code_says(capsys: pytest.CaptureFixture[str]) -> None:
    status = BUILD["main"](["--check"])
    assert status == 0, capsys.readouterr().err


def test_a_page_that_is_out_of_date_is_named(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(BUILD["main"].__globals__, "DOCS", tmp_path)
    assert BUILD["main"](["--check"]) == 1
    assert "docs/output.md is out of date" in capsys.readouterr().err
    assert BUILD["main"]([]) == 0
    assert BUILD["main"](["--check"]) == 0


def test_the_readme_opens_with_the_two_commands_that_the_ci_runs() -> None:
    blocks = re.findall(r"^```\w*\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    first, second = blocks[:2]
    article = re.search(r"-m extractor (\S+)", first)
    assert article is not None
    assert (ROOT / article[1]).is_file()
    assert first.startswith("python3 -m venv ")
    assert second.startswith("python3 -m venv ")
    assert "-m pytest" in second


@pytest.mark.parametrize("name", ["README.md", "pyproject.toml", "corpus/DATASHEET.md", ".ci/run"])
def test_no_path_of_a_machine_stands_in_the_files_of_the_project(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"(?:^|[\s\"'`=(])/(?:home|root|work|Users|opt)/", text) == []
