"""Texts that nobody writes on purpose: no traceback, nothing that should always hold is broken.

How time grows with their length is measured by ``benchmarks/hostile.py``; the findings of ``scripts/fuzz.py`` are kept in
``tests/data/fuzz``.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

import extractor
from extractor.article.decode import decode
from extractor.errors import ExtractorError
from extractor.evaluation.invariants import broken
from extractor.rules.mistakes import mistakes_in
from extractor.schema import json_schema

ROOT = Path(__file__).resolve().parent.parent
FINDINGS = ROOT / "tests" / "data" / "fuzz"
VALIDATOR = jsonschema.Draft202012Validator(json_schema())
LENGTH = 1000


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hostile", ROOT / "benchmarks" / "hostile.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile"] = module
    spec.loader.exec_module(module)
    return module


HOSTILE = benchmark()
CASES: Mapping[str, Callable[[int], str]] = HOSTILE.CASES


def check(text: str) -> None:
    extraction = extractor.extract(text)
    assert broken(text, extraction) == []
    VALIDATOR.validate(json.loads(extraction.to_json()))


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_text(name: str) -> None:
    check(CASES[name](LENGTH))


@pytest.mark.parametrize("name", ["digits", "digits and dots", "digits and commas", "newlines", "zero width", "one capital"])
def test_a_million_characters(name: str) -> None:
    text = CASES[name](1_000_000)
    assert broken(text, extractor.extract(text)) == []


@pytest.mark.parametrize("text", [
    "", " ", "\n", "\ufeff", "\x00", "%", "5", "5%", "%5", "0%", "-5%", "00,00%", "5,%", ",5%", "5..5%", "1e9%", "∞%", "NaN%",
    "9" * 400 + "%", "0," + "0" * 400 + "1%", "9" * 400 + " tỷ đồng", "1/0 xã", "0/0 xã", "5/0 huyện (5%)", "5%-5%-5%-5%",
    "từ từ từ 5% trở trở lên lên", "năm năm 5 năm", "năm 0000", "năm 9999", "31/02/2024", "00/00/0000", "quý XIII năm 2023",
    "ông ông ông", "Ông", "Ông, Giám đốc,", "Giám đốc Giám đốc Sở Sở", "tỉnh tỉnh", "TP.", "TP.HCM.HN.", "(((5%", "5%)))", "“5%",
    "5%”", "PV:", "PV: ?", ": : :", "- - -", "I. II. III.", "a) b) c)", "\u202e5%\u202c", "5\u200b%", "5\u0301%", "５％", "٥٪",
    "½ số hộ", "²%", "5 ‰", "5°", "İ 5%", "ß 5%", "ﬁ 5%", "\ud83d 5%", "\udc00\ud800", "👨‍👩‍👧‍👦 5% hộ", "Đ" * 300, "đ" * 300, "ạ" * 300,
    "<script>alert(5%)</script>", "'; DROP TABLE hộ; -- 5%", "{{7*7}} 5%", "%s%d%n 5%", "$(rm) `5%`", "../../5%", "\\u0035%", "&#53;%",
    "null", "true", "undefined 5%", "http://5%", "a@5%", "=5%+1", "+5%", "@5%", "\t5%\t", "\r5%\r", "\x0b5%\x0c", "\u20285%\u2029",
])
def test_a_naughty_string(text: str) -> None:
    check(text)
    check(f"Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm {text} hộ, ông Nguyễn Văn An, Giám đốc Sở Y tế cho biết.")


def findings(ending: str) -> list[Path]:
    return sorted(FINDINGS.glob(f"*{ending}"))


@pytest.mark.parametrize("path", findings(".txt"), ids=lambda path: path.stem)
def test_a_text_that_the_fuzzer_has_found(path: Path) -> None:
    check(path.read_bytes().decode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("path", findings(".bytes"), ids=lambda path: path.stem)
def test_bytes_that_the_fuzzer_has_found(path: Path) -> None:
    try:
        text = decode(path.read_bytes(), path.name)
    except ExtractorError:
        return
    check(text)


@pytest.mark.parametrize("path", findings(".toml"), ids=lambda path: path.stem)
def test_a_pattern_file_that_the_fuzzer_has_found(path: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(path.read_bytes())
    if not mistakes_in(tmp_path):
        extractor.extract("Năm 2023, tỷ lệ hộ nghèo giảm 4%.", patterns=tmp_path)


@pytest.mark.parametrize("before", range(390, 402))
@pytest.mark.parametrize("after", ["", " và", " và hết."])
def test_a_sentence_that_is_too_long_is_not_cut_inside_a_quantity(before: int, after: str) -> None:
    check("ba " * before + "5 nghìn tỷ đồng" + after)
    check("x " * before + "hai mươi lăm nghìn hộ" + after + " y" * 500)


def test_time_grows_linearly_where_it_once_did_not() -> None:
    slow = {}
    for name in ("class words", "names", "captions of numbers", "lines"):
        few, many = HOSTILE.measure(name, 1000)
        if many > 3 * 10 * few:
            slow[name] = (few, many)
    assert slow == {}
