"""Records in words that people read, in Vietnamese and English."""

from __future__ import annotations

from extractor.wording.labels import LANGUAGES, check_language, label, labels, name_of
from extractor.wording.phrases import field_in_words, in_words, number, per_in_words, period_in_words, value_in_words

__all__ = ["LANGUAGES", "check_language", "field_in_words", "in_words", "label", "labels", "name_of", "number",
           "per_in_words", "period_in_words", "value_in_words"]
