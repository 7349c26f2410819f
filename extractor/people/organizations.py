"""Where the name of a body ends: a reader that goes on from its first noun, word by word, until a rule says stop.

"Giám đốc [Sở Lao động - Thương binh và Xã hội tỉnh Cao Bằng] cho biết": the field of the department is a phrase of
``patterns/people/organizations.toml``, "tỉnh" brings a place, and after a place only a connecting word goes on.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractor.people.names import run_end, split_run
from extractor.people.view import View
from extractor.rules.lexicon import Hit

_LONGEST = 34  # tokens
_LONGEST_RUN = 12
_CLOSED_KINDS = frozenset({"local", "full", "field", "country"})


@dataclass(slots=True)
class Body:
    """The name of a body: tokens [first, last); ``kind`` of its first noun, "class" (a place) or "bare" (capitals).

    ``foreign``: it ends with another country or a whole body, so that a foreign name may follow; ``abroad``: with
    another country.
    """

    first: int
    last: int
    kind: str
    foreign: bool = False
    abroad: bool = False


@dataclass(slots=True)
class _Reader:
    view: View
    first: int
    at: int
    kind: str
    last: int
    closed: bool  # nothing but a place, a name or a connecting word may follow
    placed: bool = False  # a place has been read: no further capitals
    sealed: bool = False  # the last phrase is a whole body or country: foreign capitals after it are a person
    foreign: bool = False
    envoy: bool = False
    dashed: bool = False  # the post stands between dashes: a dash ends it
    apposed: bool = False  # a name has been given already: what follows is no further name

    def take(self, upto: int, *, closed: bool | None = None) -> bool:
        self.at = self.last = upto
        if closed is not None:
            self.closed = closed
        return True


def read_body(view: View, i: int, *, envoy: bool = False, dashed: bool = False, apposed: bool = False,
              head_from: int | None = None) -> Body | None:
    """The body whose name begins at token `i` (after "của" or the like), or None.

    `head_from`: its noun has been read already as the end of the title and began there ("Trưởng [ban]").
    """
    reader = _begin(view, i, head_from)
    if reader is None:
        return None
    reader.envoy, reader.dashed, reader.apposed = envoy, dashed, apposed
    if reader.kind == "bare" and not _capitals(reader):
        return None
    while reader.at < view.n and reader.at - reader.first < _LONGEST and not view.stops(reader.at):
        if not any(rule(reader) for rule in RULES):
            break
    if head_from is not None and reader.last <= i:
        return None
    if reader.last <= reader.first:
        return None
    return Body(reader.first, reader.last, reader.kind, reader.foreign or reader.sealed, reader.foreign)


def _begin(view: View, i: int, head_from: int | None) -> _Reader | None:
    if head_from is not None:
        return _Reader(view, head_from, i, "head", i, closed=False)
    hit = view.bodies.get(i)
    if hit is not None and i not in view.says:
        kind = str(hit.entry.data.get("kind"))
        if kind != "field" or view.cap(i) or view.words.sets["place_class"].at(view.text, hit.last):
            return _Reader(view, i, hit.last, kind, hit.last, closed=kind in _CLOSED_KINDS, placed=kind == "country",
                           sealed=kind in ("full", "country"), foreign=kind == "country" and not _is_home(view, i))
    after = view.words.sets["place_class"].at(view.text, i)
    if after:
        return _Reader(view, i, i, "class", i, closed=True)
    if view.cap(i):
        return _Reader(view, i, i, "bare", i, closed=True)
    return None


def _is_home(view: View, i: int) -> bool:
    return view.words.sets["home"].at(view.text, i) > 0


def _known_phrase(r: _Reader) -> bool:
    """A field of work, a country, or another body that this one belongs to."""
    view = r.view
    hit = view.bodies.get(r.at)
    if hit is None or _ends_at_title(r):
        return False
    kind = hit.entry.data.get("kind")
    if kind == "field":
        return not r.placed and r.take(hit.last, closed=r.closed or (view.cap(r.at) and _field_ends(r)))
    if kind == "country":
        if r.placed or not view.cap(r.at) or _name_begins(r, r.at) or _own_name(r) or not _alone(view, hit):
            return False
        r.placed, r.sealed, r.foreign = True, True, not _is_home(view, r.at)
        return r.take(hit.last, closed=True)
    if not view.cap(r.at) and r.closed and r.placed and kind in ("head", "named"):
        return False
    r.placed, r.sealed = False, kind == "full"
    return r.take(hit.last, closed=kind in _CLOSED_KINDS)


def _alone(view: View, hit: Hit) -> bool:
    """Whether a country is meant, not the first word of a name ("Anh Tuấn", "Việt Nam Press")."""
    return hit.last - hit.first > 1 or not view.cap(hit.last) or hit.last in view.titles or not (
        view.words.is_vietnamese(view.text[hit.first]) and run_end(view, hit.first) - hit.first == 2
        and view.words.is_vietnamese(view.text[hit.last]))


def _field_ends(r: _Reader) -> bool:
    return r.first == r.at or r.view.words.sets["field_ends"].before(r.view.text, r.at) is not None


def _own_name(r: _Reader) -> bool:
    """Whether what follows is the proper name of a school or company, right after its noun."""
    return r.kind == "named" and r.at == r.last and r.last - r.first <= LONGEST_OWN


def _go_on(r: _Reader) -> bool:
    upto = r.view.words.sets["body_go_on"].at(r.view.text, r.at)
    return bool(upto) and not r.placed and r.take(upto)


def _place_class(r: _Reader) -> bool:
    """"tỉnh Cao Bằng", "quận 1", "của thôn": the class word and its name."""
    upto = r.view.words.sets["place_class"].at(r.view.text, r.at)
    if not upto or r.placed:
        return False
    text = r.view.text
    before = r.at
    r.take(upto, closed=True)
    if r.view.cap(upto):
        stop = r.view.place_end(before)
        if stop > upto:
            r.take(stop)
        else:
            _capitals(r, after_class=before)
        r.placed = True
    elif upto < r.view.n and text[upto].isdigit() and r.view.kind[upto] == "number":
        r.take(upto + 1)
        r.placed = True
    return True


def _capitals(r: _Reader, after_class: int | None = None) -> bool:
    """A run of capitals: all of it, or what stands before a person's name in it."""
    view = r.view
    i = r.at
    if not view.cap(i) or _ends_at_title(r):
        return False
    if r.placed or (r.sealed and after_class is None and _foreign_name(view, i)):
        return False
    if r.kind == "field" and after_class is None and view.place_end(i) == i and view.form[i].isalpha() and not view.form[i].isupper():
        return False  # "Bộ trưởng Ngoại giao Ri Yong Ho": only a place or country follows the field
    if view.kind[i] == "abbr":
        return r.take(i + 1)
    j = max(_run_of_body(view, i), i + 1)
    own = _own_name(r)
    listed = after_class is not None and view.text[after_class] in view.words.sets["province_class"]
    k = j if r.apposed and not (listed and j - i > 2) else split_run(view, i, j)
    if own and k == i:
        k = split_run(view, i + 1, j) if j - i > LONGEST_OWN else j
    if k == i:
        return False
    r.take(k)
    r.sealed = r.foreign = False
    if view.place_end(i) >= k or k - i >= 2:
        r.closed = True
    elif k == j and after_class is None and view.words.is_vietnamese(view.text[i]) and k not in view.says:
        r.closed = False
    if k < j:
        r.placed = True
    return True


def _foreign_name(view: View, i: int) -> bool:
    return run_end(view, i) - i >= 2 and not view.words.is_vietnamese(view.text[i])


def _run_of_body(view: View, i: int) -> int:
    """As `run_end`, but the run ends before a word that goes on otherwise ("ATGT | Quốc gia", "Y tế | Sở")."""
    j = run_end(view, i, _LONGEST_RUN)
    go_on = view.words.sets["body_go_on"]
    for k in range(i + 1, j):
        hit = view.bodies.get(k)
        if go_on.at(view.text, k) or (hit is not None and hit.last > k + 1 and hit.entry.data.get("kind") != "country"):
            return k
    return j


LONGEST_OWN = 4


def _name_begins(r: _Reader, i: int) -> bool:
    if r.apposed:
        return False
    j = run_end(r.view, i, _LONGEST_RUN)
    return j - i >= 2 and split_run(r.view, i, j) == i


def _of(r: _Reader) -> bool:
    """"của Quốc hội", "thuộc Bộ Y tế", "về Giảm nghèo", "tại Philippin": goes on if a body or name follows."""
    view, word, i = r.view, r.view.text[r.at], r.at + 1
    if word not in view.words.sets["body_of"]:
        return False
    if word in view.words.sets["envoy_of"] and not r.envoy:
        return False
    follows = view.cap(i) or i in view.bodies or view.words.sets["place_class"].at(view.text, i) > 0
    if not follows or i in view.honorifics or i in view.titles or _name_begins(r, i):
        return False
    r.at, r.closed, r.placed = i, False, False
    return True


def _and(r: _Reader) -> bool:
    """"và" goes on with a description, not with another person or body."""
    view, i = r.view, r.at + 1
    if view.text[r.at] not in view.words.sets["body_and"] or r.placed or i >= view.n:
        return False
    if i in view.honorifics or i in view.ranks or i in view.titles or i in view.says or view.stops(i):
        return False
    hit = view.bodies.get(i)
    if r.closed and not (hit is not None and hit.entry.data.get("kind") == "field") and not view.cap(i):
        return False
    if (hit is not None and hit.entry.data.get("kind") != "field") or _name_begins(r, i):
        return False
    if r.view.kind[i] not in ("word", "abbr") or view.words.sets["body_stop"].at(view.text, i):
        return False
    r.at = i
    return True


def _dash(r: _Reader) -> bool:
    """"Dân số - Kế hoạch hóa gia đình" goes on, "Cục X - ông Y" and "- phó giám đốc Sở Y - cho biết" don't."""
    view, i = r.view, r.at + 1
    if view.text[r.at] != "-" or r.dashed or i >= view.n:
        return False
    if i in view.honorifics or i in view.ranks or i in view.titles or i in view.says or _name_begins(r, i):
        return False
    if view.kind[i] not in ("word", "abbr") or view.words.sets["body_stop"].at(view.text, i):
        return False
    glued = view.glued(r.at) and view.glued(i)
    if not glued and r.closed and not view.cap(i):
        return False
    r.at, r.closed, r.placed = i, r.closed and not view.cap(i), False
    return True


def _abbreviation(r: _Reader) -> bool:
    """"An toàn giao thông (ATGT) Quốc gia": an abbreviation in brackets stays inside a name that goes on."""
    view, i = r.view, r.at
    if view.text[i] != "(":
        return False
    close = next((k for k in range(i + 1, min(i + 9, view.n)) if view.text[k] == ")"), 0)
    if not close or not all(view.form[k][0].isupper() or view.kind[k] != "word" for k in range(i + 1, close)):
        return False
    k = close + 1
    if view.text[k:k + 1] == ["-"] and k + 1 in view.bodies:
        k += 1
    goes_on = (view.cap(k) and not _name_begins(r, k) and k not in view.titles and k not in view.honorifics
               and k not in view.ranks) or (k in view.bodies and not r.view.stops(k)) or (
                   view.words.sets["place_class"].at(view.text, k) > 0)
    if not goes_on:
        return False
    r.at = k
    return True


def _number(r: _Reader) -> bool:
    """"Bệnh viện 108", "Trung tâm cấp cứu 115", "quận 1"."""
    view = r.view
    if view.kind[r.at] != "number" or r.placed or not view.text[r.at].isdigit() or r.at != r.last:
        return False
    r.placed = True
    return r.take(r.at + 1, closed=True)


def _quoted(r: _Reader) -> bool:
    """The name of a company in quotation marks."""
    view, i = r.view, r.at
    if view.text[i] != '"' or r.kind != "named" or r.at - r.first > 5:
        return False
    close = next((k for k in range(i + 2, min(i + 8, view.n)) if view.text[k] == '"'), 0)
    return bool(close) and view.cap(i + 1) and r.take(close + 1, closed=True)


def _joint(r: _Reader) -> bool:
    """Marks that hold a name together: "HIV/AIDS", "P&G"."""
    view, i = r.view, r.at
    return view.text[i] in "/&'" and view.glued(i) and i + 1 < view.n and view.glued(i + 1) and r.take(i + 2)


def _description(r: _Reader) -> bool:
    """A word in small letters that describes the body's work."""
    view, i = r.view, r.at
    if r.closed or view.kind[i] != "word" or view.cap(i):
        return False
    if _ends_at_title(r) or (i in view.honorifics and view.cap(i + 1)):
        return False
    if view.words.sets["body_stop"].at(view.text, i) or view.text[i] in view.words.sets["body_of"]:
        return False
    hit = view.says.get(i)
    if hit is not None and i > r.first and not _names_work(r, hit):
        return False
    return r.take(i + 1)


def _names_work(r: _Reader, hit: Hit) -> bool:
    """Whether a verb is part of the name: "Ban chỉ đạo", "An ninh thông tin"."""
    if hit.entry.id == "say_or_noun":
        return r.view.words.sets["after_speech"].at(r.view.text, hit.last) == 0
    return hit.entry.id == "act" and hit.first <= r.first + 1


def _ends_at_title(r: _Reader) -> bool:
    """Another post ends the name, except right after its noun: "Cục Quản lý …", "Đoàn ĐBQH", "Ban Giám đốc"."""
    return r.at in r.view.titles and (r.at > r.first + 1 or r.at == r.first)


RULES = (_known_phrase, _go_on, _place_class, _of, _and, _dash, _abbreviation, _number, _quoted, _joint, _capitals,
         _description)
