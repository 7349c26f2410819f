"""MinHash signatures of texts: the share of equal slots of two estimates the share of word sequences in common."""

from __future__ import annotations

import re
import sys
from array import array
from typing import Final

from extractor.reading.extras import needed
from extractor.text.normalize import Text

#: Slots of a signature, each four bytes.
SLOTS: Final = 128
_WORDS: Final = 5  # of a sequence: so long ones make reports of one kind (lottery, price of gold) differ by their figures
_SEED: Final = 1
_WORD: Final = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """The signature of a text, 512 bytes; nothing for a text without words, which is a copy of none.

    Case, punctuation, blanks, composed or decomposed letters and the placement of tones make no difference.
    """
    words = _WORD.findall(Text(text).fold)
    if not words:
        return b""
    with needed("dedup", "rensa", "finding near-duplicates"):
        from rensa import RMinHash
    sketch = RMinHash(num_perm=SLOTS, seed=_SEED)
    sketch.update([" ".join(words[i:i + _WORDS]) for i in range(max(1, len(words) - _WORDS + 1))])
    slots = array("I", sketch.digest())
    if sys.byteorder == "big":
        slots.byteswap()
    return slots.tobytes()
