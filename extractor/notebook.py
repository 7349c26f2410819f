"""What Jupyter shows of extractions: the marked text and a table, as an HTML fragment that needs nothing else.

Every word of an article is escaped. Marks are see-through tints, so that they suit light and dark notebooks.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, SupportsIndex, overload

from extractor.records import Extraction, Observation
from extractor.wording import check_language, field_in_words, in_words, label, name_of, period_in_words, value_in_words

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 20  # articles of a list that are shown
_STYLE = """<style>
.extractor-view{font-size:14px;line-height:1.5}
.extractor-view .text{max-width:52em;max-height:28em;overflow:auto;padding:.6em 1em;border:1px solid rgba(128,128,128,.3);border-radius:8px;line-height:1.85;white-space:pre-wrap;overflow-wrap:anywhere}
.extractor-view .text span{border-radius:3px}
.extractor-view .number{background:rgba(70,110,255,.22);font-weight:600;padding:.05em .15em}
.extractor-view .number.target{background:rgba(240,140,20,.3)}
.extractor-view .goal{text-decoration:underline 2px rgba(225,125,20,.9);text-underline-offset:.25em}
.extractor-view .place{background:rgba(30,170,90,.2)}
.extractor-view .official{background:rgba(150,80,230,.2)}
.extractor-view table{border-collapse:collapse;margin-top:.8em;font-size:13px;font-variant-numeric:tabular-nums}
.extractor-view th,.extractor-view td{padding:.3em .8em;text-align:left;vertical-align:top;border-bottom:1px solid rgba(128,128,128,.25)}
.extractor-view .scroll{max-height:26em;overflow:auto}
.extractor-view summary{cursor:pointer;padding:.35em 0;font-weight:600}
.extractor-view .faint{opacity:.72;font-weight:400}
</style>"""
_COLUMNS = ("text", "value", "indicator", "subject", "groups", "place", "period", "status", "role", "confidence")


def _marks(extraction: Extraction, language: str) -> Iterator[tuple[int, int, str, str]]:
    """Marks of the text: start, end, class, words to show on hovering."""
    for o in extraction.observations:
        name = name_of("indicator", o.indicator, language)
        yield o.start, o.end, "number target" if o.status == "target" else "number", f"{name}: {in_words(o, language)}"
    for t in extraction.targets:
        yield t.start, t.end, "goal", ""
    for f in extraction.officials:
        for m in f.mentions:
            yield m.start, m.end, "official", ", ".join(part for part in (f.name, f.title, f.organization) if part)
    for province in extraction.provinces:
        for m in province.mentions:
            yield m.start, m.end, "place", province.name
    for place in extraction.places:
        for m in place.mentions:
            yield m.start, m.end, "place", ", ".join(
                part for part in (label("level", place.level, language), place.name, place.district, place.province) if part)


def marked_text(extraction: Extraction, text: str, language: str = "en") -> str:
    """`text` as HTML with numbers, goals, officials and places in spans; nothing of it is markup."""
    marks = sorted(_marks(extraction, language))
    cuts = sorted({0, len(text), *(offset for start, end, *_ in marks for offset in (start, end))})
    out, open_marks, following = [], list[tuple[int, int, str, str]](), 0
    for start, end in itertools.pairwise(cuts):
        while following < len(marks) and marks[following][0] <= start:
            open_marks.append(marks[following])
            following += 1
        open_marks = [mark for mark in open_marks if mark[1] > start]
        words = escape(text[start:end])
        if open_marks:
            classes = " ".join(dict.fromkeys(mark[2] for mark in open_marks))
            title = escape(" · ".join(dict.fromkeys(mark[3] for mark in open_marks if mark[3])))
            words = f'<span class="{classes}" title="{title}">{words}</span>'
        out.append(words)
    return "".join(out)


def _cell(o: Observation, column: str, language: str) -> str:
    if column == "value":
        return value_in_words(o, language)
    if column == "confidence":
        return f"{o.confidence:.2f}"
    if column in ("text", "subject", "place"):
        return getattr(o, column) or ""
    return field_in_words(o, column, language) or ""


def _table(extraction: Extraction, language: str) -> str:
    head = "".join(f"<th>{escape(label('field', column, language))}</th>" for column in _COLUMNS)
    rows = "".join("<tr>" + "".join(f"<td>{escape(_cell(o, column, language))}</td>" for column in _COLUMNS) + "</tr>"
                   for o in extraction.observations)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _name(extraction: Extraction) -> str:
    document = extraction.document
    return document.title or document.id or document.path or document.sha256[:12]


def _body(extraction: Extraction, language: str) -> str:
    text = extraction.text
    shown = (f'<div class="text" lang="vi">{marked_text(extraction, text, language)}</div>' if text is not None
             else f'<p class="faint">{escape(label("ui", "no_text", language))}</p>')
    return shown + _table(extraction, language)


def extraction_html(extraction: Extraction, language: str = "en") -> str:
    """The fragment for one article."""
    return f'{_STYLE}<div class="extractor-view">{_body(extraction, check_language(language))}</div>'


class Extractions(list[Extraction]):
    """A list of extractions that shows itself in a notebook and becomes one table."""

    language = "en"

    @overload
    def __getitem__(self, key: SupportsIndex) -> Extraction: ...
    @overload
    def __getitem__(self, key: slice) -> Extractions: ...
    def __getitem__(self, key: SupportsIndex | slice) -> Extraction | Extractions:
        """One extraction, or some as a list of the same kind."""
        if isinstance(key, slice):
            return show(super().__getitem__(key), language=self.language)
        return super().__getitem__(key)

    def to_dataframe(self, table: str = "observations") -> pd.DataFrame:
        """One table over all of them; see `extractor.to_dataframe`."""
        from extractor.frames import to_dataframe

        return to_dataframe(self, table)

    def _repr_html_(self) -> str:
        """What Jupyter shows: the articles, each folded up but the first."""
        language, parts = self.language, []
        for number, extraction in enumerate(self[:_SHOWN]):
            document = extraction.document
            facts = [period_in_words(document.published, language) if document.published else "", ", ".join(document.provinces),
                     f"{len(extraction.observations)} {label('ui', 'numbers', language).lower()}"]
            about = escape(" · ".join(fact for fact in facts if fact))
            parts.append(f"<details{'' if number else ' open'}><summary>{escape(_name(extraction))} "
                         f'<span class="faint">{about}</span></summary>{_body(extraction, language)}</details>')
        if len(self) > _SHOWN:
            more = label("ui", "more", language).replace("{n}", str(len(self) - _SHOWN))
            parts.append(f'<p class="faint">{escape(more)}</p>')
        return f'{_STYLE}<div class="extractor-view">{"".join(parts)}</div>'


def show(extractions: Extraction | Iterable[Extraction], *, language: str = "en") -> Extractions:
    """Extractions as a list that a notebook shows: marked text and table of each; `language` is "en" or "vi"."""
    shown = Extractions([extractions] if isinstance(extractions, Extraction) else extractions)
    shown.language = check_language(language)
    return shown
