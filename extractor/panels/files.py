"""A panel written to files: CSV or Parquet with its tables side by side, or one HTML page with all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.errors import ExtractorError
from extractor.panels.cells import Panel
from extractor.panels.tables import TABLES, to_frame
from extractor.reading.extras import needed

if TYPE_CHECKING:
    import pandas as pd

FORMATS = (".csv", ".parquet", ".html")


def paths_of(path: Path) -> dict[str, Path]:
    """Where the tables go: the panel to `path`, the others beside it ("panel-targets.csv")."""
    if path.suffix not in FORMATS:
        raise ExtractorError(f"{path}: expected a name that ends in {', '.join(FORMATS)}")
    if path.suffix == ".html":
        return {"panel": path}
    return {table: path if table == "panel" else path.with_name(f"{path.stem}-{table}{path.suffix}") for table in TABLES}


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` as spreadsheets read it right: 1448200000000000, not 1448200000000000.0, and no text as a formula."""
    from extractor.writing.encode import no_formula

    def shown(column: pd.Series) -> pd.Series:
        words = column.map(_digits if column.dtype == "Float64" else no_formula, na_action="ignore")
        return words.astype("string")

    return frame.assign(**{str(name): shown(frame[name]) for name in frame.select_dtypes(["Float64", "string"]).columns})


def _digits(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(float(value))


def write_panel(panel: Panel, path: Path, *, language: str = "vi", title: str | None = None,
                provinces: str = "then") -> list[Path]:
    """Write `panel` in the format that the ending of `path` names and return the files written.

    Raises `ExtractorError` for another ending, a file that cannot be written, and Parquet without pyarrow.
    """
    paths = paths_of(path)
    try:
        if path.suffix == ".html":
            from extractor.panels.page import page

            # half of a surrogate pair, which JSON may hold, has no bytes in UTF-8
            path.write_bytes(page(panel, language=language, title=title, provinces=provinces).encode("utf-8", "replace"))
            return [path]
        for table, file in paths.items():
            frame = to_frame(panel, table, language)
            if path.suffix == ".csv":
                # the mark at the beginning tells spreadsheets that it is UTF-8
                _plain(frame).to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n", errors="replace")
            else:
                with needed("tables", "pyarrow", "Parquet"):
                    frame.to_parquet(file, index=False, engine="pyarrow")
    except OSError as error:
        raise ExtractorError(f"{error.filename or path}: cannot be written: {error.strerror or error}") from None
    return list(paths.values())
