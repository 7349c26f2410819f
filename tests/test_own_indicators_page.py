"""``docs/own-indicators.md``: its files are written, its commands and its Python are run, and print what it says."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from extractor.cli.main import main

PAGE = Path(__file__).resolve().parent.parent / "docs" / "own-indicators.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of somebody who follows the page, after its first step."""
    (tmp_path / "my_patterns").mkdir()
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Toàn tỉnh có 87 di tích quốc gia.\n", encoding="utf-8")
    (tmp_path / "my_patterns" / "heritage.toml").write_text(blocks("toml")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blocks(language: str) -> list[str]:
    return [block for name, block in BLOCKS if name == language]


def commands() -> list[list[str]]:
    return [line.removeprefix("python -m extractor ").split() for block in blocks("bash") for line in block.splitlines()]


@pytest.mark.usefixtures("user")
def test_the_check_prints_what_the_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(commands()[0]) == 0
    assert capsys.readouterr().out == blocks("text")[0]


def test_the_command_line_reads_with_the_folder(user: Path) -> None:
    assert main(commands()[1]) == 0
    assert '"indicator": "heritage_sites"' in (user / "out.jsonl").read_text(encoding="utf-8")


@pytest.mark.usefixtures("user")
def test_the_python_of_the_page() -> None:
    runner = doctest.DocTestRunner()
    test = doctest.DocTestParser().get_doctest("\n".join(blocks("python")), {}, PAGE.name, str(PAGE), 0)
    assert len(test.examples) == 5
    assert runner.run(test).failed == 0


@pytest.mark.parametrize("block", blocks("toml"))
def test_every_file_of_the_page_passes_its_examples(block: str, user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (user / "my_patterns" / "heritage.toml").write_text(block, encoding="utf-8")
    assert main(["patterns", "check", "my_patterns"]) == 0
    assert ", 0 failed; " in capsys.readouterr().out
