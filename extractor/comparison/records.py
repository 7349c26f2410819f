"""What changed between two documents of one article, record by record and field by field."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from extractor.comparison.outputs import LISTS, Document, observations

#: How a record was found and how sure it is, in contrast to what it says.
HOW: Final = frozenset({"evidence", "rule", "rules", "confidence"})
_NEVER: Final = frozenset({"id", "path"})  # ids are numbers within a document, paths differ from machine to machine


class Change(NamedTuple):
    """One record that ``appeared``, ``vanished`` or ``changed``; for the latter (field, old value, new value) each."""

    document: str
    list: str
    what: str
    words: str
    start: int | None
    end: int | None
    fields: tuple[tuple[str, Any, Any], ...] = ()


def changes(key: str, old: Document, new: Document, how: bool = False) -> Iterator[Change]:
    """All changes of one article; with ``how`` also those of evidence, rules and confidence."""
    same_text = old["document"].get("sha256") == new["document"].get("sha256")
    heads = [{k: v for k, v in d["document"].items() if k not in _NEVER} for d in (old, new)]
    found = _fields(heads[0], heads[1], how)
    if found:
        yield Change(key, "document", "changed", str(heads[1].get("title") or key), None, None, found)
    before, after = _plain(old), _plain(new)
    for name in LISTS:
        yield from _of_list(key, name, before[name], after[name], how, same_text)


def _plain(document: Document) -> dict[str, list[Document]]:
    """The lists of a document, with what ids refer to in the place of the ids."""
    rows = observations(document)
    numbers = {o["id"]: f"{o['text']} at {o['start']}" for o in rows}
    people = {f["id"]: f["name"] for f in document.get("officials", ())}
    lists = {name: list(document.get(name, ())) for name in LISTS}
    lists["observations"] = [{**o, "speaker": people.get(o.get("speaker"), o.get("speaker"))} for o in rows]
    lists["targets"] = [{**t, "observation": numbers.get(t["observation"])} for t in lists["targets"]]
    lists["checks"] = [{**c, "observations": [numbers.get(i) for i in c["observations"]]} for c in lists["checks"]]
    return lists


def _span(record: Document) -> tuple[int, int] | None:
    """Where a record stands: its own span, or that of its first mention."""
    at = record if "start" in record else next(iter(record.get("mentions") or ()), None)
    return (at["start"], at["end"]) if at is not None else None


_IDENTITY: Final[Mapping[str, tuple[Callable[[Document], Hashable], ...]]] = {
    "observations": (_span,), "targets": (_span,), "periods": (_span,),
    "officials": (lambda r: (r["name"], r.get("title"), r.get("organization")), lambda r: (r["name"], r.get("title")),
                  lambda r: r["name"], _span),
    "provinces": (lambda r: r["name"],),
    "places": (lambda r: (r["name"], r["level"], r.get("province"), r.get("district")), lambda r: (r["name"], r["level"]), _span),
    "checks": (lambda r: (r["kind"], tuple(r["observations"])), lambda r: (r["kind"], r["detail"])),
}


def _of_list(key: str, name: str, old: list[Document], new: list[Document], how: bool, same_text: bool) -> Iterator[Change]:
    pairs: list[tuple[Document, Document]] = []
    identities = _IDENTITY[name] if same_text else (lambda r: (r.get("text") or r.get("name") or r.get("detail")),)
    for identity in identities:
        pairs += _pair(old, new, identity)
    if same_text:
        pairs += _overlapping(old, new)
    rows = [(*_place(b), Change(key, name, "changed", _words(b), *_place(b), found)) for a, b in pairs
            if (found := _fields(a, b, how, () if same_text else ("start", "end", "sentence", "mentions")))]
    rows += [(*_place(r), Change(key, name, what, _words(r), *_place(r))) for what, left in (("vanished", old), ("appeared", new))
             for r in left]
    for *_, change in sorted(rows, key=lambda row: (row[0] if row[0] is not None else -1, row[2].what, row[2].words)):
        yield change


def _place(record: Document) -> tuple[int | None, int | None]:
    return _span(record) or (None, None)


def _pair(old: list[Document], new: list[Document], identity: Callable[[Document], Hashable]) -> list[tuple[Document, Document]]:
    """Pairs of records of the same identity, in their order; they are taken out of both lists."""
    waiting: dict[Hashable, list[Document]] = {}
    for record in old:
        waiting.setdefault(identity(record), []).append(record)
    pairs = []
    left = []
    for record in new:
        same = waiting.get(identity(record))
        if same:
            pairs.append((same.pop(0), record))
        else:
            left.append(record)
    new[:] = left
    taken = {id(a) for a, _ in pairs}
    old[:] = [r for r in old if id(r) not in taken]
    return pairs


def _overlapping(old: list[Document], new: list[Document]) -> list[tuple[Document, Document]]:
    """Pairs of records whose spans overlap: the same number, cut otherwise."""
    pairs = []
    for record in list(new):
        span = _span(record) if "start" in record else None
        other = next((r for r in old if span is not None and r["start"] < span[1] and r["end"] > span[0]), None)
        if other is not None:
            pairs.append((other, record))
            old.remove(other)
            new.remove(record)
    return pairs


def _words(record: Document) -> str:
    return str(record.get("text") or record.get("name") or record.get("detail") or "")


def _fields(old: Document, new: Document, how: bool, leave_out: Iterable[str] = ()) -> tuple[tuple[str, Any, Any], ...]:
    ignored = {*_NEVER, *leave_out, *(() if how else HOW)}
    names = [*old, *(n for n in new if n not in old)]
    return tuple((n, old.get(n), new.get(n)) for n in names if n not in ignored and old.get(n) != new.get(n))
