"""Libraries that only some users need: one clear error where one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from extractor.errors import ExtractorError


@contextmanager
def needed(extra: str, library: str, purpose: str) -> Iterator[None]:
    """Import `library` in here; `ExtractorError` that names the extra where it is not installed."""
    try:
        yield
    except ImportError as error:
        raise ExtractorError(f"{purpose} needs {library} ({error}): pip install 'extractor[{extra}]'") from None
