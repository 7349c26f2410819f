"""No regular expression, built in or made from a user's pattern files, takes more than linear time on any of many texts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from regular_expressions import attacks, characters, slowest

HERE = Path(__file__).resolve().parent


def test_all_expressions_are_linear() -> None:
    """In a process of its own, because the expressions are caught while everything is imported anew."""
    done = subprocess.run([sys.executable, str(HERE / "regular_expressions.py")], capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(HERE.parent)}, encoding="utf-8")
    first, *slow = done.stdout.splitlines()
    assert int(first.split()[0]) > 100
    assert slow == []


@pytest.mark.parametrize("expression", [r"\s+x", r"(a+)+b", r"\w+,\s*\w+;", "[.!]+$"])
def test_a_slow_expression_is_found(expression: str) -> None:
    if expression == r"(a+)+b":  # would never end
        assert "a" in characters(re.compile(expression))
    else:
        assert slowest(re.compile(expression)) is not None


@pytest.mark.parametrize("expression", [r"(?<!\s)\s+x", r"\d+(?:[.,]\d+)*", "a|b|cd", r"x{1,9}y"])
def test_a_linear_expression_is_let_be(expression: str) -> None:
    assert slowest(re.compile(expression)) is None


def test_the_texts_are_as_long_as_they_should_be() -> None:
    assert {len(text) for text in attacks(re.compile("ab*"), 1000)} == {1001}
