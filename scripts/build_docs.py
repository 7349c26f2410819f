#!/usr/bin/env python3
"""Write the pages of docs/ that are made from the code: ``python scripts/build_docs.py [--check]``.

``docs/output.md`` describes every field of the documents that come out, ``docs/indicators.md`` every indicator and group.
With ``--check`` nothing is written; the script exits 1 where a page is not what the code says.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

from extractor.frames import Column
from extractor.patterns import load_patterns
from extractor.records import SCHEMA_VERSION, Extraction
from extractor.rules.load import Rule
from extractor.schema import OPTIONAL, FieldInfo, record_classes, record_fields
from extractor.writing.cells import columns
from extractor.writing.outputs import TABLES

DOCS = Path(__file__).resolve().parent.parent / "docs"
_SHOWN = 4  # phrases of each indicator
_NAMES: Mapping[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_TYPES = {"string": "string, string, VARCHAR", "Int64": "Int64, int64, BIGINT", "Float64": "Float64, double, DOUBLE",
          "boolean": "boolean, bool, BOOLEAN", "category": "category, dictionary, ENUM", "date": "string, date32, DATE"}
_WRITTEN = (
    ("`.jsonl`, `.jsonl.gz`", "JSON Lines: the document of one article a line, in the order of the inputs"),
    ("`.json`", "a list of documents; where the input is a file that is one article, its document"),
    ("`.csv`, `.csv.gz`, `.parquet`", "one table: `observations`, or the one that `--table` names"),
    ("`folder/`, `folder.parquet/`", "a folder of tables, one file for each, as CSV or as Parquet"),
    ("`.duckdb`", "a DuckDB database of all tables; columns carry their meaning as comments"))
_ABOUT_FILES = """\
The rows of a table belong to an article by `document`. The same inputs and options give the same bytes on every run and
for any number of workers (a DuckDB file: the same rows in the same order). A name that is there is a finished output:
until then everything is in `OUT.partial/`, from which `--resume` goes on after any interruption; it is safe
on the disk after every 1,000 articles. An output that exists is only replaced with `--overwrite`, and then in one move at the end.
Where no article at all could be read, nothing is written but the list of errors.

What could not be read is in `OUT.errors.jsonl`, an object a line: `source` (the file), `line` (of a file of many articles,
else null) and `error`. It is there only where something could not be read.

`--with-text` carries the text that offsets refer to: as `document.text` of a document, as the column `text` of the table
`articles`.

CSV is made for spreadsheets: UTF-8 with the mark by which they know it, and an apostrophe before a text that they would
take for a formula (one that begins with `=`, `+`, `-`, `@`, a tab or a line end); numbers stay numbers. `--plain-csv`
leaves both out. Programs should read codes of places as text (`dtype=str` in pandas), since they begin with zeros;
Parquet and DuckDB keep all types.""".splitlines()


def _type_name(hint: Any) -> str:
    """A type in words, records as links to their own section."""
    if hint in _NAMES:
        return _NAMES[hint]
    arguments = get_args(hint)
    if get_origin(hint) is list:
        return f"list of {_type_name(arguments[0])}"
    if get_origin(hint) is tuple:
        return f"[{', '.join(_type_name(a) for a in arguments)}]"
    if get_origin(hint) is dict:
        return f"object of {_type_name(arguments[1])}"
    return f"[{hint.__name__}](#{hint.__name__.lower()})"


def _row(info: FieldInfo) -> str:
    kind = _type_name(info.type) + (" or null" if info.nullable else "")
    words = f" ({', '.join(f'`{c}`' for c in info.doc.choices)})" if info.doc.choices else ""
    return f"| `{info.name}` | {kind} | {info.doc.text}{words} |"


def output_page() -> str:
    """The page that describes the documents and the tables, as Markdown."""
    lines = [
        "# What comes out",
        "",
        "<!-- Written by scripts/build_docs.py from extractor/records.py and extractor/frames.py; edit those. -->",
        "",
        f"One JSON document per article, in version {SCHEMA_VERSION} of this format. `python -m extractor schema` "
        "prints the JSON Schema.",
        "A field that the article does not give is null. All offsets count code points of the text as given, and",
        "`text[start:end]` is the words themselves.",
    ]
    for record in record_classes():
        name = "The document" if record is Extraction else record.__name__
        lines += ["", f"## {name}", "", (record.__doc__ or "").strip(), "", "| field | type | meaning |",
                  "| --- | --- | --- |", *(_row(info) for info in record_fields(record)),
                  *(f"| `{field}` | string | {meaning} |" for field, meaning in OPTIONAL.get(record, {}).items())]
    return "\n".join([*lines, *_files(), *_tables()]) + "\n"


def _files() -> list[str]:
    """The section on what ``-o`` writes."""
    return ["", "## Files", "", "The ending of the name after `-o` says what is written (`--output-format` says it "
            "apart from the name):", "", "| name | what it holds |", "| --- | --- |",
            *(f"| {name} | {what} |" for name, what in _WRITTEN), "", *_ABOUT_FILES]


def _tables() -> list[str]:
    """The section on the tables, column by column."""
    lines = ["", "## Tables", "",
             "`Extraction.to_dataframe(table)` and `extractor.to_dataframe(extractions, table)` give these as pandas "
             "data frames, `-o` as files;", "the columns and their order are the same everywhere. Types are those of "
             "pandas, of Parquet and of DuckDB; in CSV everything", "is text, what is missing is empty."]
    for table in TABLES:
        lines += ["", f"### {table}", "", "| column | types | meaning |", "| --- | --- | --- |",
                  *(_column(c) for c in columns(table, with_text=True))]
    return lines


def _column(column: Column) -> str:
    words = f" ({', '.join(f'`{c}`' for c in column.choices)})" if column.choices else ""
    return f"| `{column.name}` | {_TYPES[column.dtype]} | {column.doc}{words} |"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _indicator_rows(rules: list[Rule]) -> Iterator[str]:
    """One row per id: its tables may be several, each for other kinds of number."""
    by_id: dict[str, list[Rule]] = {}
    for rule in rules:
        by_id.setdefault(rule.get("id"), []).append(rule)
    for name, tables in by_id.items():
        names = next((r.get("name_en") for r in tables if r.get("name_en")), ""), next(
            (r.get("name_vi") for r in tables if r.get("name_vi")), "")
        kinds = sorted({k for r in tables for k in r.get("kinds", ())}) if all(r.get("kinds") for r in tables) else ["all"]
        phrases = [p for r in tables for p in r.get("phrases")]
        shown = ", ".join(f"“{p}”" for p in phrases[:_SHOWN]) + (f" and {len(phrases) - _SHOWN} more" if len(phrases) > _SHOWN else "")
        example = next((e for r in tables for e in r.get("examples", ())), "")
        yield (f"| `{name}` | {names[0]} | {names[1]} | {', '.join(kinds)} | {_cell(shown)} | "
               f"{_cell(example.replace('[[', '**').replace(']]', '**'))} |")


def indicators_page() -> str:
    """The page that lists every indicator and group of the pattern files, as Markdown."""
    rules = load_patterns().rules
    lines = [
        "# Indicators and groups", "",
        "<!-- Written by scripts/build_docs.py from patterns/indicators.toml and patterns/groups.toml; edit those. -->", "",
        "What a number may measure (`indicator`; `other` where it is none of these), and to whom it may be restricted",
        "(`groups`). In a phrase `(x)` may be left out and `[a\\|b]` is one of several. How to add your own:",
        "[own-indicators.md](own-indicators.md).", ""]
    for heading, table in (("Indicators", "indicator"), ("Groups", "group")):
        rows = list(_indicator_rows(rules[table]))
        kinds = "kinds of number" if table == "indicator" else "kinds"
        lines += [f"## {heading}", "", f"{len(rows)} of them.", "",
                  f"| id | English | Vietnamese | {kinds} | phrases | an example |", "| --- | --- | --- | --- | --- | --- |",
                  *rows, ""]
    return "\n".join(lines)


PAGES: Mapping[str, Callable[[], str]] = {"output.md": output_page, "indicators.md": indicators_page}


def main(arguments: list[str] | None = None) -> int:
    """Write the pages, or with ``--check`` compare them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page is out of date")
    check = parser.parse_args(arguments).check
    stale = 0
    for name, build in PAGES.items():
        path, page = DOCS / name, build()
        if path.exists() and path.read_text(encoding="utf-8") == page:
            continue
        stale += 1
        if check:
            print(f"docs/{name} is out of date: run python scripts/build_docs.py", file=sys.stderr)
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(page, encoding="utf-8")
            print(f"wrote docs/{name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
