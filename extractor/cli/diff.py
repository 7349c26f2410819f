"""Compare two outputs: which records appeared, vanished or changed, field by field, with their context.

OLD and NEW are JSON Lines (or single documents) that the extractor wrote. Ids, versions and the checksum of the patterns
are not compared, and evidence, rules and confidence only with --all. The text is read from the paths in the documents,
or below --texts, for the context.
Exit status: 0 nothing differs, 1 something does, 2 a file cannot be read or has lines that are no documents.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import ExtractorError

if TYPE_CHECKING:
    from extractor.comparison.outputs import Output
    from extractor.comparison.records import Change

_WIDTH = 60  # of a value in a line


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("old", type=Path, metavar="OLD", help="the output before")
    parser.add_argument("new", type=Path, metavar="NEW", help="the output after")
    parser.add_argument("--all", action="store_true", help="compare evidence, rules and confidence too")
    parser.add_argument("--summary", action="store_true", help="print the counts only")
    parser.add_argument("--json", action="store_true", help="print one JSON object per change instead of text")
    parser.add_argument("--texts", type=Path, metavar="DIR", help="where the articles stand (ID.txt), for the context")


def run(options: argparse.Namespace) -> int:
    """Print the changes in the order of the old output, then the counts."""
    from extractor.cli.main import report
    from extractor.comparison.outputs import Output

    old, new = Output(options.old), Output(options.new)
    mistakes = [*old.mistakes, *new.mistakes]
    for mistake in mistakes:
        report(mistake)
    records: Counter[tuple[str, str]] = Counter()
    fields: Counter[tuple[str, str]] = Counter()
    for change in _changes(old, new, options.all):
        records[change.list, change.what] += 1
        fields.update((change.list, name) for name, _, _ in change.fields)
        if not options.summary:
            text = _text(old, new, change, options.texts)
            print(json.dumps(_as_dict(change, text), ensure_ascii=False) if options.json else _line(change, text))
    if not options.json:
        print(_counts(records, fields))
    return 2 if mistakes else 1 if records else 0


def _changes(old: Output, new: Output, how: bool) -> Iterator[Change]:
    from extractor.comparison.records import Change, changes

    for key in old:
        if key in new:
            yield from changes(key, old[key], new[key], how)
        else:
            yield Change(key, "articles", "vanished", key, None, None)
    for key in new:
        if key not in old:
            yield Change(key, "articles", "appeared", key, None, None)


def _text(old: Output, new: Output, change: Change, folder: Path | None) -> str | None:
    """The words around a record, if the very text that it was read from is there."""
    import hashlib

    from extractor.article.decode import read_text
    from extractor.evaluation.metrics import context

    if change.start is None or change.end is None:
        return None
    head = (old if change.what == "vanished" else new)[change.document]["document"]
    path = folder / f"{head.get('id')}.txt" if folder is not None else Path(head.get("path") or "")
    try:
        text = read_text(path)
    except ExtractorError:
        return None
    same = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == head.get("sha256")
    return context(text, change.start, change.end) if same else None


def _line(change: Change, text: str | None) -> str:
    where = "" if change.start is None else f" {change.start}-{change.end}"
    lines = [f"{change.document}{where} {change.list} {change.what}: {_short(change.words)}"]
    lines += [f"    {name}: {_short(a)} → {_short(b)}" for name, a, b in change.fields]
    return "\n".join([*lines, f"    {text}"] if text is not None else lines)


def _short(value: Any) -> str:
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    words = " ".join(words.split())
    return words if len(words) <= _WIDTH else words[:_WIDTH - 1] + "…"


def _as_dict(change: Change, text: str | None) -> dict[str, Any]:
    return {"document": change.document, "list": change.list, "what": change.what, "text": change.words, "start": change.start,
            "end": change.end, "fields": {name: [a, b] for name, a, b in change.fields}, "context": text}


def _counts(records: Counter[tuple[str, str]], fields: Counter[tuple[str, str]]) -> str:
    """How many records of each list, and in which fields."""
    if not records:
        return "no differences"
    lines = [f"{'list':14} {'appeared':>9} {'vanished':>9} {'changed':>9}  fields that changed"]
    for name in dict.fromkeys(name for name, _ in sorted(records)):
        numbers = " ".join(f"{records[name, what]:9}" for what in ("appeared", "vanished", "changed"))
        changed = sorted(((n, field) for (of, field), n in fields.items() if of == name), key=lambda row: (-row[0], row[1]))
        lines.append(f"{name:14} {numbers}  {', '.join(f'{field} {n}' for n, field in changed)}".rstrip())
    return "\n".join(lines)
