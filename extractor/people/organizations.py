"""Where the name of a body ends: a reader that goes on from its first noun, word by word, until no rule takes it on.

"Giám đốc [Sở Lao động - Thương binh và Xã hội tỉnh Cao Bằng] cho biết": the field of the department is a phrase of
``patterns/people/organizations.toml``, "tỉnh" brings a place, and after a place only a connecting word goes on.
"""

from __future__ import annotations

from extractor.people.body_rules import capitals, go_on, read_on
from extractor.people.reader import Body, begin
from extractor.people.view import View

__all__ = ["Body", "read_body"]


def read_body(view: View, i: int, *, envoy: bool = False, dashed: bool = False, apposed: bool = False,
              ministry: bool = True, head_from: int | None = None) -> Body | None:
    """The body whose name begins at token `i` (after "của" or the like), or None.

    `head_from`: its noun has been read already as the end of the title and began there ("Trưởng [ban]");
    `ministry`: a field of work alone is the whole name ("Bộ trưởng Y tế", not "Cục trưởng Y tế dự phòng");
    `envoy`, `dashed`, `apposed`: see `reader.Reader`.
    """
    reader = begin(view, i, head_from)
    if reader is None:
        return None
    if reader.kind == "field" and not ministry:
        reader.kind, reader.closed = "head", False
    reader.envoy, reader.dashed, reader.apposed = envoy, dashed, apposed
    if reader.kind == "bare" and not (go_on(reader) or capitals(reader)):
        return None
    read_on(reader)
    if reader.last <= (i if head_from is not None else reader.first):
        return None
    return Body(reader.first, reader.last, reader.kind, reader.foreign or reader.sealed, reader.foreign)
