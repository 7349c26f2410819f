"""One self-contained HTML page: template, style, script and data put together, all of it inside the page.

The article's words reach the page only as JSON in which no character can end the script element, and the script makes
only text nodes of them; the page's own policy forbids anything that is not of the page.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from extractor.patterns import Patterns
from extractor.records import Extraction, Observation
from extractor.report.texts import text_of
from extractor.wording import LANGUAGES, label, labels, name_of, per_in_words, period_in_words, value_in_words

#: Tables of labels that the script reads.
_TABLES = ("field", "kind", "status", "role", "direction", "comparator", "level", "check", "missing", "ui")
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


@cache
def _source(name: str) -> str:
    return (files("extractor.report") / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    parts = sorted(part.name for part in (files("extractor.report") / "script").iterdir() if part.name.endswith(".js"))
    return "(() => {\n\"use strict\";\n" + "\n".join(_source(f"script/{name}") for name in parts) + "\n})();"


def safe_json(value: Any) -> str:
    r"""JSON that may stand inside an HTML element: no "<", ">", "&" and no line separators of JavaScript.

    >>> safe_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    out = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        out.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair
        out = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return out.translate(_UNSAFE)


def _both(words: Any) -> dict[str, str]:
    return {language: words(language) for language in LANGUAGES}


def _observation(o: Observation) -> dict[str, Any]:
    """The fields that the page shows, without those that are null, and what needs grammar already in words."""
    value = {name: item for name, item in o.to_dict().items() if item is not None}
    value["value_words"] = _both(lambda language: value_in_words(o, language))
    if o.period is not None:
        value["period_words"] = _both(lambda language: period_in_words(o.period or "", language))
    if o.per is not None:
        value["per_words"] = _both(lambda language: per_in_words(o.per or "", language))
    return value


def article_data(extraction: Extraction, folder: Path | None = None) -> dict[str, Any]:
    """What the page holds of one article, as JSON values."""
    text, missing = text_of(extraction, folder)
    document = extraction.document
    places: list[dict[str, Any]] = [
        {"name": p.name, "level": "province", "province": p.name, "code": p.code, "mentions": p.mentions}
        for p in extraction.provinces]
    places += [{"name": p.name, "level": p.level, "province": p.province, "district": p.district, "code": p.code,
                "mentions": p.mentions} for p in extraction.places]
    for place in places:
        place["mentions"] = [{"start": m.start, "end": m.end} for m in place["mentions"]]
    return {
        "id": document.id, "path": document.path, "title": document.title, "published": document.published,
        "published_words": document.published and _both(lambda language: period_in_words(document.published or "", language)),
        "publisher": document.publisher, "authors": document.authors, "provinces": document.provinces,
        "characters": document.characters, "text": text, "missing": missing,
        "sections": [s.to_dict() for s in document.sections],
        "observations": [_observation(o) for o in extraction.observations],
        "targets": [t.to_dict() for t in extraction.targets],
        "officials": [{**f.to_dict(), "mentions": [{"start": m.start, "end": m.end} for m in f.mentions]}
                      for f in extraction.officials],
        "places": places,
        "periods": [{"start": p.start, "end": p.end,
                     "words": p.value and _both(lambda language, v=p.value: period_in_words(v, language))}
                    for p in extraction.periods],
        "checks": [c.to_dict() for c in extraction.checks], "warnings": extraction.warnings}


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def page(extractions: Iterable[Extraction], *, title: str | None = None, language: str = "vi",
         folder: Path | None = None, patterns: Patterns | None = None) -> str:
    """The page as a string; the same documents give the same page."""
    articles = [article_data(extraction, folder) for extraction in extractions]
    indicators = sorted({o["indicator"] for a in articles for o in a["observations"]})
    groups = sorted({g for a in articles for o in a["observations"] for g in o["groups"]})
    data = {
        "title": title, "language": language, "labels": {table: labels()[table] for table in _TABLES},
        "names": {"indicator": {i: _both(lambda lang, i=i: name_of("indicator", i, lang, patterns)) for i in indicators},
                  "group": {g: _both(lambda lang, g=g: name_of("group", g, lang, patterns)) for g in groups}},
        "articles": articles}
    style, script = _source("page.css"), _script()
    policy = (f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
              "base-uri 'none'; form-action 'none'")
    filled = {"policy": policy, "title": html.escape(title or label("ui", "title", language)), "style": style,
              "no_script": html.escape(label("ui", "no_script", language)), "script": script, "data": safe_json(data)}
    out = []
    for number, part in enumerate(_source("page.html").split("{{")):
        name, _, rest = part.partition("}}") if number else ("", "", part)
        out.append((filled[name] if number else "") + rest)
    return "".join(out)
