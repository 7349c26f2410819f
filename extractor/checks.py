"""Placeholder."""
from extractor.records import Check, Extraction
def run_checks(extraction: Extraction) -> list[Check]:
    return []
