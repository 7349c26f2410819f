"""Expressions of time in the article and their values in the guideline's notation."""

from __future__ import annotations

from extractor.periods.find import find_periods

__all__ = ["find_periods"]
