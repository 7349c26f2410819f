"""Placeholder while its step is being written."""

from __future__ import annotations

from extractor.draft import Draft


def set_speakers(draft: Draft) -> None:
    """Fill the draft."""
