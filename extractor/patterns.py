"""`Patterns`: everything that the pattern files say, read once and shared by all articles.

Every table with ``phrases`` is a word list of that name in one lexicon: a rule of ``[[status]]`` is found as a hit of
the list "status" whose entry's ``data`` is the rule. `Patterns.part` lets a step keep what it compiles from them.

Folders of a user's own come after the built-in one and add to it. Where both have the same words in one table, the
later folder's rule has them; a rule with ``replace = true`` puts away all earlier rules of its table and id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from extractor.data import data_folder
from extractor.errors import ExtractorError
from extractor.rules.lexicon import Entry, Lexicon
from extractor.rules.load import Rule, by_table, read_rules
from extractor.rules.override import checked_phrase, rules_in_force, takes_over
from extractor.rules.shapes import SHAPES
from extractor.text.normalize import Text, fold
from extractor.text.tokens import Tokens, compile_tokens

T = TypeVar("T")
#: Folders of a user's own: one, several, or none.
Folders = str | Path | Iterable[str | Path] | None
_SUFFIXES = (".toml", ".tsv")


class Patterns:
    """The rules of one or more pattern folders, later ones adding to earlier ones."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.files = [p for folder in folders for p in sorted(folder.rglob("*.toml"))]
        rules = rules_in_force([[rule for path in sorted(folder.rglob("*.toml")) for rule in read_rules(path, SHAPES)]
                                for folder in folders])
        self._folder_of = {path: number for number, folder in enumerate(folders) for path in folder.rglob("*.toml")}
        self.rules = by_table(rules)
        abbreviations = [checked_phrase(r, "phrases", p) for r in self.rules.get("abbreviation", ()) for p in r.get("phrases")]
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
                checked_phrase(rule, name, phrase)
                entry = Entry(listed, rule.get("id") or phrase, rule, phrase)
                try:
                    self.lexicon.add(phrase, entry, takes_over(entry, self._folder_of) if self.is_own(rule) else None)
                except ExtractorError as error:
                    raise rule.error(name, str(error), phrase) from None

    def is_own(self, rule: Rule) -> bool:
        """Whether the rule stands in a folder of the user's own."""
        return self._folder_of[rule.path] > 0

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
                    if path.suffix in _SUFFIXES:
                        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
            self._digest = "sha256:" + total.hexdigest()
        return self._digest


def user_folders(folders: Folders) -> tuple[Path, ...]:
    """Folders of pattern files as a user names them, checked; the built-in folder itself adds nothing and is left out."""
    listed = [folders] if isinstance(folders, (str, Path)) else folders or ()
    found = []
    for folder in map(Path, listed):
        if not folder.is_dir():
            raise ExtractorError(f"{folder}: not a folder of pattern files")
        if not any(path.suffix in _SUFFIXES for path in folder.rglob("*")):
            raise ExtractorError(f"{folder}: no pattern file (*.toml) in this folder")
        if not folder.samefile(data_folder("patterns")):
            found.append(folder)
    return tuple(found)


def load_patterns(*extra: Path) -> Patterns:
    """The built-in patterns, with the folders `extra` added; read anew only where a file of them has changed."""
    stamps = [(str(path.resolve()), stat.st_mtime_ns, stat.st_size) for folder in extra for path in sorted(folder.rglob("*"))
              if path.suffix in _SUFFIXES and (stat := path.stat())]
    return _load(extra, tuple(stamps))


@lru_cache(maxsize=8)
def _load(extra: tuple[Path, ...], _stamps: tuple[tuple[str, int, int], ...]) -> Patterns:
    return Patterns(data_folder("patterns"), *extra)
