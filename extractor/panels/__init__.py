"""Panels: what many articles say about places and periods, in one table with its sources, spread and targets."""

from __future__ import annotations

from extractor.panels.cells import Cell, Pair, Panel, build_panel
from extractor.panels.tables import TABLES, to_frame

__all__ = ["TABLES", "Cell", "Pair", "Panel", "build_panel", "to_frame"]
