"""`Patterns`: everything that the pattern files say, read once and shared by all articles.

Every table with ``phrases`` is a word list of that name in one lexicon: a rule of ``[[status]]`` is found as a hit of
the list "status" whose entry's ``data`` is the rule. `Patterns.part` lets a step keep what it compiles from them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from extractor.data import data_folder
from extractor.errors import ExtractorError
from extractor.rules.lexicon import Entry, Lexicon
from extractor.rules.load import Rule, by_table, read_rules
from extractor.rules.shapes import SHAPES
from extractor.text.normalize import Text, fold
from extractor.text.tokens import Tokens, compile_tokens

T = TypeVar("T")


class Patterns:
    """The rules of one or more pattern folders, later ones adding to earlier ones."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.files = [p for folder in folders for p in sorted(folder.rglob("*.toml"))]
        rules: list[Rule] = []
        for path in self.files:
            rules += read_rules(path, SHAPES)
        self.rules = by_table(rules)
        abbreviations = [p for r in self.rules.get("abbreviation", ()) for p in r.get("phrases")]
        self._token_pattern = compile_tokens(abbreviations)
        self.lexicon = Lexicon(self.words)
        self._parts: dict[Any, Any] = {}
        self._digest: str | None = None
        for rule in rules:
            self._add(rule)

    def _add(self, rule: Rule) -> None:
        if rule.table == "abbreviation":
            return
        for name in ("phrases", "weak"):
            listed = rule.table if name == "phrases" else f"{rule.table}.{name}"
            for phrase in rule.get(name, ()):
                try:
                    self.lexicon.add(phrase, Entry(listed, rule.get("id") or phrase, rule, phrase))
                except ExtractorError as error:
                    raise rule.error(name, str(error), phrase) from None

    def words(self, phrase: str) -> list[str]:
        """The folded tokens of a phrase, as the lexicon compares them."""
        return self.tokenize(Text(phrase)).text

    def tokenize(self, text: Text) -> Tokens:
        """The tokens of a text."""
        return Tokens(self._token_pattern, text.norm)

    def part(self, build: Callable[[Patterns], T]) -> T:
        """What `build` makes of these patterns, made once."""
        if build not in self._parts:
            self._parts[build] = build(self)
        found: T = self._parts[build]
        return found

    def rules_words(self, table: str) -> frozenset[str]:
        """The folded single words of a table's phrases."""
        key = ("words", table)
        if key not in self._parts:
            self._parts[key] = frozenset(fold(p) for r in self.rules.get(table, ()) for p in r.get("phrases"))
        found: frozenset[str] = self._parts[key]
        return found

    def set_part(self, build: Callable[[Patterns], T], made: T) -> None:
        """Put `made` in place of what `build` would make (training puts weights of its own there)."""
        self._parts[build] = made

    @property
    def digest(self) -> str:
        """``sha256:…`` over names and bytes of all files in the folders."""
        if self._digest is None:
            total = hashlib.sha256()
            for folder in self.folders:
                for path in sorted(folder.rglob("*")):
                    if path.suffix in {".toml", ".tsv"}:
                        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
            self._digest = "sha256:" + total.hexdigest()
        return self._digest


@lru_cache(maxsize=8)
def load_patterns(*extra: Path) -> Patterns:
    """The built-in patterns, with the folders `extra` added."""
    return Patterns(data_folder("patterns"), *extra)
