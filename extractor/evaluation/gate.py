"""The gate: no measure on the corpus may fall below the floor that was pinned for it.

Floors are pinned together with checksums of the articles and of the code that measures, so that neither can change
unnoticed. `pin` lowers a floor only with a reason, which stays in the file.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from extractor.data import data_folder
from extractor.errors import ExtractorError
from extractor.evaluation.metrics import Scores

_HERE = Path(__file__).resolve().parent
_DIGITS = 10_000  # floors are cut after the fourth decimal
_ROUNDING = 1e-9  # what the last bits of a float may add or take


@dataclass(slots=True)
class Floors:
    """The least that each measure must reach, what it was measured on, and every lowering with its reason."""

    corpus: str = ""
    measures: str = ""
    floors: dict[str, float] = field(default_factory=dict)
    lowered: list[dict[str, Any]] = field(default_factory=list)


def read_floors(path: Path) -> Floors:
    """The floors in the file at `path`; none where there is no such file."""
    if not path.exists():
        return Floors()
    try:
        return Floors(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise ExtractorError(f"{path}: not a file of floors: {error}") from None


def write_floors(floors: Floors, path: Path) -> None:
    """Write the floors to the file at `path`."""
    path.write_text(json.dumps(asdict(floors), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def measured(scores: Scores) -> dict[str, float]:
    """Each measure by its name: F1 of what is found, accuracy of fields, token F1 of subjects."""
    return {**{f"{name} F1": tally.f1 for name, tally in sorted(scores.tallies.items())},
            **{f"{name} accuracy": accuracy.share for name, accuracy in sorted(scores.accuracies.items())},
            "subject token F1": scores.subject}


def corpus_digest(folder: Path) -> str:
    """The checksum over names and bytes of the articles of `folder` and their annotation."""
    return _digest(folder, (p for p in folder.iterdir() if p.suffix in {".txt", ".json"}))


def measures_digest() -> str:
    """The checksum over the code and the words by which extraction and annotation are compared."""
    return _digest(None, [_HERE / "metrics.py", _HERE / "names.py", data_folder("patterns") / "evaluation.toml"])


def _digest(folder: Path | None, files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(files) if folder else files:  # those of the code in the order given, wherever it is installed
        name = path.relative_to(folder).as_posix() if folder else path.name
        total.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return "sha256:" + total.hexdigest()


def below(floors: Floors, scores: Scores) -> list[str]:
    """What has fallen below its floor, a line each."""
    found = measured(scores)
    return [f"{name}: {found.get(name, 0.0):.4f}, floor {floor:.4f}" for name, floor in floors.floors.items()
            if found.get(name, 0.0) < floor - _ROUNDING]


def pin(old: Floors, scores: Scores, corpus: Path, reason: str | None = None) -> Floors:
    """New floors at what `scores` reach on `corpus`. Where one would be lower than before, `reason` must say why."""
    new = {name: math.floor((value + _ROUNDING) * _DIGITS) / _DIGITS for name, value in measured(scores).items()}
    lower = {name: [floor, new.get(name)] for name, floor in old.floors.items() if new.get(name, -1.0) < floor}
    lowered = list(old.lowered)
    if lower:
        if not reason:
            changes = "; ".join(f"{name} {was} → {now}" for name, (was, now) in lower.items())
            raise ExtractorError(f"floors would be lowered: {changes}")
        lowered.append({"reason": reason, "floors": lower})
    return Floors(corpus_digest(corpus), measures_digest(), new, lowered)
