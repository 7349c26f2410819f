"""The notebooks run from top to bottom, and what is committed of their outputs is what a run gives, in kind."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_notebooks", ROOT / "scripts" / "run_notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kinds(notebook: nbformat.NotebookNode) -> list[list[tuple[str, ...]]]:
    """What each code cell puts out: kind and formats."""
    return [[(output.output_type, *sorted(output.get("data", {}))) for output in cell.outputs]
            for cell in notebook.cells if cell.cell_type == "code"]


def printed(notebook: nbformat.NotebookNode) -> str:
    """All that the outputs of a notebook hold, as text."""

    def text(value: Any) -> str:
        if isinstance(value, dict):
            return "\n".join(text(v) for v in value.values())
        return "\n".join(map(text, value)) if isinstance(value, list) else str(value)

    return "\n".join(text(cell.outputs) for cell in notebook.cells if cell.cell_type == "code")


def test_the_notebooks_are_there() -> None:
    assert [path.name for path in NOTEBOOKS] == ["own_indicators.ipynb", "panel.ipynb", "quickstart.ipynb", "spacy_pipeline.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path) -> None:
    committed = script().read(path)
    done = script().run(path)
    assert [cell.source for cell in done.cells] == [cell.source for cell in committed.cells]
    assert not any(output.output_type == "error" or output.get("name") == "stderr"
                   for cell in done.cells if cell.cell_type == "code" for output in cell.outputs)
    assert kinds(done) == kinds(committed)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_committed_was_run_and_names_no_machine(path: Path) -> None:
    notebook = script().read(path)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert all(cell.outputs for cell in code)
    assert not re.search(r"(?<![\w/<])/(?:home|root|work|tmp|usr|Users|opt)/|[A-Z]:\\", printed(notebook))
    assert notebook.metadata.language_info == {"name": "python"}


def test_the_quickstart_shows_what_it_promises() -> None:
    shown = printed(script().read(ROOT / "notebooks" / "quickstart.ipynb"))
    for words in ("poverty_rate", "Nông Văn Thắng", "Phó Chủ tịch", "phấn đấu", "<mark class=\"entity\"", "<table"):
        assert words in shown


def test_the_panel_shows_what_it_promises() -> None:
    notebook = script().read(ROOT / "notebooks" / "panel.ipynb")
    for words in ("Poverty rate, Bắc Giang: Target 2023: 2.2%; outcome: 2.4% (missed)", "multidimensional_poverty_rate", "<table"):
        assert words in printed(notebook)
    pictures = [output for cell in notebook.cells for output in cell.get("outputs", ()) if "image/png" in output.get("data", {})]
    assert len(pictures) == 3
