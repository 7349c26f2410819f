"""The name that stands before a post: "Ông Lê Văn Tám (SN 1970), Giám đốc" read from the post backwards."""

from __future__ import annotations

from extractor.people.names import LONGEST, is_address
from extractor.people.runs import LONGEST_FOREIGN, Naming, is_foreign_word
from extractor.people.view import View

_LONGEST_DETAILS = 14  # tokens between a name and its post: "(SN 1970, trú tại …)"


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
    i = mark
    while i > 0 and mark - i < _LONGEST_DETAILS:
        before = _detail_before(view, i, mark)
        if before == i:
            break
        i = before
        if view.mark(i - 1, ",-"):
            i -= 1
    return i


def _detail_before(view: View, i: int, mark: int) -> int:
    """Where the detail begins that ends before token `i`, or `i`."""
    if view.mark(i - 1, ")"):
        return next((k for k in range(i - 2, max(i - _LONGEST_DETAILS, 0), -1) if view.mark(k, "(")), i)
    sets = view.words.sets
    start = sets["detail"].before(view.text, i)
    if start is not None and not view.cap(i - 1):
        return start
    if view.kind[i - 1] in ("number", "date") and (i < mark or sets["detail"].before(view.text, i - 1) is not None):
        return i - 1
    return i


def name_before(view: View, last: int) -> Naming | None:
    """The name that ends before token `last`."""
    first = last
    while first > 0 and last - first <= LONGEST_FOREIGN and _belongs(view, first, last):
        first -= 1
    if first == last:
        return None
    for k in range(last - 1, first - 1, -1):
        hit = view.address_before(k)
        if hit is not None and hit.first <= first and is_address(view, hit.first):
            return Naming(k, last, True)
    return _bare_name(view, first, last)


def _belongs(view: View, first: int, last: int) -> bool:
    """Whether the token before `first` is part of the name that goes on from there to `last`."""
    k = first - 1
    if view.kind[k] == "word" and view.form[k][0].isupper():
        return k not in view.titles
    if first == last:  # "Geun-hye": the last syllable may be small
        return k > 1 and view.mark(k - 1, "-") and view.glued(k) and view.kind[k] == "word"
    if view.mark(k, "-"):
        return (view.glued(k) and view.glued(first)) or view.text[k - 1] in view.words.particles
    return view.text[k] in view.words.particles and (
        view.mark(first, "-") or (view.cap(k - 1) and is_foreign_word(view, k - 1)))


def _bare_name(view: View, first: int, last: int) -> Naming | None:
    """The name in the capitals [first, last), before which no honorific stands."""
    words, text = view.words, view.text
    if view.fold(first, last) in view.known:
        return Naming(first, last, False)
    if view.place_end(first) >= last or _inside_something(view, first) or _is_something(view, first, last):
        return None
    if last - first > 3 and first < view.place_end(first) <= last - 2:
        first = view.place_end(first)
    for k in range(first, last - 1):
        if view.place_end(k) >= last:
            return None
        length = last - k
        if text[k] in words.surnames and length <= LONGEST and (text[k] in words.strong or length > 2):
            return Naming(k, last, False)
    length = last - first
    foreign = sum(not words.is_vietnamese(w) for w in text[first:last] if w != "-")
    if length >= 2 and (text[first] in words.given or foreign >= 2 or (length <= 4 and _begins_sentence(view, first))):
        return Naming(first, last, False)
    return None


def _begins_sentence(view: View, i: int) -> bool:
    if view.place_end(i) != i or view.words.sets["not_a_name"].at(view.text, i):
        return False
    return view.stops(i - 1) or view.mark(i - 1, '"') or (view.mark(i - 1, ",") and view.mark(i - 2, '"'))


def _is_something(view: View, first: int, last: int) -> bool:
    """Whether the capitals are a street at the beginning of a sentence, or hold the noun of a body."""
    sets, text = view.words.sets, view.text
    if view.stops(first - 1) and (sets["street"].at(text, first) or sets["place_class"].at(text, first)):
        return True
    return any(k in view.bodies and view.body_kind(view.bodies[k]) != "country" and text[k] not in view.words.strong
               for k in range(first, last))


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
