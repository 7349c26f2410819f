"""Write the tables of administrative units in ``patterns/places/``.

The names, codes and successors come from the installed package ``vietnamadminunits`` (MIT), read
as files: nothing of it is imported. What the package lacks comes from hand-made tables:
``patterns/places/source/*.tsv`` (ISO codes, dated names, new districts, corrections, changes of
2026), ``patterns/places/aliases.tsv`` and ``patterns/places/historical_districts.tsv``.

Usage::

    python scripts/build_units.py              # write the tables and the numbers in README.md
    python scripts/build_units.py --out DIR    # write them somewhere else

The output depends on nothing but these inputs: same inputs, same bytes.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

PLACES = Path(__file__).resolve().parent.parent / "patterns" / "places"
PACKAGE = "vietnamadminunits"
OLD, NEW = "63", "34"
OLD_FROM, OLD_TO = "2008-08-01", "2025-06-30"
NEW_FROM = "2025-07-01"
STATISTICS = ("<!-- statistics: begin -->\n", "<!-- statistics: end -->\n")

Row = dict[str, str]


class BuildError(Exception):
    """A source table or the package's data is not as this script expects."""


# --- reading -----------------------------------------------------------------------------------


def package_data() -> Path:
    """Return the data folder of the installed package, without importing it."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise BuildError(f"{PACKAGE} is not installed: pip install {PACKAGE}==1.0.4")
    return Path(spec.origin).parent / "data"


def nfc(text: str) -> str:
    """Return composed Unicode."""
    return unicodedata.normalize("NFC", text)


def read_table(path: Path, columns: Sequence[str]) -> list[Row]:
    """Read a tab-separated table and check its columns."""
    lines = path.read_text(encoding="utf-8").split("\n")
    head = lines[0].split("\t")
    if head[: len(columns)] != list(columns):
        raise BuildError(f"{path.name}:1: columns {head}, expected {list(columns)}")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            continue
        fields = line.split("\t")
        if len(fields) != len(head):
            raise BuildError(f"{path.name}:{number}: {len(fields)} fields, expected {len(head)}")
        rows.append(dict(zip(head, fields, strict=True)))
    return rows


def write_table(path: Path, rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> None:
    """Write a tab-separated table with these columns."""
    lines = ["\t".join(columns)]
    lines += ["\t".join(row[column] for column in columns) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


@dataclass(frozen=True)
class Package:
    """The package's rows and its map from old communes to new ones."""

    old: list[dict[str, Any]]
    new: list[dict[str, Any]]
    province_of: dict[str, str]
    successors: dict[str, list[tuple[str, bool]]]


def read_package(folder: Path) -> Package:
    """Read ``dataset.db`` and ``converter_2025.json``."""
    with sqlite3.connect(folder / "dataset.db") as connection:
        connection.row_factory = sqlite3.Row
        old = [dict(row) for row in connection.execute("SELECT * FROM admin_units_legacy")]
        new = [dict(row) for row in connection.execute("SELECT * FROM admin_units")]
    converter = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    code = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in new}
    province_of = {key: new_key for new_key, keys in converter["DICT_PROVINCE"].items() for key in keys}
    successors: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, keys in communes.items():
            for key in keys:
                successors[key].append((code[province, commune], True))
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, options in divided.items():
            for option in options:
                target = code[province, option["newWardKey"]]
                successors[key].append((target, bool(option["isDefaultNewWard"])))
    return Package(old, new, province_of, dict(successors))


def old_key(row: Mapping[str, Any]) -> str:
    """Return the key of an old commune (or of an island district without any) in the converter."""
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


# --- names -------------------------------------------------------------------------------------


def class_words(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> list[str]:
    """Return the class words that these columns hold, longest first."""
    words = {nfc(row[column]) for row in rows for column in columns if row[column]}
    return sorted(words, key=lambda word: (-len(word), word))


def split_name(full: str, words: Sequence[str]) -> tuple[str, str]:
    """Split a full name into name and class word; a name that begins with a digit keeps it."""
    full = " ".join(nfc(full).split())
    for word in words:
        if full.casefold().startswith(word.casefold() + " "):
            name = full[len(word) + 1 :]
            return (f"{word} {name}" if name[0].isdigit() else name), word.lower()
    raise BuildError(f"{full!r} starts with none of {list(words)}")


# --- corrections -------------------------------------------------------------------------------


@dataclass
class Corrections:
    """The rows of ``source/corrections.tsv``; each must be used."""

    rows: list[Row]
    used: set[int]

    @classmethod
    def read(cls, path: Path) -> Corrections:
        """Read the table."""
        return cls(read_table(path, ("table", "code", "field", "was", "now", "reason")), set())

    def apply(self, table: str, row: Row, field: str) -> None:
        """Replace the value of a field where a correction says so."""
        for number, fix in enumerate(self.rows):
            if (fix["table"], fix["code"], fix["field"]) == (table, row["code"], field):
                if row[field] != fix["was"]:
                    raise BuildError(
                        f"corrections.tsv:{number + 2}: {table} {row['code']} {field} is "
                        f"{row[field]!r}, expected {fix['was']!r}"
                    )
                row[field] = fix["now"]
                self.used.add(number)

    def dropped(self, table: str, code: str, field: str, value: str) -> bool:
        """Tell whether a value is to be left out of a list."""
        for number, fix in enumerate(self.rows):
            key = (fix["table"], fix["code"], fix["field"], fix["was"], fix["now"])
            if key == (table, code, field, value, ""):
                self.used.add(number)
                return True
        return False

    def check(self) -> None:
        """Refuse corrections that no longer correct anything."""
        for number, fix in enumerate(self.rows):
            if number not in self.used:
                raise BuildError(f"corrections.tsv:{number + 2}: not needed: {fix}")


# --- the tables --------------------------------------------------------------------------------


def province_rows(package: Package, source: Path) -> list[Row]:
    """Return both lists of provinces, with the dated rows of ``source/periods.tsv``."""
    iso_rows = read_table(source / "iso.tsv", ("code", "name", "iso"))
    periods = read_table(source / "periods.tsv", ("list", "code", "name", "kind", "valid_from"))
    new_name = {row["provinceKey"]: nfc(row["provinceShort"]) for row in package.new}
    new_code = {row["provinceKey"]: row["provinceCode"] for row in package.new}
    iso_of = {(OLD, row["code"]): row["iso"] for row in iso_rows}
    by_name = {row["name"]: row["iso"] for row in iso_rows}
    by_name.update({p["name"]: iso_of[OLD, p["code"]] for p in periods if p["list"] == OLD})

    rows: list[Row] = []
    seen: set[tuple[str, str]] = set()
    for label, units in ((OLD, package.old), (NEW, package.new)):
        for unit in units:
            if (label, unit["provinceCode"]) in seen:
                continue
            seen.add((label, unit["provinceCode"]))
            name = nfc(unit["provinceShort"])
            key = unit["provinceKey"]
            target = package.province_of[key] if label == OLD else key
            base = {
                "list": label,
                "code": unit["provinceCode"],
                "iso": iso_of[OLD, unit["provinceCode"]] if label == OLD else by_name[name],
                "name": name,
                "kind": nfc(unit["province"])[: -len(name)].strip().lower(),
                "valid_from": OLD_FROM if label == OLD else NEW_FROM,
                "valid_to": OLD_TO if label == OLD else "",
                "now": new_name[target],
                "now_code": new_code[target],
            }
            dated = [p for p in periods if (p["list"], p["code"]) == (label, base["code"])]
            keep = ("name", "kind", "valid_from", "valid_to")
            rows += [{**base, **{field: p[field] for field in keep}} for p in dated] or [base]
    return sorted(rows, key=lambda row: (row["list"] == NEW, row["code"], row["valid_from"]))


def old_province_names(provinces: Iterable[Row]) -> dict[str, str]:
    """Return the first name of each code of the 63-list."""
    names: dict[str, str] = {}
    for row in provinces:
        if row["list"] == OLD:
            names.setdefault(row["code"], row["name"])
    return names


def commune_rows(package: Package, corrections: Corrections) -> list[Row]:
    """Return the communes of the time of the 63 provinces, with their successors."""
    words = class_words(package.old, ("wardType",))
    now = {row["wardCode"]: nfc(row["ward"]) for row in package.new}
    parts = Counter(code for targets in package.successors.values() for code, _ in targets)
    for fix in corrections.rows:
        if (fix["table"], fix["field"]) == ("communes", "now_codes"):
            parts[fix["was"]] -= 1
    rows = []
    for unit in package.old:
        if not unit["ward"]:
            continue
        name, kind = split_name(unit["ward"], words)
        code = unit["wardCode"]
        targets = [
            (target, default)
            for target, default in package.successors[old_key(unit)]
            if not corrections.dropped("communes", code, "now_codes", target)
        ]
        targets.sort(key=lambda target: (not target[1], target[0]))
        full = " ".join(nfc(unit["ward"]).split()).casefold()
        only = targets[0][0] if len(targets) == 1 else ""
        stays = bool(only) and parts[only] == 1 and now[only].casefold() == full
        rows.append(
            {
                "code": code,
                "name": name,
                "kind": kind,
                "district_code": unit["districtCode"],
                "province_code": unit["provinceCode"],
                "now_codes": "|".join(target for target, _ in targets),
                "now_valid": "yes" if stays else "no",
                "code_now": now.get(code, ""),
            }
        )
    return sorted(rows, key=lambda row: row["code"])


def new_commune_rows(package: Package, source: Path) -> list[Row]:
    """Return the communes of the two-level time, as of 2025-07-01, with later changes of kind."""
    words = class_words(package.new, ("wardType",))
    columns = ("code", "name", "kind", "valid_from", "resolution")
    later = {row["code"]: row for row in read_table(source / "communes_2026.tsv", columns)}
    rows = []
    for unit in package.new:
        name, kind = split_name(unit["ward"], words)
        change = later.pop(unit["wardCode"], None)
        if change is not None and change["name"] != name:
            raise BuildError(f"communes_2026.tsv: {unit['wardCode']} is {name!r}")
        rows.append(
            {
                "code": unit["wardCode"],
                "name": name,
                "kind": kind,
                "province": nfc(unit["provinceShort"]),
                "province_code": unit["provinceCode"],
                "later": f"{change['kind']} {change['valid_from']}" if change else "",
            }
        )
    if later:
        raise BuildError(f"communes_2026.tsv: unknown codes {sorted(later)}")
    return sorted(rows, key=lambda row: row["code"])


def next_day(value: str) -> str:
    """Return the day after an ISO date; a year or a month alone stays as it is."""
    if len(value) < len("2025-06-30"):
        return value
    return (date.fromisoformat(value) + timedelta(days=1)).isoformat()


def district_rows(
    package: Package,
    places: Path,
    provinces: Sequence[Row],
    communes: Sequence[Row],
    corrections: Corrections,
) -> list[Row]:
    """Return the districts as they stood on 2025-06-30, with start dates and other spellings."""
    words = class_words(package.old, ("districtType",))
    province_name = old_province_names(provinces)
    successors: dict[str, set[str]] = defaultdict(set)
    for row in communes:
        successors[row["district_code"]].update(row["now_codes"].split("|"))
    units: dict[str, Row] = {}
    for unit in package.old:
        code = unit["districtCode"]
        if not unit["ward"]:
            successors[code].update(target for target, _ in package.successors[old_key(unit)])
        if code in units:
            continue
        name, kind = split_name(unit["district"], words)
        units[code] = {
            "code": code,
            "name": name,
            "kind": kind,
            "province": province_name[unit["provinceCode"]],
            "province_code": unit["provinceCode"],
            "valid_from": "",
            "valid_to": OLD_TO,
            "alt": "",
        }
        for field in ("name", "kind"):
            corrections.apply("districts", units[code], field)
    rows = sorted(units.values(), key=lambda row: row["code"])
    for row in rows:
        row["now_codes"] = "|".join(sorted(successors[row["code"]]))
    add_history(rows, places)
    return rows


def add_history(rows: Sequence[Row], places: Path) -> None:
    """Fill ``valid_from`` and ``alt`` from the hand-made tables."""
    aliases = read_table(places / "aliases.tsv", ("alias", "level", "name", "province", "note"))
    past = read_table(
        places / "historical_districts.tsv",
        ("name", "kind", "province", "code", "valid_to", "successor", "change"),
    )
    made = read_table(places / "source" / "new_districts.tsv", ("code", "name", "kind", "valid_from"))
    by_title = {(row["province"], f"{row['kind']} {row['name']}"): row for row in rows}
    by_code = {row["code"]: row for row in rows}
    starts: dict[str, list[str]] = defaultdict(list)
    former: dict[str, list[str]] = defaultdict(list)
    for number, unit in enumerate(past, start=2):
        targets = unit["successor"].split("|")
        for target in targets:
            province, _, title = target.rpartition("/")
            row = by_title.get((province or unit["province"], title))
            if row is None:
                raise BuildError(f"historical_districts.tsv:{number}: no district {target!r}")
            if unit["change"] in ("raised", "renamed", "split", "new"):
                starts[row["code"]].append(next_day(unit["valid_to"]))
            if unit["change"] in ("raised", "renamed"):
                former[row["code"]].append(f"{unit['kind']} {unit['name']}")
    for number, unit in enumerate(made, start=2):
        row = by_code.get(unit["code"])
        if row is None or (row["name"], row["kind"]) != (unit["name"], unit["kind"]):
            raise BuildError(f"new_districts.tsv:{number}: {unit['code']} is {row}")
        starts[unit["code"]].append(unit["valid_from"])
    for row in rows:
        spellings = {
            alias["alias"]
            for alias in aliases
            if (alias["level"], alias["name"], alias["province"]) == ("district", row["name"], row["province"])
            and alias["note"] == "spelling"
        }
        row["alt"] = "|".join([*sorted(set(former[row["code"]])), *sorted(spellings)])
        row["valid_from"] = max(starts[row["code"]], default="")


# --- statistics --------------------------------------------------------------------------------


def listed(names: Iterable[str]) -> str:
    """Return names in order, joined by commas."""
    return ", ".join(sorted(set(names)))


def names_by(rows: Iterable[Row], inner: Callable[[Row], str], outer: Callable[[Row], str]) -> dict[str, set[str]]:
    """Return for each inner value the set of outer values beside it."""
    groups: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        groups[inner(row)].add(outer(row))
    return groups


def unique_share(rows: Sequence[Row]) -> str:
    """Say how many communes have a name that no other commune of their province has."""
    counts = Counter((row["province_code"], row["name"]) for row in rows)
    unique = sum(1 for count in counts.values() if count == 1)
    everywhere = Counter(row["name"] for row in rows)
    alone = sum(1 for count in everywhere.values() if count == 1)
    return (
        f"{len(rows):,} communes, {len(everywhere):,} different names; "
        f"{unique:,} ({100 * unique / len(rows):.1f} %) have a name unique in their province, "
        f"{alone:,} ({100 * alone / len(rows):.1f} %) one unique in the country"
    )


def statistics(provinces: Sequence[Row], districts: Sequence[Row], old: Sequence[Row], new: Sequence[Row]) -> str:
    """Return the numbers about the tables, as Markdown."""
    district_in = names_by(districts, lambda row: row["name"], lambda row: row["province"])
    ambiguous = {name: where for name, where in district_in.items() if len(where) > 1}
    most = sorted(ambiguous, key=lambda name: (-len(ambiguous[name]), name))
    twice = Counter((row["province"], row["name"]) for row in districts)
    districts_names = set(district_in)
    old_names = {row["name"] for row in old}
    new_names = {row["name"] for row in new}
    sixty = {row["name"] for row in provinces if row["list"] == OLD and row["code"] != "46"}
    sixty.add(old_province_names(provinces)["46"])
    kinds = Counter(row["kind"] for row in districts)
    kinds_old = Counter(row["kind"] for row in old)
    kinds_new = Counter(row["kind"] for row in new)
    divided = sum(1 for row in old if "|" in row["now_codes"])
    stays = sum(1 for row in old if row["now_valid"] == "yes")
    reused = sum(1 for row in old if row["code_now"] and not row["code_now"].endswith(f" {row['name']}"))
    either = sixty & (districts_names | old_names)
    lines = [
        f"- districts: {len(districts)} ("
        + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        + f"); {sum(1 for row in districts if row['valid_from'])} have a known start date",
        f"- district names: {len(district_in)} different, {len(ambiguous)} of them in more than "
        "one province: " + ", ".join(f"{name} ({len(ambiguous[name])})" for name in most),
        "- two districts of one name in one province: "
        + listed(f"{name} ({where})" for (where, name), count in twice.items() if count > 1),
        f"- communes of the 63-time: {unique_share(old)}; "
        + ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds_old.items())),
        f"- communes since 2025-07-01: {unique_share(new)}; "
        + ", ".join(f"{kind} {count:,}" for kind, count in sorted(kinds_new.items())),
        f"- {divided:,} old communes were divided between several new ones, {stays:,} stand "
        f"unchanged; {reused:,} old codes are now the code of a commune of another name",
        f"- {len(either)} of the 63 province names are also names of districts or communes of "
        f"that time, {len(sixty & new_names)} names of communes since 2025-07-01",
        f"- also names of districts ({len(sixty & districts_names)}): " + listed(sixty & districts_names),
        f"- also names of communes of the 63-time ({len(sixty & old_names)}): " + listed(sixty & old_names),
        f"- also names of communes since 2025-07-01 ({len(sixty & new_names)}): " + listed(sixty & new_names),
        f"- neither district nor commune of the 63-time ({len(sixty - either)}): " + listed(sixty - either),
        f"- district names that a commune of the 63-time also has: "
        f"{len(districts_names & old_names)} of {len(district_in)}",
    ]
    return "\n".join(lines) + "\n"


def with_statistics(text: str, numbers: str) -> str:
    """Return the README with new numbers between its two marks."""
    begin, end = STATISTICS
    if text.count(begin) != 1 or text.count(end) != 1:
        raise BuildError("README.md: the marks of the statistics are missing")
    head, tail = text.partition(begin)[0], text.partition(end)[2]
    return f"{head}{begin}\n{numbers}\n{end}{tail}"


# --- main --------------------------------------------------------------------------------------


def build(places: Path, out: Path) -> None:
    """Write all tables into ``out``."""
    source = places / "source"
    package = read_package(package_data())
    corrections = Corrections.read(source / "corrections.tsv")
    provinces = province_rows(package, source)
    old = commune_rows(package, corrections)
    districts = district_rows(package, places, provinces, old, corrections)
    new = new_commune_rows(package, source)
    corrections.check()

    out.mkdir(parents=True, exist_ok=True)
    for name, rows in (
        ("provinces.tsv", provinces),
        ("districts.tsv", districts),
        ("communes.tsv", old),
        ("communes2025.tsv", new),
    ):
        write_table(out / name, rows, list(rows[0]))
    readme = (places / "README.md").read_text(encoding="utf-8")
    numbers = statistics(provinces, districts, old, new)
    (out / "README.md").write_text(with_statistics(readme, numbers), encoding="utf-8", newline="\n")


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Write the tables of administrative units.")
    parser.add_argument("--out", type=Path, default=PLACES, help="folder to write into")
    arguments = parser.parse_args(argv)
    try:
        build(PLACES, arguments.out)
    except BuildError as error:
        raise SystemExit(f"build_units: {error}") from error


if __name__ == "__main__":
    main()
