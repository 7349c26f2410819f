"""Comparing two outputs of the extractor: which records appeared, vanished, changed, and in which field."""
