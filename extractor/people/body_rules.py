"""How the name of a body goes on: ordered rules, each of which takes the reader over some tokens or leaves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.people.names import split_run
from extractor.people.reader import CLOSED_KINDS, LONGEST, Reader, begin, is_home
from extractor.people.runs import run_end
from extractor.people.view import View
from extractor.rules.lexicon import Hit

_LONGEST_RUN = 12  # capitals in one run
_LONGEST_NOUN = 4  # tokens before the proper name of a school or company


def read_on(r: Reader) -> None:
    """Take the reader to the end of the name."""
    while r.at < r.view.n and r.at - r.first < LONGEST and not r.view.stops(r.at):
        if not any(rule(r) for rule in RULES):
            return


def known_phrase(r: Reader) -> bool:
    """A field of work, a country, or another body that this one belongs to."""
    view = r.view
    hit = view.bodies.get(r.at)
    if hit is None or _ends_at_title(r) or (r.at in view.says and not view.cap(r.at)):
        return False
    kind = view.body_kind(hit)
    if kind == "field":
        return not r.placed and r.take(hit.last, closed=r.closed or (view.cap(r.at) and _field_ends(r)))
    if kind == "country":
        if r.placed or not view.cap(r.at) or _name_begins(r, r.at) or _own_name(r) or not _alone(view, hit):
            return False
        r.placed, r.sealed, r.foreign = True, True, not is_home(view, r.at)
        return r.take(hit.last, closed=True)
    plain = not view.cap(r.at) and kind in ("head", "named")
    if plain and ((r.closed and r.placed) or (not r.closed and hit.last - hit.first == 1)):
        return False  # "thị trường", "cơ quan": a noun of the description
    r.placed, r.sealed, r.parent = False, kind == "full", r.parent or view.cap(r.at)
    return r.take(hit.last, closed=kind in CLOSED_KINDS)


def _alone(view: View, hit: Hit) -> bool:
    """Whether a country is meant, not the first word of a name ("Anh Tuấn", "Việt Nam Press")."""
    return hit.last - hit.first > 1 or not view.cap(hit.last) or hit.last in view.titles or not (
        view.words.is_vietnamese(view.text[hit.first]) and run_end(view, hit.first) - hit.first == 2
        and view.words.is_vietnamese(view.text[hit.last]))


def _field_ends(r: Reader) -> bool:
    return r.first == r.at or r.view.words.sets["field_ends"].before(r.view.text, r.at) is not None


def _own_name(r: Reader) -> bool:
    """Whether what follows is the proper name of a school or company, right after its noun."""
    return r.kind == "named" and r.at == r.last and r.last - r.first <= _LONGEST_NOUN


def go_on(r: Reader) -> bool:
    """Words that would end the name by themselves but are part of many ("người có công", "nhỏ và vừa")."""
    upto = r.view.words.sets["body_go_on"].at(r.view.text, r.at)
    return bool(upto) and not r.placed and r.take(upto, closed=r.closed or (upto > r.at + 1 and r.view.cap(upto - 1)))


def place_class(r: Reader) -> bool:
    """"tỉnh Cao Bằng", "quận 1", "của thôn": the class word and its name."""
    upto = r.view.words.sets["place_class"].at(r.view.text, r.at)
    if not upto or r.placed:
        return False
    text = r.view.text
    if not r.closed and not r.view.cap(r.at) and not r.view.cap(upto) and text[upto:upto + 1] != [","] and (
            upto < r.view.n and r.view.kind[upto] == "word"):
        return False  # "cấp nước sạch", "bản quyền": a word of the description
    before = r.at
    r.take(upto, closed=True)
    if r.view.cap(upto):
        stop = r.view.place_end(before)
        country = r.view.bodies.get(upto)
        if stop > upto:
            r.take(stop)
        elif country is not None and r.view.body_kind(country) == "country":
            r.foreign = not is_home(r.view, upto)
            r.take(country.last)
        else:
            capitals(r, after_class=before)
        r.placed = True
    elif upto < r.view.n and text[upto].isdigit() and r.view.kind[upto] == "number":
        r.take(upto + 1)
        r.placed = True
    return True


def capitals(r: Reader, after_class: int | None = None) -> bool:
    """A run of capitals: all of it, or what stands before a person's name in it."""
    view = r.view
    i = r.at
    if not view.cap(i) or _ends_at_title(r):
        return False
    if r.placed or (r.sealed and after_class is None and _foreign_name(view, i)):
        return False
    if r.kind == "field" and after_class is None and view.place_end(i) == i and view.form[i].istitle():
        return False  # "Bộ trưởng Ngoại giao Ri Yong Ho": only a place or country follows the field
    if view.kind[i] == "abbr":
        return r.take(i + 1, closed=r.closed or view.place_end(i) > i)
    j = max(_run_of_body(view, i), i + 1)
    own = _own_name(r)
    listed = after_class is not None and view.text[after_class] in view.words.sets["province_class"]
    k = j if r.apposed and not (listed and j - i > 2) else split_run(view, i, j)
    if own and k == i and not _is_director(r, i, j):
        k = split_run(view, i + 1, j) if j - i > _LONGEST_NOUN else j
    if k == i:
        return False
    r.take(k)
    r.sealed = r.foreign = False
    if view.place_end(i) >= k or k - i >= 2 or not view.words.is_vietnamese(view.text[i]):
        r.closed = True
    elif k == j and after_class is None and k not in view.says:
        r.closed = False
    if k < j:
        r.placed = True
    return True


def _is_director(r: Reader, i: int, j: int) -> bool:
    """"Giám đốc Trung tâm Lê Văn Tám"."""
    view = r.view
    return (view.words.sets["not_named_after_people"].at(view.text, r.first) == i and j - i in (3, 4)
            and view.text[i] in view.words.strong and view.text[i + 1] in view.words.middle)


def _foreign_name(view: View, i: int) -> bool:
    return run_end(view, i) - i >= 2 and not view.words.is_vietnamese(view.text[i])


def _run_of_body(view: View, i: int) -> int:
    """As `run_end`, but the run ends before a word that goes on otherwise ("ATGT | Quốc gia", "Y tế | Sở")."""
    j = run_end(view, i, _LONGEST_RUN)
    go_on = view.words.sets["body_go_on"]
    for k in range(i + 1, j):
        hit = view.bodies.get(k)
        if go_on.at(view.text, k) or (hit is not None and hit.last > k + 1 and view.body_kind(hit) != "country"):
            return k
    return j


def _name_begins(r: Reader, i: int) -> bool:
    """Whether a person's name begins at token `i`."""
    if r.apposed:
        return False
    j = run_end(r.view, i, _LONGEST_RUN)
    return j - i >= 2 and split_run(r.view, i, j) == i


def joined(r: Reader) -> bool:
    """"của Quốc hội", "thuộc Bộ Y tế", "về Giảm nghèo", "tại Philippin": goes on if a body or name follows."""
    view, word, i = r.view, r.view.text[r.at], r.at + 1
    if word not in view.words.sets["body_of"]:
        return False
    if word in view.words.sets["envoy_of"] and not r.envoy:
        return False
    follows = view.cap(i) or i in view.bodies or view.words.sets["place_class"].at(view.text, i) > 0
    if word in view.words.sets["open_of"] and not r.closed and i < view.n and view.kind[i] == "word":
        follows = follows or not (view.words.sets["body_stop"].at(view.text, i) or i in view.says)
    if not follows or i in view.honorifics or i in view.titles or _name_begins(r, i) or _points_back(view, i):
        return False
    r.at, r.closed, r.placed = i, False, False
    return True


def _points_back(view: View, i: int) -> bool:
    """"của ngân hàng này" names nothing."""
    hit = view.bodies.get(i)
    after = hit.last if hit is not None else view.words.sets["place_class"].at(view.text, i)
    return bool(after) and view.words.sets["demonstrative"].at(view.text, after) > 0


def and_(r: Reader) -> bool:
    """"và" goes on with a description, not with another person or body."""
    view, i = r.view, r.at + 1
    if view.text[r.at] not in view.words.sets["body_and"] or r.placed or i >= view.n:
        return False
    if i in view.honorifics or i in view.ranks or i in view.titles or i in view.says or view.stops(i):
        return False
    hit = view.bodies.get(i)
    if r.closed and not (hit is not None and view.body_kind(hit) == "field") and not view.cap(i):
        return False
    if (hit is not None and view.body_kind(hit) != "field") or _name_begins(r, i):
        return False
    if r.view.kind[i] not in ("word", "abbr") or view.words.sets["body_stop"].at(view.text, i):
        return False
    r.at = i
    return True


def dash(r: Reader) -> bool:
    """"Dân số - Kế hoạch hóa gia đình" goes on, "Cục X - ông Y" and "- phó giám đốc Sở Y - cho biết" don't."""
    view, i = r.view, r.at + 1
    if view.text[r.at] != "-" or i >= view.n or (r.dashed and not (i in view.bodies and view.cap(i))):
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


def parent(r: Reader) -> bool:
    """"Vụ Hợp tác quốc tế, Bộ Y tế", "Phòng Nhà ở (Sở Xây dựng)": the body that an inner unit is part of."""
    view, i = r.view, r.at
    sets = view.words.sets
    if not view.mark(i, ",(") or r.parent:
        return False
    hit = view.bodies.get(i + 1)
    kind = view.body_kind(hit) if hit is not None else "field"
    if kind in ("field", "country") or not sets["inner_unit"].at(view.text, r.first) or not (
            view.cap(i + 1) or kind in ("named", "local")):
        return False
    if view.text[i] == ",":
        r.at, r.parent, r.placed, r.closed = i + 1, True, False, False
        return True
    inside = begin(view, i + 1)
    if inside is None:
        return False
    inside.apposed = True
    read_on(inside)
    return view.mark(inside.last, ")") and r.take(inside.last + 1, closed=True)


def abbreviation(r: Reader) -> bool:
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


def number(r: Reader) -> bool:
    """"Bệnh viện 108", "Trung tâm cấp cứu 115", "quận 1"."""
    view = r.view
    if view.kind[r.at] != "number" or r.placed or not view.text[r.at].isdigit() or r.at != r.last:
        return False
    r.placed = True
    return r.take(r.at + 1, closed=True)


def quoted(r: Reader) -> bool:
    """The name of a company in quotation marks."""
    view, i = r.view, r.at
    if view.text[i] != '"' or r.kind != "named" or r.at - r.first > 5:
        return False
    close = next((k for k in range(i + 2, min(i + 8, view.n)) if view.text[k] == '"'), 0)
    return bool(close) and view.cap(i + 1) and r.take(close + 1, closed=True)


def joint(r: Reader) -> bool:
    """Marks that hold a name together: "HIV/AIDS", "P&G"."""
    view, i = r.view, r.at
    return view.mark(i, "/&'") and view.glued(i) and i + 1 < view.n and view.glued(i + 1) and r.take(i + 2)


def description(r: Reader) -> bool:
    """A word in small letters that describes the body's work."""
    view, i = r.view, r.at
    if r.closed or view.kind[i] != "word" or view.cap(i):
        return False
    if _ends_at_title(r) or (i in view.honorifics and view.cap(i + 1)):
        return False
    if view.words.sets["body_stop"].at(view.text, i) or view.text[i] in view.words.sets["body_of"] or (
            view.text[i] in view.words.sets["body_and"]):
        return False
    hit = view.says.get(i)
    if hit is not None and i > r.first and not _names_work(r, hit):
        return False
    return r.take(i + 1)


def _names_work(r: Reader, hit: Hit) -> bool:
    """Whether a verb is part of the name: "Ban chỉ đạo", "An ninh thông tin"."""
    if hit.entry.id == "say_or_noun":
        return r.view.words.sets["after_speech"].at(r.view.text, hit.last) == 0
    return hit.entry.id == "act" and hit.first <= r.first + 1


def _ends_at_title(r: Reader) -> bool:
    """Another post ends the name, except right after its noun: "Cục Quản lý …", "Đoàn ĐBQH", "Ban Giám đốc"."""
    hit = r.view.titles.get(r.at)
    if hit is None or (hit.entry.data.get("kind") == "weak" and (not r.view.cap(r.at) or r.at == r.first)):
        return False
    return r.at > r.noun or r.at == r.first


RULES: Sequence[Callable[[Reader], bool]] = (
    known_phrase, go_on, place_class, joined, and_, dash, parent, abbreviation, number, quoted, joint, capitals,
    description)
