"""What each table of a pattern file may hold: one entry per ``[[table]]``, read by the loader and by the docs."""

from __future__ import annotations

from collections.abc import Mapping

from extractor.rules.load import Field

_PHRASES = Field("strs", required=True)
_STR = Field("str")
_STRS = Field("strs")
_KIND = Field("str", choices=frozenset({"percent", "households", "people", "money", "other"}))
_SIDE = Field("str", choices=frozenset({"before", "after"}))
_LEVEL = Field("str", required=True, choices=frozenset(
    {"province", "district", "commune", "village", "country", "region", "foreign"}))

SHAPES: Mapping[str, Mapping[str, Field]] = {
    # tokens.toml
    "abbreviation": {"phrases": _PHRASES, "ends_sentence": Field("bool")},
    # numbers.toml
    "digit": {"phrases": _PHRASES, "value": Field("number", required=True)},
    "tens": {"phrases": _PHRASES, "value": Field("number", required=True)},
    "magnitude": {"phrases": _PHRASES, "value": Field("number", required=True)},
    "fraction": {"phrases": _PHRASES, "value": Field("number", required=True)},
    "number_word": {"phrases": _PHRASES, "id": Field("str", required=True)},
    # units.toml
    "unit": {"phrases": _PHRASES, "kind": Field("str", required=True, choices=_KIND.choices), "canonical": _STR,
             "per": _STR, "factor": Field("number"), "strong": Field("bool"), "currency": Field("bool"), "id": _STR},
    "per": {"phrases": _PHRASES, "noun": Field("str", required=True)},
    # comparators.toml, not_quantities.toml
    "comparator": {"phrases": _PHRASES, "value": Field("str", required=True, choices=frozenset(
        {"ge", "gt", "le", "lt", "approx", "eq"})), "side": Field("str", required=True, choices=_SIDE.choices),
        "in_change": Field("str", choices=frozenset({"eq"})), "id": _STR},
    "reject": {"phrases": _PHRASES, "id": Field("str", required=True), "side": Field(
        "str", required=True, choices=_SIDE.choices)},
    # periods.toml
    "time": {"phrases": _PHRASES, "id": Field("str", required=True), "value": Field("number")},
    # indicators.toml, groups.toml
    "indicator": {"id": Field("id", required=True), "phrases": _PHRASES, "name_en": _STR, "name_vi": _STR,
                  "kinds": Field("strs", choices=_KIND.choices), "rate": Field("bool"), "weak": _STRS,
                  "growth": Field("bool"), "not_after": _STRS},
    "group": {"id": Field("id", required=True), "phrases": _PHRASES, "name_en": _STR, "name_vi": _STR,
              "implied_by": _STRS},
    # status.toml, roles.toml
    "status": {"phrases": _PHRASES, "id": Field("str", required=True), "value": Field(
        "str", required=True, choices=frozenset({"actual", "target", "estimate", "norm"})), "scope": Field(
        "str", choices=frozenset({"clause", "noun", "list"})), "strength": Field("number")},
    "role": {"phrases": _PHRASES, "id": Field("str", required=True), "role": Field(
        "str", choices=frozenset({"level", "from", "to", "change"})), "direction": Field(
        "str", choices=frozenset({"up", "down"})), "kind": _STR},
    # clauses.toml
    "break": {"phrases": _PHRASES, "id": Field("str", required=True)},
    # scopes.toml: words that stand for a place
    "scope": {"phrases": _PHRASES, "id": Field("str", required=True)},
    "classword": {"word": Field("str", required=True), "level": _LEVEL, "kind": _STR},
    "region": {"phrases": _PHRASES, "level": _LEVEL, "name": Field("str", required=True)},
    "place_abroad": {"phrases": _PHRASES, "country": Field("str", required=True)},
    # people
    "title": {"phrases": _PHRASES, "id": Field("str", required=True), "kind": Field(
        "str", choices=frozenset({"state", "envoy", "rank", "weak"})), "head": Field("number")},
    "organization": {"phrases": _PHRASES, "id": Field("str", required=True), "kind": Field("str", required=True, choices=frozenset(
        {"head", "named", "local", "full", "field", "country"}))},
    "honorific": {"phrases": _PHRASES, "id": Field("str", required=True, choices=frozenset({"male", "female", "neutral"}))},
    "rank": {"phrases": _PHRASES, "id": Field("str", required=True)},
    "say": {"phrases": _PHRASES, "id": Field("str", required=True)},
    # words that are looked up where they matter and so need not be found in every text
    "surname": {"words": Field("strs", required=True), "strength": Field(
        "str", required=True, choices=frozenset({"strong", "weak"}))},
    "word_set": {"id": Field("str", required=True), "words": Field("strs", required=True)},
    # sections.toml
    "section": {"words": Field("strs", required=True), "id": Field("str", required=True), "kind": Field(
        "str", choices=frozenset({"title", "lead", "body", "caption", "byline", "boilerplate"})), "where": Field(
        "str", required=True, choices=frozenset({"line", "start", "inside", "part"}))},
    "publisher": {"name": Field("str", required=True), "words": Field("strs", required=True), "domains": _STRS},
    # evaluation.toml
    "province_prefix": {"words": Field("strs", required=True)},
    "same_province": {"name": Field("str", required=True), "words": Field("strs", required=True)},
    # any other list of words that a step asks for by name
    "words": {"phrases": _PHRASES, "id": Field("str", required=True)},
}
