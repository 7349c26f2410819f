"""Figures in Vietnamese notation and numbers in words.

Vietnamese writes a comma for decimals and a full stop between thousands; the press mixes in the English way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

_GROUP = 3
_THOUSAND = 1000


def parse_figure(text: str, *, decimal: bool = False) -> float:
    """The value of a figure as printed.

    A full stop before exactly three digits separates thousands, a comma is decimal, unless both stand in the figure
    (then the last one is decimal) or one stands several times (thousands). `decimal`: a lone full stop is decimal too,
    as in percentages ("7.488%").

    >>> parse_figure("5.349"), parse_figure("28,94"), parse_figure("1.234,5"), parse_figure("02"), parse_figure("3.5")
    (5349.0, 28.94, 1234.5, 2.0, 3.5)
    """
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        mark = "." if text.rfind(".") > text.rfind(",") else ","
        other = "," if mark == "." else "."
        return float(text.replace(other, "").replace(mark, "."))
    if commas > 1 or dots > 1:
        mark = "," if commas else "."
        parts = text.split(mark)
        if all(len(p) == _GROUP for p in parts[1:]):
            return float("".join(parts))
        # "1.2.3" is no number in any notation; the leading part is all that can be read
        return float(".".join(parts[:2]))
    if commas:
        return float(text.replace(",", "."))
    if dots:
        whole, part = text.split(".")
        if len(part) == _GROUP and not decimal and whole != "0" and len(whole) <= _GROUP:
            return float(whole + part)
        return float(text)
    return float(text)


def thousands_comma(text: str) -> bool:
    """Whether a figure has one comma before exactly three digits ("1,500"), which may be the English thousands mark."""
    whole, comma, part = text.partition(",")
    return bool(comma) and len(part) == _GROUP and part.isdigit() and whole.isdigit() and whole != "0"


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words that numbers are composed of, each with its value."""

    digits: Mapping[str, float]
    tens: Mapping[str, float]
    magnitudes: Mapping[str, float]
    odd: frozenset[str]
    half: frozenset[str]

    @property
    def firsts(self) -> Set[str]:
        """The words that a number may begin with."""
        return self.digits.keys() | self.tens.keys()

    def parse(self, words: Sequence[str], at: int, end: int) -> tuple[float, int] | None:
        """The number in words that begins at token `at`: its value and the token after it; None if there is none.

        "hai mươi mốt" 21, "một trăm lẻ ba" 103, "hai triệu rưỡi" 2,500,000, "mười lăm" 15, "ba vạn" 30,000.
        """
        total = section = 0.0
        current: float | None = None
        magnitude = 0.0
        i = at
        while i < end:
            word = words[i]
            if word in self.digits:
                if current is not None and (current % 10 or not current):
                    break
                current = (current or 0) + self.digits[word]
            elif (value := self.tens.get(word)) is not None:
                if current is None:
                    current = value
                elif 0 < current < value:
                    current *= value
                else:
                    break
            elif (value := self.magnitudes.get(word)) is not None and (current or section or total):
                base = section + (current or 0)
                if value < _THOUSAND:
                    section, current = section + (current or 0) * value, None
                else:
                    # "nghìn tỷ": a magnitude right after another multiplies what stands so far
                    total = total + base * value if base else total * value
                    section, current = 0.0, None
                magnitude = value
            elif word in self.odd and i > at and i + 1 < end and words[i + 1] in self.digits:
                pass  # the digit after it is added
            elif word in self.half and magnitude:
                total += magnitude / 2
                i += 1
                break
            else:
                break
            i += 1
        return (total + section + (current or 0), i) if i > at else None


class Value:
    """A number read: tokens [first, last), its value before the magnitude of a range is shared, its printed figure."""

    __slots__ = ("figure", "first", "in_words", "last", "magnitude", "value")

    def __init__(self, first: int, last: int, value: float, magnitude: float = 1, figure: str = "", *,
                 in_words: bool = False) -> None:
        self.first, self.last, self.value, self.magnitude = first, last, value, magnitude
        self.figure, self.in_words = figure, in_words

    @property
    def total(self) -> float:
        """The value with its magnitude."""
        return round(self.value * self.magnitude, 6) if self.magnitude != 1 else self.value
