"""The panel as one self-contained HTML page: a table that can be sorted and filtered, each row with its sources."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from importlib.resources import files

from extractor.panels.cells import Cell, Pair, Panel
from extractor.panels.maps import BOTH, LEVELS
from extractor.panels.outcomes import RESULTS
from extractor.panels.phrases import groups_in_words, pair_in_words, target_in_words, value_in_words
from extractor.panels.sources import LEFT_OUT, Source
from extractor.panels.tables import AGREEMENTS, values_in_words
from extractor.panels.tables import agreement as agreement_of
from extractor.places.units import NEW, OLD
from extractor.wording import label, name_of, period_in_words

#: Columns: table and key of the label, and whether they sort as numbers.
_HEAD = (("field", "indicator", False), ("field", "place", False), ("field", "period", False), ("field", "groups", False),
         ("field", "value", True), ("panel", "target", True), ("panel", "articles", True), ("ui", "sure", True))
_PLAIN = {"met": "met", "missed": "missed", "open": "open-period", "unclear": "unclear"}


@cache
def _file(name: str) -> str:
    return (files("extractor.panels") / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def _fill(words: str, values: Mapping[str, object]) -> str:
    for name, value in values.items():
        words = words.replace(f"{{{name}}}", str(value))
    return words


class _Page:
    """Makes the parts of the page in one language."""

    def __init__(self, panel: Panel, language: str) -> None:
        self.panel, self.language = panel, language
        self.pairs: dict[object, list[Pair]] = {}
        for pair in panel.pairs:
            self.pairs.setdefault(pair.target.key, []).append(pair)

    def say(self, table: str, key: str) -> str:
        return escape(label(table, key, self.language))

    def pill(self, table: str, key: str, style: str = "") -> str:
        return f'<span class="pill {style or key}">{self.say(table, key)}</span>'

    def head(self) -> str:
        return "".join(f'<th scope="col"{" data-numeric" if numeric else ""}><button type="button">'
                       f"{self.say(table, key)}</button></th>" for table, key, numeric in _HEAD)

    def cell(self, content: str, sort: object, style: str = "") -> str:
        shown = "" if sort is None else escape(str(sort))
        return f'<td class="{style}" data-sort="{shown}">{content}</td>'

    def place(self, cell: Cell) -> str:
        key = cell.key
        words = key.place
        whole = key.part is None
        if not whole and key.part != key.province:
            words = _fill(label("panel", "part_of", self.language), {"part": key.place, "province": key.province})
        note = {OLD: "old_map", NEW: "new_map"}.get((key.map or BOTH) if whole else OLD)
        shown = note is not None and (whole or key.part == key.province)
        return escape(words) + (f"<small>{self.say('panel', note or '')}</small>" if shown else "")

    def row(self, cell: Cell) -> str:
        key, choice = cell.key, cell.value
        found = [pair.result for pair in self.pairs.get(key, ()) if pair.result]
        stated = agreement_of(cell)
        value = value_in_words(cell, self.language)
        status = choice.source.observation.status if choice else None
        low = cell.total if cell.total is not None else choice.source.observation.low if choice else None
        target = target_in_words(cell, self.language)
        sure = max((c.source.observation.confidence for c in (choice, cell.target) if c),
                   default=min((c.value.source.observation.confidence for c in cell.parts if c.value), default=0.0))
        pills = [("status", status)] if status not in (None, "actual") else []
        pills += [("agreement", stated)] if stated in ("conflict", "several", "compatible") else []
        marks = " ".join(self.pill(table, word) for table, word in pills if word)
        columns = [
            self.cell(f'<button type="button" class="toggle" aria-expanded="false" aria-label="{self.say("panel", "sources")}">'
                      f"</button>{escape(name_of('indicator', key.indicator, self.language))}"
                      + (f"<small>{escape(cell.subject)}</small>" if cell.subject else ""), key.indicator),
            self.cell(self.place(cell), key.place),
            self.cell(escape(period_in_words(key.period, self.language)), key.period, "nowrap"),
            self.cell(escape(groups_in_words(key, self.language)), "; ".join(key.groups)),
            self.cell((f'<span class="number">{escape(value)}</span>' if value else f"<small>{self.say('panel', 'no_value')}</small>")
                      + (f"<small>{marks}</small>" if marks else ""), low),
            self.cell((f'<span class="nowrap">{escape(target)}</span>' if target else "")
                      + "".join(f"<small>{self.pill('result', r, _PLAIN[r])}</small>" for r in found[:1]),
                      cell.target.source.observation.low if cell.target else None),
            self.cell(str(n := max((c.articles for c in (choice, cell.target) if c), default=len(cell.parts))), n, "nowrap"),
            self.cell(f"{round(sure * 100)}%", sure, "nowrap")]
        marked = ["target"] * (target is not None) + sorted(set(found))
        return (f'<tbody data-indicator="{escape(key.indicator)}" data-level="{key.level}" data-agreement="{stated or ""}" '
                f'data-comparable="{"yes" if key.comparable else "no"}" '
                f'data-result="{" ".join(marked)}" data-confidence="{sure:g}"><tr>{"".join(columns)}</tr>'
                f'<tr class="detail" hidden><td colspan="{len(_HEAD)}" class="more">{self.detail(cell)}</td></tr></tbody>\n')

    def detail(self, cell: Cell) -> str:
        facts: list[tuple[str, str]] = []
        for choice, title in ((cell.value, "values"), (cell.target, "target")):
            if choice is not None and (len(choice.counts) > 1 or choice.articles > 1):
                facts += [(self.say("panel", title), escape(values_in_words(choice, self.language))),
                          (self.say("panel", "choice"), self.say("choice", choice.criterion))]
        facts += [(self.say("panel", "outcome"),
                   escape(pair_in_words(pair, self.language)) + f" – {self.say('basis', pair.basis or '')}")
                  for pair in self.pairs.get(cell.key, ()) if pair.result]
        terms = "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in facts)
        return (f"<dl>{terms}</dl>" if terms else "") + "".join(map(self.source, cell.sources))

    def source(self, source: Source) -> str:
        document, o = source.article.extraction.document, source.observation
        said = escape(source.sentence) if source.sentence is not None else f"<i>{self.say('panel', 'no_text')}</i>"
        name = escape(document.title or source.article.name)
        if document.url and document.url.lower().startswith(("http://", "https://")):
            name = f'<a href="{escape(document.url)}" rel="noreferrer">{name}</a>'
        by = [f"<b>{escape(o.text)}</b>", self.say("status", o.status), name, escape(source.article.name)]
        by += [escape(period_in_words(document.published, self.language))] if document.published else []
        return f"<blockquote>{said}</blockquote><p class=\"by\">{' · '.join(by)}</p>"

    def select(self, by: str, every: str, options: Iterable[tuple[str, str]]) -> str:
        listed = "".join(f'<option value="{escape(value)}">{words}</option>' for value, words in options)
        return (f'<select data-by="{by}" aria-label="{every}"><option value="">{every}</option>{listed}</select>'
                if listed else "")

    def selects(self) -> str:
        counts = Counter(c.key.indicator for c in self.panel.cells)
        named = sorted((name_of("indicator", i, self.language), i) for i in counts)
        levels = {c.key.level for c in self.panel.cells}
        agreements = {agreement_of(c) for c in self.panel.cells}
        results = {p.result for p in self.panel.pairs}
        return "".join((
            self.select("indicator", self.say("ui", "all_indicators"),
                        ((i, f"{escape(name)} ({counts[i]})") for name, i in named)),
            self.select("level", self.say("panel", "all_levels"),
                        ((x, self.say("place_level", x)) for x in LEVELS if x in levels)),
            self.select("agreement", self.say("panel", "all_agreements"),
                        ((x, self.say("agreement", x)) for x in AGREEMENTS if x in agreements)),
            self.select("result", self.say("panel", "all_results"),
                        [("target", self.say("panel", "with_target"))] * bool(self.panel.pairs)
                        + [(x, self.say("result", x)) for x in RESULTS if x in results])))

    def left_out(self) -> str:
        reasons = [_fill(label("left_out", reason, self.language), {"n": self.panel.left_out[reason]})
                   for reason in LEFT_OUT if reason in self.panel.left_out]
        return escape(label("panel", "left_out", self.language) + ", ".join(reasons) + ".") if reasons else ""


def page(panel: Panel, *, language: str = "vi", title: str | None = None, provinces: str = "then") -> str:
    """The page as a string; the same panel gives the same page."""
    made = _Page(panel, language)
    style, script = _file("page.css"), _file("page.js")
    policy = (f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; "
              "form-action 'none'")
    counts = {"cells": len(panel.cells), "articles": panel.independent_articles, "all": len(panel.articles)}
    filled = {
        "language": language, "policy": policy, "title": escape(title or label("panel", "title", language)), "style": style,
        "summary": escape(_fill(label("panel", "summary", language), counts)), "note": made.say("panel", f"note_{provinces}"),
        "left_out": made.left_out(), "caution": made.say("panel", "caution"), "filter": made.say("panel", "filter"),
        "selects": made.selects(), "min_confidence": made.say("panel", "min_confidence"), "head": made.head(),
        "of_total": made.say("ui", "of_total"), "rows": "".join(map(made.row, sorted(panel.cells, key=lambda c: not c.key.comparable))),
        "comparable": made.say("panel", "comparable"),
        "nothing": made.say("ui", "nothing"), "script": script}
    out = []
    for number, part in enumerate(_file("page.html").split("{{")):
        name, _, rest = part.partition("}}") if number else ("", "", part)
        out.append((filled[name] if number else "") + rest)
    return "".join(out)
