"""The one class of errors that the toolkit raises on purpose."""

from __future__ import annotations


class ExtractorError(Exception):
    """Something is wrong with an input, a pattern file or an option; the message is one clear line."""
