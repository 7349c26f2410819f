"""The words that people read, in Vietnamese and English: ``labels.toml`` and the names in the pattern files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from extractor.errors import ExtractorError
from extractor.patterns import Patterns, load_patterns

LANGUAGES = ("vi", "en")
_FILE = Path(__file__).with_name("labels.toml")

Labels = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def labels() -> Labels:
    """``labels()[table][key][language]``; `ExtractorError` for an entry that lacks a language."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    for table, entries in found.items():
        for key, words in entries.items():
            if sorted(words) != sorted(LANGUAGES):
                raise ExtractorError(f"{_FILE.name}: {table}.{key}: expected the languages {', '.join(LANGUAGES)}")
    return found


def label(table: str, key: str, language: str) -> str:
    """One label; the key itself where there is none (an id of a user's own, say).

    >>> label("status", "target", "en")
    'target'
    """
    words = labels().get(table, {}).get(key)
    return key if words is None else words[language]


def check_language(language: str) -> str:
    """`language`, if there are labels in it."""
    if language not in LANGUAGES:
        raise ExtractorError(f"language: expected one of {', '.join(LANGUAGES)}, found {language!r}")
    return language


def _names(patterns: Patterns) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    tables: dict[str, dict[str, dict[str, str]]] = {"indicator": {}, "group": {}}
    for table, names in tables.items():
        for rule in patterns.rules.get(table, ()):
            for language in LANGUAGES:
                name = rule.get(f"name_{language}")
                if name:
                    names.setdefault(rule.get("id"), {}).setdefault(language, name)
    return tables


def name_of(table: str, id: str, language: str, patterns: Patterns | None = None) -> str:
    """The name of an indicator or group as its rule gives it; where the rule gives none, the id in words.

    >>> name_of("indicator", "poverty_rate", "en")
    'Poverty rate'
    """
    found = (patterns or load_patterns()).part(_names)[table].get(id, {}).get(language)
    return found or label("kind", id, language).replace("_", " ")
