"""Runs of capitalised words that could be one name, with what joins foreign ones: hyphens, small words, initials."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.people.view import View

LONGEST_FOREIGN = 6  # words of a name


@dataclass(slots=True)
class Naming:
    """A name: tokens [first, last), and whether an honorific or a rank stands before it."""

    first: int
    last: int
    addressed: bool


def run_end(view: View, i: int, limit: int = LONGEST_FOREIGN) -> int:
    """The token after the run of capitalised words that begins at token `i` and could be one name (`i` if none).

    With another `limit` than that of names the run is one of capitals in the name of a body.
    """
    person = limit == LONGEST_FOREIGN
    j = i
    while j < view.n and j - i < limit and (j == i or view.start[j] - view.end[j - 1] <= 2):
        if view.kind[j] == "word" and view.form[j][0].isupper():
            if j > i and _ends_name(view, j, person):
                break
            j += 1
        elif j == i or (joint := _joint(view, i, j, person)) == 0:
            break
        else:
            j += joint
    return _shorten_capitals(view, i, j)


def _ends_name(view: View, j: int, person: bool) -> bool:
    return j in view.titles or j in view.says or (person and view.words.sets["not_a_name"].at(view.text, j) > 0)


def _joint(view: View, i: int, j: int, person: bool) -> int:
    """How many tokens from token `j` on join the name that began at token `i` to more of it."""
    text = view.text
    if text[j] in view.words.particles:  # "bin Salman", "al - Assad"
        if view.cap(j + 1):
            return int(is_foreign_word(view, j - 1))
        return 2 * (view.mark(j + 1, "-") and view.cap(j + 2))
    if text[j] == "-":
        return 2 * (_hyphenated(view, i, j) or _loose_hyphen(view, i, j))
    return int(person and text[j] == "." and _initial(view, i, j))


def is_foreign_word(view: View, i: int) -> bool:
    """Whether the word at token `i` is no syllable of Vietnamese, or a given name abroad."""
    return view.text[i] in view.words.given or not view.words.is_vietnamese(view.text[i])


def _hyphenated(view: View, i: int, j: int) -> bool:
    """"Geun-hye": a hyphen that touches both sides goes on a foreign name, but never begins a post or a verb."""
    k = j + 1
    return (view.glued(j) and k < view.n and view.glued(k) and view.kind[k] == "word" and k not in view.titles
            and k not in view.says and k not in view.honorifics and k not in view.ranks
            and (view.form[k][0].isupper() or view.text[i] not in view.words.strong or j - i == 1))


def _loose_hyphen(view: View, i: int, j: int) -> bool:
    """"Moon Jae - in", "Jean - Claude": a hyphen that was set with spaces."""
    sets, k = view.words.sets, j + 1
    if k >= view.n or k in view.titles or k in view.says or view.kind[k] != "word":
        return False
    if view.cap(k):
        return j - i == 1 and sets["hyphen_given_name"].at(view.text, i) == j
    return (sets["hyphen_surname"].at(view.text, i) > 0 and j - i <= 2 and len(view.form[k]) <= 5
            and view.form[k].isascii())


def _initial(view: View, i: int, j: int) -> bool:
    """"Eliot L. Engel", "V. Putin": a single capital, a full stop, and more of a foreign name."""
    if j == i or len(view.form[j - 1]) > 1 or not view.glued(j) or not view.cap(j + 1) or j + 1 in view.honorifics:
        return False
    return is_foreign_word(view, i if j - i > 1 else j + 1)


def _shorten_capitals(view: View, i: int, j: int) -> int:
    """In a heading all in capitals a name is taken to have three syllables (four with two middle names)."""
    if j - i <= 4 or not view.norm[view.start[i]:view.end[j - 1]].isupper():
        return j
    return i + (4 if view.text[i + 1] in view.words.middle and view.text[i + 2] in view.words.middle else 3)
