"""Numbers that measure something: their value, unit, kind and comparator."""

from __future__ import annotations

from extractor.quantities.find import find_quantities

__all__ = ["find_quantities"]
