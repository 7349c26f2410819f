"""Python's cyclic garbage collection, put off while an article is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_put_off() -> Iterator[None]:
    """No garbage collection in here, if it is on at all.

    The records of a long article are millions of objects that all live till its end; the collector would go through
    them again and again for nothing, a third of the time, and in a long article more than in ten short ones.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
