"""Where the data that travels with the code stands: in the wheel beside it, in a checkout at the top level."""

from __future__ import annotations

from pathlib import Path

from extractor.errors import ExtractorError


def data_folder(name: str) -> Path:
    """The folder ``patterns`` or ``corpus``, installed or in a checkout (an editable install reads the checkout)."""
    here = Path(__file__).resolve().parent
    for folder in (here / "_data" / name, here.parent / name):
        if folder.is_dir():
            return folder
    raise ExtractorError(f"the data folder {name!r} is not there: neither in the package nor beside it")
