"""What is a person's name: runs of capitalised syllables, judged by surname, length and what is known already."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.people.view import View

LONGEST = 5  # syllables of a Vietnamese name
_LONGEST_FOREIGN = 6
_LONGEST_DETAILS = 14  # tokens between a name and its post: "(SN 1970, trú tại …)"


@dataclass(slots=True)
class Naming:
    """A name: tokens [first, last), and whether an honorific or a rank stands before it."""

    first: int
    last: int
    addressed: bool


def run_end(view: View, i: int, limit: int = _LONGEST_FOREIGN) -> int:
    """The token after the run of capitalised words that begins at token `i` and could be one name (`i` if none)."""
    person = limit == _LONGEST_FOREIGN
    words, text = view.words, view.text
    j = i
    while j < view.n and j - i < limit:
        if j > i and view.start[j] - view.end[j - 1] > 2:
            break
        if view.kind[j] == "word" and view.form[j][0].isupper():
            if j > i and (j in view.titles or j in view.says or (person and words.sets["not_a_name"].at(text, j))):
                break
            j += 1
        elif j > i and text[j] in words.particles and view.cap(j + 1) and _foreign(view, j - 1):
            j += 1
        elif (j > i and text[j] in words.particles and view.mark(j + 1, "-") and view.glued(j + 1) and view.cap(j + 2)) or (j > i and text[j] == "-" and (_hyphenated(view, i, j) or _loose_hyphen(view, i, j))):
            j += 2
        elif person and text[j] == "." and _initial(view, i, j):
            j += 1
        else:
            break
    return _shorten_capitals(view, i, j)


def _foreign(view: View, i: int) -> bool:
    return view.text[i] in view.words.given or not view.words.is_vietnamese(view.text[i])


def _hyphenated(view: View, i: int, j: int) -> bool:
    """"Geun-hye": a hyphen that touches both sides goes on a foreign name, but never begins a post or a verb."""
    k = j + 1
    return (view.glued(j) and k < view.n and view.glued(k) and view.kind[k] == "word" and k not in view.titles
            and k not in view.says and k not in view.honorifics and k not in view.ranks
            and (view.form[k][0].isupper() or view.text[i] not in view.words.strong or j - i == 1))


def _loose_hyphen(view: View, i: int, j: int) -> bool:
    """"Moon Jae - in", "Bashar al - Assad": a hyphen that was set with spaces."""
    k = j + 1
    if k >= view.n or k in view.titles or k in view.says or view.kind[k] != "word":
        return False
    if view.text[j - 1] in view.words.particles and view.cap(k):
        return True
    return (view.text[i] in view.words.sets["hyphen_surname"] and j - i <= 2 and not view.cap(k)
            and len(view.form[k]) <= 5 and view.form[k].isascii())


def _initial(view: View, i: int, j: int) -> bool:
    """"Eliot L. Engel": a single capital, a full stop, and more of the name."""
    return j - i >= 1 and len(view.form[j - 1]) == 1 and view.glued(j) and view.cap(j + 1) and not view.glued(j + 1)


def _shorten_capitals(view: View, i: int, j: int) -> int:
    """In a heading all in capitals a name is taken to have three syllables (four with two middle names)."""
    if j - i <= 4 or not view.norm[view.start[i]:view.end[j - 1]].isupper():
        return j
    return i + (4 if view.text[i + 1] in view.words.middle and view.text[i + 2] in view.words.middle else 3)


def person_at(view: View, i: int, *, state: bool = False, abroad: bool = False) -> int:
    """The token after the person's name that begins at token `i` without any honorific, or 0.

    `state`: a post of state stands before it, which no company's name follows ("Thủ tướng Theresa May");
    `abroad`: another country stands before it ("Bộ Ngoại giao Trung Quốc Cảnh Sảng").
    """
    words, text = view.words, view.text
    j = run_end(view, i)
    length = j - i
    if length == 0 or i in view.titles or i in view.ranks:
        return 0
    if view.fold(i, j) in view.known:
        return j
    body = view.bodies.get(i)
    if view.place_end(i) >= j or (
            body is not None and body.last - i > 1 and (body.last >= j or view.body_kind(body) in ("full", "country"))) or (
            state and body is not None and body.last < j and view.body_kind(body) == "country"):
        return 0
    if length == 1:
        return j if state and not words.is_vietnamese(text[i]) and i not in view.bodies else 0
    if text[i] in words.strong and length <= LONGEST:
        return j
    if text[i] in words.surnames and length <= LONGEST and (length > 2 or state or text[i + 1] in words.middle):
        return j
    if i in view.bodies:
        return 0
    if text[i] in words.given or (state and is_foreign(view, i, j)) or abroad:
        return j
    return 0


def is_foreign(view: View, i: int, j: int) -> bool:
    """Whether a word of the run [i, j) can't be Vietnamese, or the run is written as names of other countries are."""
    return any(not view.words.is_vietnamese(w) for w in view.text[i:j] if w != "-") or j - i == 3


_LENGTH_SCORE = {2: 1.0, 3: 3.0, 4: 2.0, 5: 0.0}


def split_run(view: View, i: int, j: int) -> int:
    """Where in the run of capitals [i, j) of a body's name a person's name begins (`j` if nowhere).

    "Quảng Nam Đinh Văn Thu": 2. A place at the beginning is left whole; of several splits the likeliest wins.
    """
    words, text = view.words, view.text
    while j - i > 2 and words.sets["not_a_name"].at(text, j - 1) and view.place_end(j - 1) < j:
        j -= 1
    first = min(max(view.place_end(i), words.sets["place_like_person"].at(text, i)), j)
    best, where = 0.0, j
    for k in range(first, j - 1):
        length = j - k
        if view.fold(k, j) in view.known:
            return k
        if text[k] not in words.surnames or length > LONGEST or (length == LONGEST and k == i) or (
                k > i and text[k] in words.sets["never_first"]):
            continue
        if text[k] in words.strong and k > i and not words.is_vietnamese(text[k - 1]):
            return k
        strong = text[k] in words.strong
        if not (strong and (length > 2 or k == i or first > i)) and not (
                length > 2 and (text[k + 1] in words.middle or k > i)):
            continue
        score = (_LENGTH_SCORE[length] + strong + 0.5 * (text[k + 1] in words.middle) + (k - i == 2)
                 + 3 * (first == k > i))
        if score > best:
            best, where = score, k
    if where < j:
        return where
    return next((k for k in range(first, j - 1) if text[k] in words.given), j)


def name_before_mark(view: View, mark: int) -> Naming | None:
    """The name to which the mark at token `mark` (a comma, dash or bracket) adds something, details skipped.

    "Ông Lê Văn Tám (SN 1970), Giám đốc": the name is found from the comma on backwards.
    """
    if not view.mark(mark, ',-("'):
        return None
    if view.text[mark] != "(":
        direct = name_before(view, mark) if view.cap(mark - 1) else None
        if direct is not None:
            return direct
        inside = _open_bracket(view, mark)
        if inside is None and view.text[mark] == '"':
            return None
        return name_before(view, inside if inside is not None else _skip_details(view, mark))
    return name_before(view, mark)


def _open_bracket(view: View, mark: int) -> int | None:
    """The bracket that is open at token `mark`, if what stands between them are details."""
    for k in range(mark - 1, max(mark - _LONGEST_DETAILS, 0), -1):
        if view.stops(k) or view.text[k] == ")":
            return None
        if view.text[k] == "(":
            return k
    return None


def _skip_details(view: View, mark: int) -> int:
    """From the comma at `mark` back over "45 tuổi", "sinh năm 1970", "(…)": the token after the name."""
    text = view.text
    i = mark
    while i > 0:
        if text[i - 1] == ")":
            k = i - 2
            while k > 0 and text[k] != "(" and i - k < _LONGEST_DETAILS and not view.stops(k):
                k -= 1
            if text[k] != "(":
                return i
            i = k
            continue
        start = view.words.sets["detail"].before(text, i)
        if start is not None and not view.cap(i - 1):
            i = start
        elif (view.kind[i - 1] in ("number", "date") and i < mark) or (view.kind[i - 1] in ("number", "date") and (
                view.words.sets["detail"].before(text, i - 1) is not None)):
            i -= 1
        else:
            break
        if text[i - 1] in ",-":
            i -= 1
    return i


def name_before(view: View, last: int) -> Naming | None:
    """The name that ends before token `last`."""
    words, text = view.words, view.text
    first = last
    while first > 0 and last - first < _LONGEST_FOREIGN + 1:
        k = first - 1
        if (view.kind[k] == "word" and view.form[k][0].isupper() and k not in view.titles) or (text[k] == "-" and first < last and view.glued(k) and view.glued(first)) or (
                first < last and text[k] in words.particles and view.cap(k - 1) and _foreign(view, k - 1)) or (first == last and k > 1 and text[k - 1] == "-" and view.glued(k) and view.kind[k] == "word"):
            first = k
        else:
            break
    if first == last:
        return None
    for k in range(last - 1, first - 1, -1):
        hit = view.address_before(k)
        if hit is not None and hit.first <= first and is_address(view, hit.first):
            return Naming(k, last, True)
    return _bare_name(view, first, last)


def is_address(view: View, i: int) -> bool:
    """Whether the honorific or rank at token `i` is one: "Anh" in "Lê Anh Tuấn" and "Thủ tướng Anh" is none."""
    if not view.form[i][0].isupper() or view.stops(i - 1) or view.kind[i - 1] == "mark":
        return True
    return i in view.ranks or (view.words.sets["capital_address"].at(view.text, i) > 0 and not view.cap(i - 1))


def _bare_name(view: View, first: int, last: int) -> Naming | None:
    words, text = view.words, view.text
    if view.fold(first, last) in view.known:
        return Naming(first, last, False)
    if _inside_something(view, first) or any(
            k in view.bodies and view.body_kind(view.bodies[k]) != "country" for k in range(first, last)
            if text[k] not in words.strong):
        return None
    for k in range(first, last - 1):
        if view.place_end(k) >= last:
            return None
        length = last - k
        if text[k] in words.surnames and length <= LONGEST and (text[k] in words.strong or length > 2):
            return Naming(k, last, False)
    if last - first >= 2 and (text[first] in words.given or _foreign_words(view, first, last) >= 2):
        return Naming(first, last, False)
    begins = view.stops(first - 1) or view.mark(first - 1, '"') or (view.mark(first - 1, ",") and view.mark(first - 2, '"'))
    if begins and 2 <= last - first <= 4 and view.place_end(first) == first and not (
            words.sets["not_a_name"].at(text, first)):
        return Naming(first, last, False)
    return None


def _foreign_words(view: View, first: int, last: int) -> int:
    return sum(not view.words.is_vietnamese(w) for w in view.text[first:last] if w != "-")


def _inside_something(view: View, first: int) -> bool:
    """Whether what stands before token `first` makes the capitals after it the name of a place, street or body."""
    sets = view.words.sets
    if sets["place_class"].before(view.text, first) is not None or sets["street"].before(view.text, first) is not None:
        return True
    for back in range(1, 5):
        hit = view.bodies.get(first - back)
        if hit is not None and hit.last == first:
            return True
    return False
