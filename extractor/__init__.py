"""Numbers, targets, officials and places out of Vietnamese press articles.

>>> import extractor
>>> doc = extractor.extract("Năm 2023, tỷ lệ hộ nghèo tỉnh Cao Bằng giảm 4,23%.")
>>> o = doc.percentages[0]
>>> o.low, o.indicator, o.role, o.direction, o.place, o.period, o.status
(4.23, 'poverty_rate', 'change', 'down', 'Cao Bằng', '2023', 'actual')
"""

from __future__ import annotations

from extractor.api import extract, extract_many, load, panel, read, show, to_dataframe
from extractor.draft import Article
from extractor.errors import ExtractorError
from extractor.records import Extraction, Observation
from extractor.version import __version__

__all__ = ["Article", "Extraction", "ExtractorError", "Observation", "__version__", "extract", "extract_many", "load",
           "panel", "read", "show", "to_dataframe"]
