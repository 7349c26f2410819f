"""Collect every regular expression that the toolkit compiles, and try to make it slow.

Run as a script it prints one line per expression that takes more than linear time: ``python tests/regular_expressions.py``.
The texts are made from each expression's own characters: one of them repeated, and two of them in turn.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

SMALL, LARGE = 1500, 6000
SUSPECT = 0.012  # seconds at LARGE; hardly anything that is linear takes as long
SLOW = 9.0  # how much longer four times the text takes: 4 is linear, 16 is quadratic
_MOST_CHARACTERS = 8
_ALWAYS = "a1 .,-"
_MANY = 100
#: Expressions that are only ever asked at one place of a text, where they are linear: by their beginning.
ANCHORED = (
    r"(\S+) (\d+ \d+",  # annotation of brat: a line from its beginning
    "[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]",  # tokens: an abbreviation from its beginning
    r"\s*([:\-–])\s*",  # captions: right after a word
    r"[\[(]?(?:img|image|photo)",  # lines: the whole of a line
    r"([^–—:;!?]{2,60}?)",  # metadata: from the beginning of a text
    r"\s*\[\[\s*([\w.-]+)",  # pattern files: a line from its beginning
    r"\s*([A-Za-z_][\w-]*)\s*=",  # pattern files: a line from its beginning
)
#: Expressions for what has been found to be short or sound before: by their beginning.
BOUNDED = (
    "\\s*[-\u2011\u2013\u2014]\\s*",  # evaluation: names of people and places
    "\\\"{3}",  # pattern files that are valid TOML, in which every string is closed
)


class Compiled(NamedTuple):
    """An expression and the module that compiled it."""

    module: str
    expression: re.Pattern[Any]


def collect(own_patterns: Path) -> list[Compiled]:
    """All expressions that are compiled while everything is imported and articles are read, each once."""
    import importlib
    import pkgutil

    found: dict[tuple[Any, int], Compiled] = {}
    real = re._compile  # type: ignore[attr-defined]

    def spy(pattern: Any, flags: int) -> Any:
        made = real(pattern, flags)
        frame = sys._getframe(1)
        while frame.f_globals.get("__name__") == "re" and frame.f_back is not None:
            frame = frame.f_back
        module = str(frame.f_globals.get("__name__"))
        if module.startswith("extractor"):
            found.setdefault((made.pattern, made.flags), Compiled(module, made))
        return made

    for name in [n for n in sys.modules if n == "extractor" or n.startswith("extractor.")]:
        del sys.modules[name]
    re._compile = spy  # type: ignore[attr-defined]
    try:
        extractor = importlib.import_module("extractor")
        for info in pkgutil.walk_packages(extractor.__path__, "extractor."):
            if not info.name.endswith("__main__"):
                try:
                    importlib.import_module(info.name)
                except ImportError as error:
                    print(f"{info.name} is left out: {error}", file=sys.stderr)
        corpus = Path(__file__).resolve().parent.parent / "corpus"
        for article in extractor.read(corpus / "*.txt"):
            extractor.extract(article.text, patterns=own_patterns)
        extractor.extract("Ông Kim Chol Su, Bộ trưởng Ngoại giao nói: 5%.", ask_model=True)
        importlib.import_module("extractor.evaluation").evaluate(corpus)
    finally:
        re._compile = real  # type: ignore[attr-defined]
    return sorted(found.values(), key=lambda c: (c.module, str(c.expression.pattern)))


def characters(expression: re.Pattern[Any]) -> list[str]:
    """Characters that the expression speaks of, the first few, and some that it may speak of by a class."""
    seen: dict[str, None] = {}

    def walk(node: Any) -> None:
        if isinstance(node, tuple) and len(node) == 2 and str(node[0]) in ("LITERAL", "NOT_LITERAL"):
            seen[chr(node[1])] = None
        elif isinstance(node, tuple) and len(node) == 2 and str(node[0]) == "RANGE":
            seen[chr(node[1][0])] = None
        elif isinstance(node, (list, tuple)) or hasattr(node, "data"):
            for inner in node:
                walk(inner)

    walk(re._parser.parse(expression.pattern, expression.flags & ~re.DEBUG))  # type: ignore[attr-defined]
    own = [c for c in seen if c not in _ALWAYS][:_MOST_CHARACTERS - len(_ALWAYS)]
    return [*own, *_ALWAYS, *([] if len(own) else ["\n"])]


def repeats(expression: re.Pattern[Any]) -> bool:
    """Whether any part of it may be repeated without end; one that may not is linear."""
    def walk(node: Any) -> bool:
        if isinstance(node, tuple) and node and str(node[0]) in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return int(node[1][1]) > _MANY or walk(node[1][2])
        return (isinstance(node, (list, tuple)) or hasattr(node, "data")) and any(walk(inner) for inner in node)

    return walk(re._parser.parse(expression.pattern, expression.flags & ~re.DEBUG))  # type: ignore[attr-defined]


def attacks(expression: re.Pattern[Any], length: int) -> Iterator[Any]:
    """Texts of about `length` characters that may make the expression slow; none of them ends as it would like to."""
    letters = characters(expression)
    for piece in [*letters, *("".join(pair) for pair in permutations(letters, 2))]:
        text = piece * (length // len(piece)) + "\x01"
        yield text.encode("utf-8", "replace") if isinstance(expression.pattern, bytes) else text


def seconds(expression: re.Pattern[Any], text: Any) -> float:
    """Processor time of looking for all matches in `text`, or for one at its beginning and as the whole of it."""
    started = time.process_time()
    if str(expression.pattern).startswith(ANCHORED):
        expression.match(text)
        expression.fullmatch(text)
    else:
        for _ in expression.finditer(text):
            pass
    return time.process_time() - started


def slowest(expression: re.Pattern[Any]) -> tuple[float, str] | None:
    """(growth, text) of a text that the expression needs more than linear time for; None where none is found."""
    if not repeats(expression) or str(expression.pattern).startswith(BOUNDED):
        return None
    for small, large in zip(attacks(expression, SMALL), attacks(expression, LARGE), strict=True):
        if seconds(expression, large) < SUSPECT:
            continue
        growth = min(seconds(expression, large) for _ in range(3)) / max(min(seconds(expression, small) for _ in range(3)), 1e-6)
        if growth > SLOW:
            return growth, str(small[:8])
    return None


if __name__ == "__main__":
    every = collect(Path(__file__).resolve().parent / "patterns_of_a_user")
    print(len(every), "expressions")
    for compiled in every:
        result = slowest(compiled.expression)
        if result is not None:
            print(f"{compiled.module}: {result[1]!r} × n grows {result[0]:.0f}-fold at 4 n: {str(compiled.expression.pattern)[:300]}")
