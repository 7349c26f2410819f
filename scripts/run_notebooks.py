"""Run the notebooks and keep their outputs, free of times, paths and numbers of runs, so that they can be committed.

``python scripts/run_notebooks.py`` runs ``notebooks/*.ipynb`` in place.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"


def read(path: Path) -> nbformat.NotebookNode:
    """The notebook at `path` as it stands."""
    notebook: nbformat.NotebookNode = nbformat.read(path, as_version=4)
    return notebook


def run(path: Path) -> nbformat.NotebookNode:
    """The notebook at `path`, run from its first cell to its last; raises at the first cell that fails."""
    notebook = read(path)
    # The kernel reads this checkout, installed or not.
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), before]))
    try:
        NotebookClient(notebook, timeout=120, kernel_name="python3",
                       resources={"metadata": {"path": str(path.parent)}}).execute()
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
    return cleaned(notebook)


def cleaned(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """`notebook` without what differs from run to run or from machine to machine."""
    notebook.metadata = nbformat.NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"})
    number = 0
    for cell in notebook.cells:
        cell.metadata = nbformat.NotebookNode()
        if cell.cell_type == "code":
            number += 1
            cell.execution_count = number
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = number
    return notebook


if __name__ == "__main__":
    for file in sorted(NOTEBOOKS.glob("*.ipynb")):
        nbformat.write(run(file), file)
        print(file.relative_to(ROOT), file=sys.stderr)
