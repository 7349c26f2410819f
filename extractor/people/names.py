"""What is a person's name: runs of capitalised syllables, judged by surname, length and what is known already."""

from __future__ import annotations

from extractor.people.runs import run_end
from extractor.people.view import View

LONGEST = 5  # syllables of a Vietnamese name
_LENGTH_SCORE = {2: 1.0, 3: 3.0, 4: 2.0, 5: 0.0}


def person_at(view: View, i: int, *, state: bool = False, abroad: bool = False, lone: bool = True) -> int:
    """The token after the person's name that begins at token `i` without any honorific, or 0.

    `state`: a post of state stands before it, which no company's name follows ("Thủ tướng Theresa May");
    `abroad`: another country stands before it ("Bộ Ngoại giao Trung Quốc Cảnh Sảng"); `lone`: a name of one word may
    follow such a post ("Tổng thống Putin", but "Thị trưởng Moscow").
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
    if i < view.place_end(i) <= j - 2 and length > 3:
        return 0  # "Chủ tịch Hà Nội Lê Văn Tám"
    if length == 1:
        return j if state and lone and not words.is_vietnamese(text[i]) and i not in view.bodies else 0
    if text[i] in words.strong and length <= LONGEST:
        return j
    if text[i] in words.surnames and length <= LONGEST and (length > 2 or state):
        return j
    if i in view.bodies:
        return 0
    if text[i] in words.given or (state and is_foreign(view, i, j)) or abroad:
        return j
    return 0


def is_foreign(view: View, i: int, j: int) -> bool:
    """Whether a word of the run [i, j) can't be Vietnamese, or the run is written as names of other countries are."""
    return any(not view.words.is_vietnamese(w) for w in view.text[i:j] if w != "-") or j - i == 3


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
        lone = k - i == 1 and first == i and words.is_vietnamese(text[i])  # hardly a place's name
        score = (_LENGTH_SCORE[length] - 2 * lone + strong + 0.5 * (text[k + 1] in words.middle) + (k - i == 2)
                 + 3 * (first == k > i))
        if score > best:
            best, where = score, k
    if where < j:
        return where
    return next((k for k in range(first, j - 1) if text[k] in words.given), j)


def is_address(view: View, i: int) -> bool:
    """Whether the honorific or rank at token `i` is one: "Anh" in "Lê Anh Tuấn" and "Thủ tướng Anh" is none."""
    if not view.form[i][0].isupper() or view.stops(i - 1) or view.kind[i - 1] == "mark":
        return True
    return i in view.ranks or (view.words.sets["capital_address"].at(view.text, i) > 0 and not view.cap(i - 1))
