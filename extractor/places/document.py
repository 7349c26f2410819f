"""What the article is about."""
from __future__ import annotations
from collections import Counter
from extractor.draft import Draft

def document_provinces(draft: Draft, time: str) -> list[str]:
    c = Counter(m.province for m in draft.places if m.province and m.section not in ("boilerplate",))
    if not c: return []
    (name, n), *rest = c.most_common()
    if rest and rest[0][1]*2 > n: return []
    return [name]
