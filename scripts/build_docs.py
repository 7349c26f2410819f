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

from extractor.frames import COLUMNS
from extractor.patterns import load_patterns
from extractor.records import SCHEMA_VERSION, Extraction
from extractor.rules.load import Rule
from extractor.schema import FieldInfo, record_classes, record_fields

DOCS = Path(__file__).resolve().parent.parent / "docs"
_SHOWN = 4  # phrases of each indicator
_NAMES: Mapping[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


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
                  "| --- | --- | --- |", *(_row(info) for info in record_fields(record))]
    lines += ["", "## Tables", "",
              "`Extraction.to_dataframe(table)` and `extractor.to_dataframe(extractions, table)` give these as pandas "
              "data frames.", "Lists of words are joined by \"; \".", "", "| table | columns |", "| --- | --- |"]
    lines += [f"| `{table}` | {', '.join(f'`{c.name}`' for c in columns)} |" for table, columns in COLUMNS.items()]
    return "\n".join(lines) + "\n"


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
