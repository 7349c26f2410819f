"""The tables of administrative units in ``patterns/places/``.

Counts, codes, names and references between the tables; that ``scripts/build_units.py`` still makes
them (where ``vietnamadminunits`` is installed); and every difference from the copy of the same data
in ``underthesea.address``, listed with its reason in ``tests/data/address_differences.tsv``.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLACES = ROOT / "patterns" / "places"
DIFFERENCES = ROOT / "tests" / "data" / "address_differences.tsv"

Row = dict[str, str]
Difference = tuple[str, str, str, str]
PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
NEW_TONE_PLACEMENT = re.compile(r"(o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])\b", re.IGNORECASE)
MADE = ["provinces.tsv", "districts.tsv", "communes.tsv", "communes2025.tsv"]


def read(path: Path) -> list[Row]:
    """Read a tab-separated table."""
    head, *lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    columns = head.split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


@cache
def table(name: str) -> list[Row]:
    """Read one of the tables, once."""
    return read(PLACES / f"{name}.tsv")


def every_table() -> list[Path]:
    """Return the paths of all tables, the sources too."""
    return sorted(PLACES.rglob("*.tsv"))


def sixty_three() -> dict[str, str]:
    """Return code and name of the 63-list; code 46 by its name until 2024."""
    names: dict[str, str] = {}
    for row in table("provinces"):
        if row["list"] == "63":
            names.setdefault(row["code"], row["name"])
    return names


def titles() -> set[tuple[str, str]]:
    """Return province, and kind with name, of each district."""
    return {(row["province"], f"{row['kind']} {row['name']}") for row in table("districts")}


# --- form --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", every_table(), ids=lambda path: path.name)
def test_form(path: Path) -> None:
    """Composed, unquoted, trimmed, no duplicate rows, a name in every row."""
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert '"' not in text
    assert "\r" not in text
    assert text.endswith("\n")
    rows = read(path)
    for row in rows:
        assert all(value == value.strip() and "  " not in value for value in row.values()), row
        for column in ("name", "alias", "code", "kind", "province"):
            if column == "code" and path.stem == "historical_districts":
                continue
            assert row.get(column, "-"), row
    assert len({tuple(row.values()) for row in rows}) == len(rows)


@pytest.mark.parametrize("name", ["provinces", "districts", "communes", "communes2025"])
def test_tone_marks_stand_the_old_way(name: str) -> None:
    """The package writes hòa, thủy; the tables keep it."""
    for row in table(name):
        assert not NEW_TONE_PLACEMENT.search(row["name"]), row


def test_dates() -> None:
    """Dates are ISO dates, and a period does not end before it begins."""
    for path in every_table():
        for row in read(path):
            dates = [row[column] for column in ("valid_from", "valid_to") if row.get(column)]
            for value in dates:
                assert PARTIAL_DATE.fullmatch(value), row
                date.fromisoformat((value + "-01-01")[:10])
            assert dates == sorted(dates), row


# --- counts and codes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "label", "count"),
    [
        ("2008-08-01", "63", 63),
        ("2024-12-31", "63", 63),
        ("2025-01-01", "63", 63),
        ("2025-06-30", "63", 63),
        ("2025-06-30", "34", 0),
        ("2025-07-01", "63", 0),
        ("2025-07-01", "34", 34),
        ("2026-09-20", "34", 34),
    ],
)
def test_provinces_on_a_day(day: str, label: str, count: int) -> None:
    """On each day exactly one list is in force, with its number of provinces and codes."""
    rows = [
        row
        for row in table("provinces")
        if row["list"] == label and row["valid_from"] <= day <= (row["valid_to"] or day)
    ]
    assert len(rows) == len({row["code"] for row in rows}) == count
    assert len({row["name"] for row in rows}) == len({row["iso"] for row in rows}) == count


def test_known_provinces() -> None:
    """Names and codes that are easy to get wrong."""
    rows = {(row["list"], row["code"], row["valid_from"]): row for row in table("provinces")}
    for label, code, day, name, kind, iso, now in (
        ("63", "04", "2008-08-01", "Cao Bằng", "tỉnh", "VN-04", "Cao Bằng"),
        ("63", "24", "2008-08-01", "Bắc Giang", "tỉnh", "VN-54", "Bắc Ninh"),
        ("34", "24", "2025-07-01", "Bắc Ninh", "tỉnh", "VN-56", "Bắc Ninh"),
        ("63", "46", "2008-08-01", "Thừa Thiên Huế", "tỉnh", "VN-26", "Huế"),
        ("63", "46", "2025-01-01", "Huế", "thành phố", "VN-26", "Huế"),
        ("63", "77", "2008-08-01", "Bà Rịa - Vũng Tàu", "tỉnh", "VN-43", "Hồ Chí Minh"),
        ("63", "79", "2008-08-01", "Hồ Chí Minh", "thành phố", "VN-SG", "Hồ Chí Minh"),
        ("63", "66", "2008-08-01", "Đắk Lắk", "tỉnh", "VN-33", "Đắk Lắk"),
        ("63", "10", "2008-08-01", "Lào Cai", "tỉnh", "VN-02", "Lào Cai"),
        ("34", "15", "2025-07-01", "Lào Cai", "tỉnh", "VN-02", "Lào Cai"),
        ("34", "75", "2026-04-30", "Đồng Nai", "thành phố", "VN-39", "Đồng Nai"),
    ):
        row = rows[label, code, day]
        assert (row["name"], row["kind"], row["iso"], row["now"]) == (name, kind, iso, now)


def test_counts() -> None:
    """As many units as the official lists have."""
    districts = Counter(row["kind"].split(" (")[0] for row in table("districts"))
    assert districts == {"huyện": 508, "thành phố": 87, "thị xã": 52, "quận": 49}
    old = Counter(row["kind"] for row in table("communes"))
    assert old == {"xã": 7692, "phường": 1726, "thị trấn": 617}
    new = Counter(row["kind"] for row in table("communes2025"))
    assert new == {"xã": 2621, "phường": 687, "đặc khu": 13}


@pytest.mark.parametrize(("name", "digits"), [("districts", 3), ("communes", 5), ("communes2025", 5)])
def test_codes(name: str, digits: int) -> None:
    """Codes are unique within their list, of the right length, and in order."""
    codes = [row["code"] for row in table(name)]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(rf"\d{{{digits}}}", code) for code in codes)


def test_references() -> None:
    """Every code that points to another table is there."""
    provinces = sixty_three()
    now = {row["code"]: row["name"] for row in table("provinces") if row["list"] == "34"}
    districts = {row["code"]: row for row in table("districts")}
    new = {row["code"]: row for row in table("communes2025")}
    province_now = {row["code"]: row["now_code"] for row in table("provinces") if row["list"] == "63"}
    for row in table("provinces"):
        assert now[row["now_code"]] == row["now"], row
    for row in table("districts"):
        assert provinces[row["province_code"]] == row["province"], row
        assert row["now_codes"], row
    for row in table("communes2025"):
        assert now[row["province_code"]] == row["province"], row
    reached: set[str] = set()
    for row in [*table("communes"), *table("districts")]:
        targets = row["now_codes"].split("|")
        assert len(set(targets)) == len(targets), row
        for target in targets:
            assert new[target]["province_code"] == province_now[row["province_code"]], row
        reached.update(targets)
    assert reached == set(new)
    for row in table("communes"):
        assert districts[row["district_code"]]["province_code"] == row["province_code"], row
        same = new.get(row["code"])
        assert row["code_now"] == (title(same) if same else ""), row
        if row["now_valid"] == "yes":
            assert title(new[row["now_codes"]]).casefold() == title(row).casefold(), row


def title(row: Row) -> str:
    """Return kind and name as the package writes them."""
    name = row["name"]
    kind = row["kind"][:1].upper() + row["kind"][1:]
    return name if name.startswith(f"{kind} ") and name[len(kind) + 1].isdigit() else f"{kind} {name}"


def test_islands_without_communes() -> None:
    """Five island districts had no communes and are now communes themselves."""
    with_communes = {row["district_code"] for row in table("communes")}
    new = {row["code"]: row for row in table("communes2025")}
    islands = [row for row in table("districts") if row["code"] not in with_communes]
    assert len(islands) == 5
    for row in islands:
        target = new[row["now_codes"]]
        assert (target["name"], target["kind"]) == (row["name"], "đặc khu")


# --- hand-made tables --------------------------------------------------------------------------


def test_aliases_resolve() -> None:
    """Each alias stands once and names a unit of the tables."""
    provinces = {row["name"] for row in [*table("provinces"), *table("historical")]}
    districts = {(row["name"], row["province"]) for row in [*table("districts"), *table("historical_districts")]}
    names = sixty_three()
    communes = {(row["name"], names[row["province_code"]]) for row in table("communes")}
    for row in table("aliases"):
        unit = (row["name"], row["province"])
        match row["level"]:
            case "province":
                assert row["name"] == row["province"], row
                assert row["name"] in provinces, row
            case "district":
                assert unit in districts, row
            case "commune":
                assert unit in communes, row
            case _:
                pytest.fail(f"unknown level: {row}")
        assert row["note"], row
    keys = Counter((row["alias"], row["level"], row["province"]) for row in table("aliases"))
    assert max(keys.values()) == 1
    every = {row["name"] for row in table("aliases") if row["level"] == "province"}
    assert set(names.values()) <= every


def test_historical_provinces() -> None:
    """Successors are names of the 63-list, and the province was gone before it or renamed in it."""
    names = set(sixty_three().values())
    for row in table("historical"):
        assert set(row["successors"].split("|")) <= names, row
        assert row["valid_to"] < "2008-08-01", row
        assert row["basis"] in ("effect", "decree", "year"), row


def test_historical_districts() -> None:
    """Successors are districts, changes are of a known sort, codes are those of the successor."""
    names = set(sixty_three().values())
    units = {(row["province"], f"{row['kind']} {row['name']}"): row for row in table("districts")}
    for row in table("historical_districts"):
        assert row["province"] in names, row
        assert row["change"] in ("raised", "renamed", "split", "new", "merged", "moved"), row
        assert row["basis"] in ("effect", "decree", "year"), row
        assert row["valid_to"] < "2025-06-30", row
        targets = []
        for successor in row["successor"].split("|"):
            province, _, unit = successor.rpartition("/")
            targets.append(units[province or row["province"], unit])
        if row["change"] in ("raised", "renamed"):
            assert len(targets) == 1, row
            assert (row["name"] == targets[0]["name"]) is (row["change"] == "raised"), row
            assert row["code"] in ("", targets[0]["code"]), row
            assert f"{row['kind']} {row['name']}" in targets[0]["alt"].split("|"), row
        same = units.get((row["province"], f"{row['kind']} {row['name']}"))
        assert same is None or row["change"] == "moved" or row["code"] != same["code"], row


def test_class_words() -> None:
    """Each word stands once a level; each example has the word before a name of that level."""
    names: dict[str, set[str]] = {
        "province": {row["name"] for row in table("provinces")},
        "district": {row["name"] for row in table("districts")},
        "commune": {row["name"] for row in [*table("communes"), *table("communes2025")]},
    }
    folded = {level: {name.casefold() for name in all_} for level, all_ in names.items()}
    kinds = {
        "province": {row["kind"] for row in table("provinces")},
        "district": {row["kind"].split(" (")[0] for row in table("districts")},
        "commune": {row["kind"] for row in [*table("communes"), *table("communes2025")]},
    }
    text = (PLACES / "classwords.toml").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    words = tomllib.loads(text)["classword"]
    assert len({(word["level"], word["word"]) for word in words}) == len(words)
    for word in words:
        assert set(word) == {"word", "level", "kind", "examples"}, word
        assert word["level"] == "village" or word["kind"] in kinds[word["level"]], word
        assert word["examples"], word
        for example in word["examples"]:
            before = rf"(?<!\w){re.escape(word['word'])} ?\[\["
            assert re.search(before, example), f"no {word['word']!r} before a name: {example}"
            assert example.count("[[") == example.count("]]"), example
            for name in re.findall(r"\[\[(.+?)\]\]", example):
                assert word["level"] == "village" or name.casefold() in folded[word["level"]], name


# --- the script --------------------------------------------------------------------------------


def test_script_makes_the_tables(tmp_path: Path) -> None:
    """The committed tables are what the script writes from the package."""
    if importlib.util.find_spec("vietnamadminunits") is None:
        pytest.skip("vietnamadminunits is not installed")
    script = ROOT / "scripts" / "build_units.py"
    subprocess.run([sys.executable, str(script), "--out", str(tmp_path)], check=True)
    for name in [*MADE, "README.md"]:
        made = (tmp_path / name).read_bytes()
        assert made == (PLACES / name).read_bytes(), f"{name}: run scripts/build_units.py"


# --- underthesea.address -----------------------------------------------------------------------


def fold(text: str) -> str:
    """Return a name without accents, spaces, punctuation, and with y as i."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return re.sub(r"[^a-z0-9]", "", plain).replace("y", "i")


def address_data() -> dict[str, Any]:
    """Return the data of ``underthesea.address``, without importing underthesea."""
    spec = importlib.util.find_spec("underthesea")
    if spec is None or spec.origin is None:
        pytest.skip("underthesea is not installed")
    path = Path(spec.origin).parent / "address" / "data" / "mapping.json"
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def province_differences(data: dict[str, Any]) -> Iterator[Difference]:
    """Compare both lists of provinces and the map from one to the other."""
    for label, key in (("63", "old_province_names"), ("34", "province_names")):
        theirs = {(row["code"], row["name"]) for row in data[key].values()}
        ours = {(row["code"], title(row)): row["valid_from"] for row in table("provinces") if row["list"] == label}
        for code, name in sorted(theirs - set(ours)):
            yield f"provinces {label}", code, "", name
        for code, name in sorted(set(ours) - theirs):
            yield f"provinces {label}", code, f"{name} from {ours[code, name]}", ""
    mapped = {
        data["old_province_names"][old]["code"]: data["province_names"][new]["code"]
        for old, new in data["province_mapping"].items()
    }
    now = {row["code"]: row["now_code"] for row in table("provinces") if row["list"] == "63"}
    for code in sorted(set(mapped) | set(now)):
        if mapped.get(code) != now.get(code):
            yield "province map", code, now.get(code, ""), mapped.get(code, "")


def district_differences(data: dict[str, Any]) -> Iterator[Difference]:
    """Compare the names of the districts."""
    names = {row["name"]: row["code"] for row in data["old_province_names"].values()}
    theirs: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in data["ward_mapping"]:
        province = names[record["old_province"]]
        theirs[province, fold(record["old_district"])].add(record["old_district"])
    ours = {
        (row["province_code"], fold(title({**row, "kind": row["kind"].split(" (")[0]}))): title(
            {**row, "kind": row["kind"].split(" (")[0]}
        )
        for row in table("districts")
    }
    for key in sorted(set(theirs) | set(ours)):
        there = "|".join(sorted(theirs.get(key, set())))
        if there != ours.get(key, ""):
            yield "districts", key[0], ours.get(key, ""), there


def commune_differences(data: dict[str, Any]) -> Iterator[Difference]:
    """Compare names, successors and main successors of the communes."""
    codes = {row["name"]: row["code"] for row in data["old_province_names"].values()}
    new = {row["code"]: title(row) for row in table("communes2025")}
    districts = {row["code"]: fold(title({**row, "kind": row["kind"].split(" (")[0]})) for row in table("districts")}
    exact = {
        (row["province_code"], districts[row["district_code"]], key_of(title(row))): row for row in table("communes")
    }
    plain: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for (province, district, key), row in exact.items():
        plain[province, district, fold(key)].append(row)
    by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in table("communes2025"):
        by_key[row["province_code"], fold(title(row))].append(row["code"])
    new_codes = {row["name"]: row["code"] for row in data["province_names"].values()}

    def target_of(record: dict[str, Any]) -> str:
        province = new_codes[record["new_province"]]
        key = record["new_ward_key"]
        found = by_key[province, fold(key)]
        if len(found) > 1:
            found = [code for code in found if key_of(new[code]) == key]
        assert len(found) == 1, record
        return found[0]

    theirs: dict[str, set[str]] = defaultdict(set)
    main: dict[str, str] = {}
    missing: set[Difference] = set()
    for record in data["ward_mapping"]:
        province = codes[record["old_province"]]
        district = fold(record["old_district"])
        target = target_of(record)
        if not record["new_ward"]:
            missing.add(("new names", target, new[target], ""))
        elif record["new_ward"] != new[target]:
            missing.add(("new names", target, new[target], record["new_ward"]))
        if not record["old_ward_key"]:
            code = next(
                code for code, folded in districts.items() if folded == district and own_province(code) == province
            )
            theirs[f"district {code}"].add(target)
            continue
        found = plain[province, district, fold(record["old_ward_key"])]
        if len(found) > 1:
            found = [row for row in found if key_of(title(row)) == record["old_ward_key"]]
        assert len(found) == 1, record
        row = found[0]
        if record["old_ward"].casefold() != title(row).casefold():
            missing.add(("old names", row["code"], title(row), record["old_ward"]))
        theirs[row["code"]].add(target)
        if record.get("is_default"):
            main[row["code"]] = target
    yield from sorted(missing)

    ours = {row["code"]: row["now_codes"].split("|") for row in table("communes")}
    with_communes = {row["district_code"] for row in table("communes")}
    for row in table("districts"):
        if row["code"] not in with_communes:
            ours[f"district {row['code']}"] = row["now_codes"].split("|")
    for code in sorted(set(ours) | set(theirs)):
        for target in sorted(set(ours.get(code, [])) ^ theirs.get(code, set())):
            mine = target in ours.get(code, [])
            yield "successors", code, target if mine else "", "" if mine else target
    for code, target in sorted(main.items()):
        if ours[code][0] != target:
            yield "main successor", code, ours[code][0], target


def key_of(full: str) -> str:
    """Return a full name as the package keys it where accents matter."""
    return re.sub(r"[\W_]", "", full.casefold())


def own_province(code: str) -> str:
    """Return the province code of a district."""
    return next(row["province_code"] for row in table("districts") if row["code"] == code)


def test_differences_from_underthesea_address() -> None:
    """Every difference is listed with a reason, and every listed one is still there."""
    data = address_data()
    found = {
        *province_differences(data),
        *district_differences(data),
        *commune_differences(data),
    }
    rows = read(DIFFERENCES)
    listed = {(row["what"], row["code"], row["ours"], row["underthesea"]) for row in rows}
    assert len(listed) == len(rows)
    assert all(row["reason"] for row in rows)
    assert sorted(found - listed) == [], "differences without a reason"
    assert sorted(listed - found) == [], "listed differences that are gone"
