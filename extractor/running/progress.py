"""How far a run is, on a terminal; nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from extractor.reading import Meter

Show = Callable[[int, int], None]

_BAR: Final = "{percentage:3.0f}%|{bar:20}| {desc}, {elapsed} gone, {remaining} to go"
_OPEN: Final = "{desc}, {elapsed} gone"


@contextmanager
def progress(meter: Callable[[], Meter]) -> Generator[tuple[Show, Meter | None], None, None]:
    """What a run tells how far it is, and the meter for its reading; without a terminal it shows nothing."""
    if not sys.stderr.isatty():
        yield _silent, None
        return
    from tqdm import tqdm

    measure = meter()
    total = None if measure.share() is None else 1.0
    with tqdm(total=total, leave=False, mininterval=0.5, bar_format=_OPEN if total is None else _BAR) as bar:
        yield _shower(bar, measure), measure


def _silent(_reads: int, _failed: int) -> None:
    """Show nothing."""


def _shower(bar: Any, meter: Meter) -> Show:
    """Shows articles, rate, failures and, where the size of the inputs is known, the time that remains.

    What an earlier run has done counts for neither: rate and time are those from the first chunk on.
    """
    begun: list[int] = []

    def show(reads: int, failed: int) -> None:
        share = meter.share()
        if not begun:
            begun.append(reads)
            bar.initial = share or 0.0
            bar.n = bar.initial
        seconds = bar.format_dict["elapsed"]
        rate = f", {(reads - begun[0]) / seconds:,.0f}/s" if seconds > 1 else ""
        bar.set_description_str(f"{reads:,} articles{rate}{f', {failed:,} failed' if failed else ''}", refresh=False)
        bar.update(1 if share is None else max(0.0, share - bar.n))

    return show
