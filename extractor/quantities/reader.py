"""Reading one figure or number word: value → range → whole → unit → per → is it a quantity? → comparator (`Finder.read`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from extractor.draft import Draft, Quantity
from extractor.quantities.comparator import set_comparator
from extractor.quantities.figures import Value, parse_figure, thousands_comma
from extractor.quantities.reject import YEARS, Context, Figure, in_code, label_before, long_digits, reason
from extractor.quantities.words import QuantityWords, quantity_words
from extractor.rules.lexicon import Hit

_DASHES = frozenset({"-"})
_MAX_UNIT_GAP = 3
# No article counts further; larger ones are strings of digits.
_LARGEST = 1e30
_FRACTION_MAX = 20
# "750 nghìn", "1,6 tỷ" without any noun are sums of money
_MONEY_MAGNITUDE = 1000
_LIST_DEPTH = 6
_MODIFIERS = 2
_COMPOUND = 4  # syllables of the longest noun that is taken as one unit
_LOOK_BACK = 10
_THOUSAND = 1000


def _by_start(hits: Iterable[Hit]) -> dict[int, list[Hit]]:
    out: dict[int, list[Hit]] = {}
    for hit in hits:
        out.setdefault(hit.first, []).append(hit)
    return out


def _by_end(hits: Iterable[Hit]) -> dict[int, list[Hit]]:
    out: dict[int, list[Hit]] = {}
    for hit in hits:
        out.setdefault(hit.last, []).append(hit)
    return out


class Finder:
    """The figures of an article, with the hits of all lists that say what they are."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.tokens = draft.tokens
        self.text = draft.tokens.text
        self.n = len(draft.tokens)
        self.words: QuantityWords = draft.patterns.part(quantity_words)
        hits = draft.hits
        self.units = {h.first: h for h in hits.get("unit", ())}
        self.pers = _by_start(hits.get("per", ()))
        labels = [*hits.get("reject", ()), *(h for h in hits.get("words", ()) if h.entry.id == "number_of")]
        self.context = Context(draft, self.words, _by_end(labels), _by_start(hits.get("reject", ())))
        self.comparators = hits.get("comparator", ())
        self.taken = self._tokens_of_periods()

    def _tokens_of_periods(self) -> set[int]:
        """Tokens inside an expression of time; a figure there is never a quantity."""
        taken: set[int] = set()
        starts = self.tokens.start
        for period in self.draft.periods:
            if period.kind in ("now", "same_period", "duration") or period.kind.startswith("relative"):
                continue
            first = bisect_left(starts, period.start)
            taken.update(range(first, bisect_left(starts, period.end, first)))
        return taken

    # -- values -------------------------------------------------------------------------------------------------
    def value_at(self, i: int) -> Value | None:
        """The number (figure or words) that begins at token i."""
        if i >= self.n or i in self.taken:
            return None
        if self.tokens.kind[i] == "number":
            figure = self.text[i]
            value, last = parse_figure(figure), i + 1
            magnitude, last = self.magnitude_at(last)
            if magnitude > 1 and self.context.word(last) in self.words.numbers.half:
                # "5 triệu rưỡi"
                return Value(i, last + 1, value + 0.5, magnitude, figure)
            if magnitude == 1 and self._unit_word(last) in ("percent", "percentage_point"):
                value = parse_figure(figure, decimal=True)
            elif magnitude == 1 and thousands_comma(figure) and self._unit_word(last) in ("people", "household", "dong"):
                value = parse_figure(figure.replace(",", "."))
            return Value(i, last, value, magnitude, figure)
        numbers = self.words.numbers
        if self.text[i] in numbers.digits or self.text[i] in numbers.tens:
            parsed = numbers.parse(self.text, i, self.n)
            if parsed and self.text[i] not in self.words.sets["inside"] and (
                    parsed[1] > i + 1 or self._begins_fraction(i) or self._lone_number_word(i)):
                return Value(i, parsed[1], parsed[0], in_words=True)
        return None

    def magnitude_at(self, i: int) -> tuple[float, int]:
        """The product of the magnitude words from token i on ("nghìn tỷ")."""
        magnitude = 1.0
        table = self.words.numbers.magnitudes
        while i < self.n and (value := table.get(self.text[i])) is not None and (
                self.draft.text.norm[self.tokens.end[i - 1]:self.tokens.start[i]] in ("", " ")):
            unit = self.units.get(i)
            if unit is not None and (unit.entry.data.get("factor") or unit.last > i + 1):
                break
            magnitude *= value
            i += 1
        return magnitude, i

    def _unit_word(self, i: int) -> str | None:
        unit = self.units.get(i)
        return unit.entry.id if unit else None

    def _begins_fraction(self, i: int) -> bool:
        return self.context.word(i + 1) in self.words.sets["part"] and self.value_or_digit(i + 2) is not None

    def _lone_number_word(self, i: int) -> bool:
        """A single number word counts only before a strong unit, "một" never (it is the article)."""
        word = self.text[i]
        value = self.words.numbers.digits.get(word, 10)
        if value in (0, 1) or word in self.words.sets["inside"]:
            return False
        before = self.context.word(i - 1)
        if before in self.words.sets["not_number"] or self.tokens.kind[i] != "word":
            return False
        unit = self.units.get(i + 1)
        if unit is None or not unit.entry.data.get("strong"):
            return False
        if word in self.words.sets["year_or_five"] and self.text[i + 1] in self.words.sets["ambiguous_unit"]:
            return False
        norm, start = self.draft.text.norm, self.tokens.start
        if norm[start[i]].isupper() and i and self.tokens.kind[i - 1] == "word":
            return False
        return norm[self.tokens.end[i]:start[i + 1]] == " " and not (
            norm[start[i + 1]].isupper() and norm[start[i + 1]:unit.end].istitle())

    # -- one quantity -------------------------------------------------------------------------------------------
    def read(self, i: int) -> tuple[Quantity | None, int]:
        """The quantity that begins at token i, and the token to go on from."""
        low = self.value_at(i)
        if low is None:
            return None, i + 1
        if low.total > _LARGEST:
            return None, low.last
        fraction = self._fraction(low)
        if fraction is not None:
            return fraction
        high, last, from_unit = self._range(low)
        of: float | None = None
        if high is None:
            of, last = self._whole(low, last)
        unit, last_unit = self._unit(last)
        if unit is None and high is None and of is None and (shared := self._shared_unit(low, last)) is not None:
            unit, magnitude = shared
            if low.magnitude == 1:
                low.magnitude = magnitude
            return self._listed(low, last, unit)
        if unit is None and from_unit is not None:
            unit, last_unit = from_unit, last
        number = low if high is None else high
        noun = self._noun(last) if unit is None and not number.in_words else None
        kind, canonical, factor = self._describe(unit, number, noun and noun[0])
        if max(high.total if high is not None else 0, of or 0, low.total) * factor > _LARGEST:
            return None, last
        figure = Figure(low.first, last, low.value, low.figure, unit, kind,
                        low.magnitude > 1 or (high is not None and high.magnitude > 1), low.in_words)
        if reason(figure, self.context):
            return None, last
        end = self.tokens.end[(noun[1] if noun is not None else last_unit) - 1]
        per, outer = self._per(last_unit)
        quantity = Quantity(
            self.tokens.start[low.first], end, low.first, last_unit, kind or "other", low.total * factor,
            None if high is None else high.total * factor, canonical, per, None if of is None else of * factor,
            outer_start=self.tokens.start[low.first], outer_end=max(end, self.tokens.end[outer - 1]),
            unit_id=unit.entry.id if unit is not None else None)
        set_comparator(self.draft, quantity, self.comparators, outer)
        return quantity, outer

    def _fraction(self, low: Value) -> tuple[Quantity | None, int] | None:
        """"một nửa", "hai phần ba", "2/5 diện tích": a share of a whole as percent; None if it is no fraction."""
        last = low.last
        if low.in_words or low.magnitude == 1:
            part = self.words.sets["part"]
            if self.context.word(last) in part and (under := self.value_or_digit(last + 1)) is not None and under[0] > 0:
                return self._percent(low.first, under[1], low.value / under[0] * 100)
        if (self.context.word(last) == "/" and not low.in_words and low.magnitude == 1 and last + 1 < self.n
                and self.tokens.kind[last + 1] == "number"
                and self.tokens.end[last - 1] == self.tokens.start[last]):
            under_value = parse_figure(self.text[last + 1])
            after = last + 2
            if self.units.get(after) is None and self.magnitude_at(after)[1] == after and 0 < low.value < under_value <= _FRACTION_MAX and low.value == int(low.value):
                if self._label_before(low) or not self._share_context(low.first, after):
                    return None, after
                return self._percent(low.first, after, low.value / under_value * 100)
        return None

    def value_or_digit(self, i: int) -> tuple[float, int] | None:
        """The value of a figure or of a single digit in words at token i, and the token after it."""
        if i < self.n and self.tokens.kind[i] == "number":
            return parse_figure(self.text[i]), i + 1
        if i < self.n and self.text[i] in self.words.numbers.digits:
            return self.words.numbers.digits[self.text[i]], i + 1
        return None

    def _label_before(self, low: Value) -> bool:
        return any(h.entry.list == "reject" for h in self.context.before.get(low.first, ()))

    def _share_context(self, first: int, after: int) -> bool:
        """Words beside a bare fraction that make it a share: "1/3 số hộ", "chiếm 1/10", "khoảng 1/3"."""
        shares = self.words.sets["share"]
        around = (self.context.word(first - 1), self.context.word(first - 2), self.context.word(after))
        return any(word in shares for word in around)

    def _percent(self, first: int, last: int, value: float) -> tuple[Quantity, int]:
        tokens = self.tokens
        quantity = Quantity(tokens.start[first], tokens.end[last - 1], first, last, "percent", value, None, "%",
                            outer_start=tokens.start[first], outer_end=tokens.end[last - 1])
        set_comparator(self.draft, quantity, self.comparators, last)
        return quantity, last

    def _range(self, low: Value) -> tuple[Value | None, int, Hit | None]:
        """The upper end of "1%-1,5%", "02 - 2,5%", "85 đến 90 triệu", the token after it, and the unit in between."""
        i = low.last
        unit = self.units.get(i)
        if unit is not None and (unit.entry.data.get("strong")):
            between = unit.last
        else:
            unit, between = None, i
        word = self.context.word(between)
        to = self.words.sets["to"]
        if word not in _DASHES and word not in to:
            return None, low.last, None
        if word in to and unit is not None and self._changes_from(low.first):
            return None, low.last, None
        high = self.value_at(between + 1)
        if high is None or high.in_words != low.in_words:
            return None, low.last, None
        if word in _DASHES and self._chain(low, high):
            return None, low.last, None
        high_unit = self.units.get(high.last)
        if unit is None and high_unit is None and high.magnitude == 1:
            return None, low.last, None
        if unit is not None and (high_unit is None or high_unit.entry.id != unit.entry.id):
            return None, low.last, None
        # "85 đến 90 triệu": a magnitude behind both is that of both
        shared = high.magnitude if low.magnitude == 1 and unit is None else low.magnitude
        if low.value * shared >= high.total:
            return None, low.last, None
        low.magnitude = shared
        return high, high.last, high_unit

    def _chain(self, low: Value, high: Value) -> bool:
        """"73% - 75% - 96%": three numbers in a row are a list, whichever two of them are looked at."""
        before = low.first - 1
        if self.context.word(before) in _DASHES and before and self.tokens.kind[self._unit_ends.get(before, before) - 1] == "number":
            return True
        unit = self.units.get(high.last)
        after = unit.last if unit is not None else high.last
        return self.context.word(after) in _DASHES and after + 1 < self.n and self.tokens.kind[after + 1] == "number"

    @cached_property
    def _unit_ends(self) -> dict[int, int]:
        """The tokens before which a unit ends, each with the unit's first."""
        return {unit.last: unit.first for unit in self.units.values()}

    def _changes_from(self, first: int) -> bool:
        """"giảm từ 28% đến 24%": two levels of a change and no range, since a verb of change stands before "từ"."""
        return self.context.word(first - 1) in self.words.sets["since"] and first - 1 in self._verbs_of_change

    @cached_property
    def _verbs_of_change(self) -> set[int]:
        """The tokens before which one ends."""
        return {h.last for h in self.draft.hits.get("role", ()) if h.entry.data.get("kind") == "verb"}

    def _whole(self, low: Value, last: int) -> tuple[float | None, int]:
        """The whole of "11/11 huyện", "16,6/21,9km", "52 xã/136 xã": its value and the token where the unit begins.

        A magnitude behind both is that of both: "32/50 tỷ đồng".
        """
        i = last
        unit = self.units.get(i)
        if unit is not None:
            i = unit.last
            # "17 hộ nghèo/50 hộ": a word or two may stand between the unit and the stroke
            for _ in range(_MODIFIERS):
                if self.context.word(i) != "/" and i < self.n and self.tokens.kind[i] == "word":
                    i += 1
        if self.context.word(i) != "/" or i + 1 >= self.n or self.tokens.kind[i + 1] != "number" or i + 1 in self.taken:
            return None, last
        value = parse_figure(self.text[i + 1])
        magnitude, after = self.magnitude_at(i + 2)
        if unit is not None:
            same = self.units.get(after)
            if same is None or same.entry.id != unit.entry.id or magnitude != 1:
                return None, last
            return value, after
        if self.units.get(after) is None and self._noun(after) is None:
            return None, last
        if not value:
            return None, last
        if low.magnitude == 1:
            low.magnitude = magnitude
        return value * magnitude, after

    def _unit(self, i: int) -> tuple[Hit | None, int]:
        """The unit noun at token i and the token after it."""
        unit = self.units.get(i)
        if unit is not None and self._adjacent(i) and not self._initial(unit):
            return unit, unit.last
        return None, i

    def _initial(self, unit: Hit) -> bool:
        """A single capital ("9 M") is part of a name and no metre."""
        return unit.end - unit.start == 1 and self.draft.text.norm[unit.start].isupper()

    def _shared_unit(self, low: Value, i: int, depth: int = 0) -> tuple[Hit, float] | None:
        """The unit that a bare figure shares with the one after it: "30, 50 và 70%", "240.000 và 202.000 người"."""
        if depth > _LIST_DEPTH or low.in_words or self.context.word(i) not in self.words.sets["list_joint"]:
            return None
        if low.figure.isdigit() and len(low.figure) == 4 and low.value in YEARS:
            return None
        following = self.value_at(i + 1)
        if following is None or following.in_words:
            return None
        unit = self.units.get(following.last)
        if unit is not None and unit.entry.data.get("kind") in ("percent", "money", "people") and self._adjacent(unit.first):
            return unit, following.magnitude
        return self._shared_unit(following, following.last, depth + 1)

    def _listed(self, low: Value, last: int, unit: Hit) -> tuple[Quantity | None, int]:
        """A quantity whose unit stands with a later figure of the same list."""
        kind, canonical, factor = self._describe(unit, low, None)
        figure = Figure(low.first, last, low.value, low.figure, None, None, False, False)
        if any(rule(figure, self.context) for rule in (in_code, long_digits, label_before)):
            return None, last
        quantity = Quantity(self.tokens.start[low.first], self.tokens.end[last - 1], low.first, last, kind or "other",
                            low.total * factor, None, canonical, outer_start=self.tokens.start[low.first],
                            outer_end=self.tokens.end[last - 1], unit_id=unit.entry.id)
        set_comparator(self.draft, quantity, self.comparators, last)
        return quantity, last

    def _adjacent(self, i: int) -> bool:
        gap = self.draft.text.norm[self.tokens.end[i - 1]:self.tokens.start[i]]
        return len(gap) <= _MAX_UNIT_GAP and not gap.strip()

    def _noun(self, i: int) -> tuple[str, int] | None:
        """A noun at token i that can be the unit of a count although no list names it, and the token after it."""
        if i >= self.n or self.tokens.kind[i] != "word" or not self._adjacent(i):
            return None
        word = self.text[i]
        if word in self.words.sets["no_unit"] or len(word) < 2 or self.draft.text.norm[self.tokens.start[i]].isupper():
            return None
        for n in range(min(_COMPOUND, self.n - i), 1, -1):
            if (compound := " ".join(self.text[i:i + n])) in self.words.sets["compound"]:
                return compound, i + n
        return word, i + 1

    def _describe(self, unit: Hit | None, number: Value, noun: str | None) -> tuple[str | None, str | None, float]:
        """(kind, unit as it is named, factor) of a number with `unit`, or else with `noun`; money where a bare "tỷ" stands."""
        if unit is not None:
            data = unit.entry.data
            printed = self.draft.text.norm[unit.start:unit.end]
            return data.get("kind"), data.get("canonical") or printed, float(data.get("factor", 1))
        if noun is None and number.magnitude >= _MONEY_MAGNITUDE and not number.in_words:
            return "money", self.words_for_money(), 1.0
        if noun is not None:
            return "other", noun, 1.0
        if "." in number.figure and number.value >= _THOUSAND:
            return self._counted_before(number.first)
        return None, None, 1.0

    def _counted_before(self, first: int) -> tuple[str | None, str | None, float]:
        """"dân số dự kiến là 273.000": the unit of a bare thousands figure is the noun counted before it."""
        for i in range(first - 1, max(-1, first - _LOOK_BACK), -1):
            if self.tokens.kind[i] == "newline":
                break
            unit = self.units.get(i)
            if unit is not None and unit.entry.data.get("kind") in ("people", "households"):
                return unit.entry.data.get("kind"), self.draft.text.norm[unit.start:unit.end], 1.0
        return "other", None, 1.0

    def words_for_money(self) -> str:
        """The name of the country's money, for sums that are printed without it."""
        rules = [r for r in self.draft.patterns.rules.get("unit", ()) if r.get("id") == "dong"]
        return str(rules[0].get("canonical")) if rules else ""

    def _per(self, i: int) -> tuple[str | None, int]:
        """"/năm", "/người/năm", "mỗi năm" after the unit: the English nouns joined, and the token after them."""
        nouns: list[str] = []
        while True:
            at = i + 1 if self.context.word(i) == "/" else i
            hits = [h for h in self.pers.get(at, ()) if at > i or h.last - h.first > 1]
            if not hits:
                break
            hit = max(hits, key=lambda h: h.last)
            nouns.append(str(hit.entry.data.get("noun")))
            i = hit.last
        return ("-".join(nouns) or None), i
