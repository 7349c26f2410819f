"""How far a run is, on a terminal; nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final

_BAR: Final = "{percentage:3.0f}%|{bar:20}| {desc}, {elapsed} gone, {remaining} to go"
_OPEN: Final = "{desc}, {elapsed} gone"


class Bar:
    """A line that shows articles, rate, failures and, where the size of the inputs is known, the time that remains.

    ``share`` says which part of the inputs has been read, 0 to 1, or None where that cannot be said.
    """

    def __init__(self, bar: Any, share: Callable[[], float | None], done: int) -> None:
        self._bar, self._share, self._done = bar, share, done
        self._first = share() or 0.0

    def __call__(self, reads: int, failed: int) -> None:
        """Show it, at most some times a second."""
        seconds = self._bar.format_dict["elapsed"]
        rate = f", {(reads - self._done) / seconds:,.0f}/s" if seconds > 1 else ""
        self._bar.set_description_str(f"{reads:,} articles{rate}{f', {failed:,} failed' if failed else ''}", refresh=False)
        share = self._share()
        self._bar.update((share or 0.0) - self._bar.n if self._bar.total else 1)


class Silent:
    """Shows nothing."""

    def __call__(self, reads: int, failed: int) -> None:
        """Show nothing."""


@contextmanager
def progress(share: Callable[[], float | None], done: int = 0) -> Generator[Bar | Silent, None, None]:
    """A `Bar` while the error stream is a terminal; ``done`` articles were passed in an earlier run."""
    if not sys.stderr.isatty():
        yield Silent()
        return
    from tqdm import tqdm

    first = share()
    with tqdm(total=1.0 if first is not None else None, initial=first or 0.0, leave=False, mininterval=0.5,
              bar_format=_OPEN if first is None else _BAR) as bar:
        yield Bar(bar, share, done)
