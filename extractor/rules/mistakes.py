"""All mistakes in a folder of pattern files at once, where reading it would stop at the first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.errors import ExtractorError
from extractor.patterns import Patterns, load_patterns
from extractor.rules.load import Rule, by_table, read_rules
from extractor.rules.override import checked_phrase
from extractor.rules.shapes import SHAPES


def mistakes_in(folder: Path) -> list[ExtractorError]:
    """Every mistake in the pattern files of a user's folder: file, line, field and what was expected."""
    found: list[ExtractorError] = []
    rules: list[Rule] = []
    for path in sorted(folder.rglob("*.toml")):
        try:
            rules += read_rules(path, SHAPES, found)
        except ExtractorError as error:
            found.append(error)
    built_in = load_patterns()
    for rule in rules:
        found += _in_phrases(rule, built_in)
    found += _unknown_ids(rules, built_in)
    return found or _in_the_whole(folder, built_in)


def _in_phrases(rule: Rule, patterns: Patterns) -> Iterator[ExtractorError]:
    """Phrases that are too long, whose brackets don't match, that stand for too many others or for none."""
    from extractor.rules.lexicon import expand

    for field in ("phrases", "weak"):
        for phrase in rule.get(field, ()):
            try:
                checked_phrase(rule, field, phrase)
            except ExtractorError as error:
                yield error
                continue
            if rule.table == "abbreviation":
                continue
            try:
                if not all(patterns.words(form) for form in expand(phrase)):
                    raise ExtractorError(f"phrase {phrase!r} has no word")
            except ExtractorError as error:
                yield rule.error(field, str(error), phrase)


def _unknown_ids(rules: list[Rule], patterns: Patterns) -> Iterator[ExtractorError]:
    """Groups that are implied by indicators which nobody has defined."""
    tables = by_table(rules)
    known = {r.get("id") for r in (*tables.get("indicator", ()), *patterns.rules["indicator"])}
    for rule in tables.get("group", ()):
        for name in rule.get("implied_by", ()):
            if name not in known:
                yield rule.error("implied_by", f"no indicator has the id {name!r}", name)


def _in_the_whole(folder: Path, built_in: Patterns) -> list[ExtractorError]:
    """What only shows when the folder is read together with the built-in patterns: replacements, tables of places."""
    from extractor.places.units import units

    try:
        Patterns(*built_in.folders, folder).part(units)
    except ExtractorError as error:
        return [error]
    return []
