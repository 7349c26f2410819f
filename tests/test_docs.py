"""Pages that are made from the code, and what the README promises."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest

from extractor.cli.main import COMMANDS, build_parser

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


def test_the_vietnamese_readme_opens_with_the_same_commands() -> None:
    def opening(name: str) -> list[str]:
        return re.findall(r"^```\w*\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)[:2]

    assert opening("README.vi.md") == opening("README.md")


PAGES = ["README.md", "README.vi.md", "ARCHITECTURE.md", *sorted(f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("name", PAGES)
def test_the_commands_of_the_pages_are_there_with_their_options(name: str) -> None:
    lines = re.findall(r"^(?:python -m )?extractor (.*?)(?: +#.*)?$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert lines or not name.startswith("README")
    for line in lines:
        words = shlex.split(re.split(r" [<>|&] ?| \\\n", line)[0])
        command = words.pop(0) if words[0] in COMMANDS else None
        build_parser(command).parse_args(words)  # a mistake ends the program


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    source = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    assert source
    text = (ROOT / "corpus" / "a01.txt").read_text(encoding="utf-8")
    for block in source:
        exec(block.replace("folder/", str(ROOT / "corpus")), {"text": text})
    assert "poverty_rate" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["README.md", "README.vi.md", "pyproject.toml", "corpus/DATASHEET.md", ".ci/run"])
def test_no_path_of_a_machine_stands_in_the_files_of_the_project(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"(?:^|[\s\"'`=(])/(?:home|root|work|Users|opt)/", text) == []
