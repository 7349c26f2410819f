"""Pictures of a panel, for print and for notebooks: maps of provinces, time series, targets against outcomes.

They need matplotlib (``pip install 'extractor[plot]'``). Each function takes the table that `extractor.panel` gives and
returns a matplotlib figure; `save` writes it as PNG, SVG or PDF.
"""

from __future__ import annotations

from extractor.plot.maps import province_map
from extractor.plot.series import time_series
from extractor.plot.shapes import geojson
from extractor.plot.style import save
from extractor.plot.targets import target_outcome

__all__ = ["geojson", "province_map", "save", "target_outcome", "time_series"]
