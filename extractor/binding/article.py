"""What the binding steps need to know about the whole article: topics, title, leading sentences, main places and times."""

from __future__ import annotations

from collections import Counter

from extractor.binding.spot import Article
from extractor.draft import Draft, PeriodMention, PlaceMention
from extractor.patterns import Patterns
from extractor.rules.lexicon import Hit

_SKIPPED = frozenset({"boilerplate", "byline"})
_UNITS = ("district", "commune", "village")
#: How many places of each level are proposed wherever a number stands.
_OFTEN = {"province": 3, "district": 1, "commune": 1, "region": 1, "foreign": 2}
_NORM_STEP = 4
_HEADING = 110


def _section(draft: Draft, offset: int) -> str:
    sentence = draft.sentence_at(offset)
    return sentence.section if sentence is not None else "body"


def _topics(draft: Draft) -> tuple[dict[str, int], frozenset[str]]:
    """How many sentences name each indicator by a phrase of its own, and which the title names."""
    seen: set[tuple[str, int]] = set()
    title: set[str] = set()
    for hit in draft.hits.get("indicator", ()):
        sentence = draft.sentence_at(hit.start)
        if sentence is None or sentence.section in _SKIPPED:
            continue
        seen.add((hit.entry.id, sentence.index))
        if sentence.section in ("title", "lead"):
            title.add(hit.entry.id)
    return dict(sorted(Counter(key for key, _ in seen).items())), frozenset(title)


def _leads(draft: Draft) -> dict[int, int]:
    """For each sentence under a line that ends in a colon (a list or heading): the index of that line's sentence."""
    leads: dict[int, int] = {}
    current: int | None = None
    end_paragraph = -1
    norm = draft.text.norm
    for sentence in draft.sentences:
        if current is not None and sentence.paragraph > end_paragraph + 12:
            current = None
        if current is not None and sentence.section == "body":
            leads[sentence.index] = current
        if norm[sentence.start:sentence.end].rstrip().endswith(":"):
            current, end_paragraph = sentence.index, sentence.paragraph
    return leads


def _main_unit(mentions: list[PlaceMention]) -> PlaceMention | None:
    """The district or smaller unit that the article mentions far more often than any other."""
    counts = Counter((m.level, m.name) for m in mentions if m.level in _UNITS and not m.in_organization)
    if not counts:
        return None
    (key, most), *others = counts.most_common(2)
    if most < 2 or (others and others[0][1] * 2 > most):
        return None
    return next(m for m in mentions if (m.level, m.name) == key)


def gather(draft: Draft) -> Article:
    """Collect the article's context; lookups that only some steps need go to ``draft.cache``."""
    topics, title_topics = _topics(draft)
    title_status: set[str] = set()
    norms = 0
    title_end = max((s.end for s in draft.sections if s.kind == "title"), default=0)
    for hit in draft.hits.get("status", ()):
        if hit.entry.id == "rule":
            norms += 1
        elif hit.entry.id != "done" and hit.start < title_end and _section(draft, hit.start) == "title":
            title_status.add(hit.entry.id)
    published = draft.meta.published
    article = Article(draft, topics, title_topics, frozenset(title_status), int(published[:4]) if published else draft.cache.get("year"),
                      min(norms * 1000 // (len(draft.text.norm) + 500) // _NORM_STEP, 3), _leads(draft))
    article.cues = _cues(draft)
    article.main_topics = sorted(topics, key=lambda name: (-topics[name], name))
    _times(draft)
    _places(draft)
    return article


def _cues(draft: Draft) -> dict[int, tuple[str, bool, int, bool]]:
    """For each sentence the last cue of a goal, estimate or rule before it: its id, whether it stands in the same
    paragraph, how many sentences back (capped), and whether words of the past stand in between.
    """
    by_sentence: dict[int, list[str]] = {}
    at, sentences = 0, draft.sentences
    for hit in draft.hits.get("status", ()):
        if hit.entry.id == "done":
            continue
        while at < len(sentences) and sentences[at].end <= hit.start:
            at += 1
        if at < len(sentences) and sentences[at].start <= hit.start:
            by_sentence.setdefault(at, []).append(hit.entry.id)
    out: dict[int, tuple[str, bool, int, bool]] = {}
    last: tuple[str, int, int] | None = None
    past = False
    for sentence in draft.sentences:
        if last is not None:
            out[sentence.index] = (last[0], last[1] == sentence.paragraph, min(sentence.index - last[2], 4), past)
        for name in by_sentence.get(sentence.index, ()):
            if name in ("past", "not_met"):
                past = True
            else:
                last, past = (name, sentence.paragraph, sentence.index), False
    return out


def _times(draft: Draft) -> None:
    by_sentence: dict[int, list[PeriodMention]] = {}
    years: Counter[str] = Counter()
    first: dict[str, PeriodMention] = {}
    title: list[PeriodMention] = []
    # where a time begins that "so với" stands before; the phrase may take in the time's first word ("so với năm" 2021)
    bases = draft.cache["bases"] = {i for h in draft.hits.get("time", ()) if h.entry.id == "compared_with"
                                    for i in range(h.start + 1, h.end + 2)}
    for m in draft.periods:
        sentence = draft.sentence_at(m.start)
        if sentence is None or sentence.section in _SKIPPED:
            continue
        # "so với năm 2021" names the base of a comparison and speaks for nothing below
        if m.start in bases or m.kind == "same_period" or (m.kind == "duration" and not m.others):
            continue
        by_sentence.setdefault(sentence.index, []).append(m)
        if m.value is not None and m.kind != "day":
            years[m.value] += 1
            first.setdefault(m.value, m)
            if sentence.section in ("title", "lead"):
                title.append(m)
    recent: dict[int, list[PeriodMention]] = {}
    headings: dict[int, PeriodMention] = {}
    last: list[PeriodMention] = []
    heading: PeriodMention | None = None
    norm = draft.text.norm
    for sentence in draft.sentences:
        recent[sentence.index] = last
        if heading is not None:
            headings[sentence.index] = heading
        here = [m for m in by_sentence.get(sentence.index, ()) if m.value is not None or m.others]
        if here:
            last = [*reversed(here), *last][:4]
            # a short line without a full stop, or one that ends in a colon, speaks for what stands below it
            if norm[sentence.end - 1] == ":" or (sentence.end - sentence.start < _HEADING and norm[sentence.end - 1] not in ".!?…"):
                heading = here[-1] if here[-1].value is not None else heading
    draft.cache["periods_of"] = by_sentence
    draft.cache["recent_periods"] = recent
    draft.cache["heading_periods"] = headings
    draft.cache["title_periods"] = title[:2]
    draft.cache["main_periods"] = [(v, first[v]) for v, _ in sorted(years.items(), key=lambda kv: (-kv[1], first[kv[0]].start))]


def _places(draft: Draft) -> None:
    latest: dict[int, dict[str, PlaceMention]] = {}
    current: dict[str, PlaceMention] = {}
    mentions = sorted(draft.places, key=lambda m: m.start)
    body = [m for m in mentions if m.section not in _SKIPPED]
    at = 0
    for sentence in draft.sentences:
        latest[sentence.index] = dict(current)
        while at < len(mentions) and mentions[at].start < sentence.end:
            m = mentions[at]
            if m.section not in _SKIPPED and not m.in_organization:
                current[m.level] = m
            at += 1
    draft.cache["latest_places"] = latest
    draft.cache["main_places"] = list(draft.document_provinces)
    draft.cache["main_unit"] = _main_unit(body)
    draft.cache["title_place"] = next((m for m in body if m.section == "title" and m.level != "country"), None)
    draft.cache["province_names"] = len({m.province for m in body if m.province})
    draft.cache["mentioned"] = _mentioned(mentions)
    draft.cache["country"] = draft.patterns.part(_country)
    draft.cache["foreign"] = min(sum(m.level == "foreign" for m in body), 3)
    draft.cache["country_mentions"] = min(
        sum(m.level == "country" for m in body) + sum(h.entry.id == "country" for h in _hits(draft, "scope")), 3)


def _mentioned(mentions: list[PlaceMention]) -> list[tuple[PlaceMention, int, int]]:
    """The places that the article names most, of each level a few: the first mention that stands for a place itself, how
    often it is named, and its rank among those of its level. Names of organisations count too ("Tòa án TP Cần Thơ").
    """
    first: dict[tuple[str, str], PlaceMention] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for m in mentions:
        if m.section in _SKIPPED or m.level not in _OFTEN:
            continue
        key = (m.level, m.name)
        counts[key] += 1
        if key not in first or (first[key].in_organization and not m.in_organization):
            first[key] = m
    ranks: Counter[str] = Counter()
    out = []
    for key, n in sorted(counts.items(), key=lambda kv: (-kv[1], first[kv[0]].start)):
        if ranks[key[0]] < _OFTEN[key[0]]:
            out.append((first[key], n, ranks[key[0]]))
            ranks[key[0]] += 1
    return out


def _country(patterns: Patterns) -> str:
    """The name of the country itself."""
    return next((str(r.get("name")) for r in patterns.rules.get("region", ()) if r.get("level") == "country"), "")


def _hits(draft: Draft, name: str) -> list[Hit]:
    return draft.hits.get(name, [])
