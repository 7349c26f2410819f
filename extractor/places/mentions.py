"""Find names of places: after class words, in lists that a class word heads, and bare names of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.draft import Draft
from extractor.places.found import Found, Reading
from extractor.places.names import Names, names
from extractor.places.units import Unit
from extractor.places.words import ClassWord

_LONGEST_LIST_GAP = 24
_LONGEST_INTRODUCTION = 9
_LONGEST_UNKNOWN = 3
_VILLAGE = frozenset({"village"})
_NUMBERED = frozenset({"commune", "district", "village"})
_DIGITS = 2


class Reader:
    """Reads one article from left to right; `found` are the names in order."""

    def __init__(self, draft: Draft) -> None:
        self.r = Reading(draft)
        self.names: Names = draft.patterns.part(names)
        self.found: list[Found] = []
        self.scopes: list[int] = []  # class words of provinces without a name: "the province"
        self.groups = 0
        self._open: Found | None = None  # the last member of a list that may go on
        self._quantities = {q.first for q in draft.quantities}

    def read(self) -> list[Found]:
        """All names, class words first: a name that a class word has taken is not read again."""
        r = self.r
        heads, norm, start = r.words.classes, r.norm, r.start
        done = 0
        for i, word in enumerate(r.text):
            if i < done or not (word in heads or norm[start[i]].isupper()):
                continue
            if word in heads and not self._name_like_class(i):
                done = max(done, self._classed(i))
            if i >= done and norm[start[i]].isupper():
                done = max(done, self._bare(i))
        return self.found

    def _name_like_class(self, i: int) -> bool:
        """"Sóc Trăng", "Buôn Hồ": the first syllable of the name happens to be a class word."""
        at = self._class_at(i) if self.r.cap(i) else None
        return at is not None and "village" in at[0].levels and self._match(i) > at[1]

    # --- after a class word -------------------------------------------------------------------------------------------
    def _class_at(self, i: int) -> tuple[ClassWord, int] | None:
        r = self.r
        for tokens, forms, word in r.words.classes.get(r.text[i], ()) if i < r.n else ():
            end = i + len(tokens)
            if r.text[i:end] == tokens and (not forms or r.printed(i, end) in forms):
                return word, end
        return None

    def _classes(self, i: int) -> tuple[tuple[str, ...], frozenset[str], int, bool] | None:
        """Class words that stand together ("tỉnh, thành phố"): kinds, levels, the token after, whether several."""
        at = self._class_at(i)
        if at is None:
            return None
        word, end = at
        kinds, levels, several = [word.kind], word.levels, False
        while end < self.r.n:
            step = 1 if self.r.text[end] in self.r.words.join else 0
            if not step and self._class_at(end) is not None and levels == _VILLAGE:
                return None  # "buôn làng", "phum sóc": villages in general
            following = self._class_at(end + step)
            if following is None or self._name_like_class(end + step):
                break
            if levels & following[0].levels:
                levels, several = levels & following[0].levels, True
                kinds.append(following[0].kind)
            else:
                levels, several, kinds = following[0].levels, False, [following[0].kind]
            end = following[1]
        return tuple(kinds), levels, end, several

    def _classed(self, i: int) -> int:
        """The name after the class word at token `i`; the token after it, or `i` if there is none."""
        r, words = self.r, self.r.words
        classes = self._classes(i)
        if classes is None:
            return i
        kinds, levels, end, several = classes
        if words.street_class.issuperset(kinds):
            return i
        single = self._class_at(i)
        if single is None or words.compound.before(r.text, single[1]) < i or self._inside_name(i, levels):
            return i
        several = several or (i > 0 and (r.text[i - 1] in words.plural or r.kind[i - 1] == "number"))
        first, modified = self._skip_modifiers(end, several, levels == _VILLAGE)
        if first >= r.n:
            return i
        if "province" in levels and not r.cap(first):
            self._note_scope(i, end, several)
        if r.kind[first] == "number":
            return self._number(i, first, kinds, levels, several)
        if not r.cap(first):
            return i
        outer = i if first == end else first
        self.groups += 1
        # "H.", "TP" and capitals in mid-sentence ("Đại Cồ Việt, Xã Đàn"): names of the tables only
        short = not r.text[i].isalpha() or r.cap(i) and not r.begins(i) and not r.all_caps(first) or (
            r.all_caps(i) and not r.all_caps(first))
        found = self._named(first, outer, kinds, levels, modified or short, several, end)
        if found is None:
            return i
        found.plural, found.group, found.how = several, self.groups, "class"
        return self._add(found)

    def _inside_name(self, i: int, levels: frozenset[str]) -> bool:
        """"Ngũ Xã": a capital between capitals is no class word."""
        r = self.r
        return (not levels & {"province", "district"} and r.cap(i) and r.cap(i - 1) and r.kind[i - 1] == "word"
                and not r.all_caps(i - 1))

    def _note_scope(self, i: int, end: int, several: bool) -> None:
        """"toàn tỉnh", "UBND tỉnh": the province that the article is about, not "các tỉnh", "cấp tỉnh"."""
        r = self.r
        before = r.text[i - 1] if i else ""
        if not several and before not in r.words.not_scope and r.text[end] not in r.words.not_scope_after:
            self.scopes.append(i)

    def _skip_modifiers(self, end: int, several: bool, villages: bool) -> tuple[int, bool]:
        """Where the name may begin after the class word that ends at `end`, and whether words stand between."""
        r, i = self.r, end
        for _ in range(3):
            upto = r.words.modifier.after(r.text, i)
            if upto == i or (r.cap(i) and self._match(i) > upto):
                break
            i = upto
        if i < r.n and not r.cap(i) and (several or r.text[i] == ":"):
            i = self._introduced(i, villages)
        if i >= r.n or r.kind[i] == "newline":
            return end, False
        return i, i > end

    def _introduced(self, i: int, villages: bool) -> int:
        """"hai huyện khó khăn nhất là Bảo Lâm": the name after the word that announces it, else `i`."""
        r = self.r
        for k in range(i, min(i + _LONGEST_INTRODUCTION, r.n)):
            upto = r.words.introducer.after(r.text, k)
            if upto == i + 1 and villages and r.text[i] == ":" and upto < r.n and r.cap(upto):
                return upto
            if upto > k and upto < r.n and (r.cap(upto) or r.text[upto] in _OPENING):
                upto += r.text[upto] in _OPENING
                known = self._match(upto) if upto < r.n and r.cap(upto) else upto
                return upto if known > upto else i
            if r.cap(k) or r.kind[k] not in ("word", "number") and r.text[k] not in _WITHIN or r.text[k] in r.words.classes:
                return i
        return i

    def _number(self, outer: int, first: int, kinds: tuple[str, ...], levels: frozenset[str], several: bool) -> int:
        """"quận 3", "Q.4", "thôn 8", "các quận 1, 3 và 4": the class word and the number are the name."""
        r = self.r
        level = min(levels & _NUMBERED, default="")
        if not level or (outer and r.kind[outer - 1] == "number") or (level == "commune" and len(kinds) > 1):
            return outer
        if len(r.text[outer]) == 1 and r.start[first] > r.tokens.end[outer]:
            return outer  # "P 5"
        self.groups += 1
        last = outer
        while self._is_number(first):
            key = f"{kinds[-1]} {int(r.text[first])}"
            units = [u for u in self.names.entries.get(key, ()) if u.level == level]
            if level != "village" and not units:
                break
            begin = outer if last == outer else first
            name = units[0].name if units else r.printed(begin, first + 1)
            last = self._add(Found(first, first + 1, begin, key, name, "number", units, kinds, levels, level,
                                   plural=several, group=self.groups))
            if not several or first + 2 >= r.n or r.text[first + 1] not in r.words.join:
                break
            first += 2
        return last

    def _is_number(self, i: int) -> bool:
        """Whether token `i` numbers a unit and counts nothing."""
        r = self.r
        follows = r.text[i + 1] if i + 1 < r.n else ""
        return (r.kind[i] == "number" and len(r.text[i]) <= _DIGITS and r.text[i].isdigit()
                and i not in self._quantities and follows not in r.words.not_count)

    def _named(self, first: int, outer: int, kinds: tuple[str, ...], levels: frozenset[str], known_only: bool,
               several: bool, outer_end: int) -> Found | None:
        """A name of the tables at one of `levels`, or capitals that the class word alone makes a name."""
        r = self.r
        last = self._match(first)
        key = " ".join(r.text[first:last])
        if "village" in levels:
            listed = r.text[first - 1] == ":"
            return self._village(first, outer, kinds, levels) if listed or not known_only else None
        entries = self.names.entries.get(key, ())
        if self._goes_on(last) and not known_only:
            entries = ()  # "xã Thanh Khai" is not the commune Thanh
        units = _fitting(entries, kinds, levels)
        if units and several and "province" not in levels and any(u.level == "province" for u in entries) and (
                first > outer_end or not any(u.kind in kinds for u in units)) and r.text[first - 1] not in _OPENING:
            return None  # "các xã biên giới Lạng Sơn": where they are
        if units:
            return Found(first, last, outer, key, r.printed(first, last), "class", units, kinds, levels,
                         level=units[0].level)
        if known_only or levels & {"province"} or last > first and self._is_larger(key, levels):
            return None
        last = self._unknown_end(first)
        if last == first or (last == first + 1 and (r.cap(first - 1) or "district" in levels)):
            return None
        return Found(first, last, outer, " ".join(r.text[first:last]), r.printed(first, last), "class", [], kinds,
                     levels, level=min(levels))

    def _is_larger(self, key: str, levels: frozenset[str]) -> bool:
        return "district" in levels and any(u.level == "province" for u in self.names.entries.get(key, ()))

    def _goes_on(self, last: int) -> bool:
        """Whether a single capital follows that is neither a class word nor the name of a place or person."""
        r = self.r
        return (r.cap(last) and r.kind[last] == "word" and r.kind[last - 1] == "word" and not r.all_caps(last)
                and r.run_end(last) == last + 1 and self._class_at(last) is None and self._match(last) == last
                and r.text[last] not in r.words.honorific and r.words.not_name.after(r.text, last) == last)

    def _no_name(self, first: int) -> bool:
        """"xã Nông thôn mới", "bản Hiến pháp"; but "ấp Cầu Ván" has a capital after the word that is often none."""
        r = self.r
        last = r.words.not_name.after(r.text, first)
        return last > first and (last - first > 1 or not r.cap(last) or r.text[first] in r.words.honorific)

    def _unknown_end(self, first: int) -> int:
        """Where a name ends that no table has: before a person's name and never long."""
        r = self.r
        if self._no_name(first) or r.all_caps(first):
            return first
        end = min(r.run_end(first), first + _LONGEST_UNKNOWN + 1)
        for k in range(first, end):
            if r.text[k] in r.words.surname and end - k >= 2 and (k > first or end - k > 2):
                end = k
                break
        glued = any(_GLUED.search(r.printed(k, k + 1)) for k in range(first, end))
        return first if glued or end - first > _LONGEST_UNKNOWN else end

    def _village(self, first: int, outer: int, kinds: tuple[str, ...], levels: frozenset[str]) -> Found | None:
        r = self.r
        if self._no_name(first):
            return None
        head = r.words.head.before(r.text, first) < first
        end = r.run_end(first)
        if head and (r.text[first] in r.words.any_surname or end - first > 2) and (
                not self._commune_follows(end) or end - first > 2 and len(r.text[end - 1]) > 1):
            return None
        for k in range(first + 1, end):
            if r.text[k] in r.words.surname and end - k >= 2:
                end = k
                break
        if end - first > _LONGEST_UNKNOWN:
            return None
        if end < r.n and r.kind[end] == "number" and r.text[end].isdigit() and len(r.text[end]) <= _DIGITS:
            follows = r.text[end + 1] if end + 1 < r.n else ""
            end += follows not in r.words.not_count and end not in self._quantities
        return Found(first, end, outer, " ".join(r.text[first:end]), r.printed(first, end), "class", [], kinds, levels,
                     level="village")

    def _commune_follows(self, end: int) -> bool:
        """", xã Hải Quang" after the name: it is a village, whoever heads it."""
        at = self._class_at(end + 1) if end + 1 < self.r.n and self.r.text[end] in self.r.words.of else None
        return at is not None and "village" not in at[0].levels

    # --- without a class word -----------------------------------------------------------------------------------------
    def _match(self, first: int) -> int:
        """Where the longest name of the tables ends that begins at token `first` and is written with capitals."""
        r = self.r
        limit = r.n
        while True:
            last = self.names.at(r.text, first, limit)
            if last == first or all(r.cap(k) or r.kind[k] != "word" for k in range(first, last)):
                return last
            limit = last - 1

    def _bare(self, i: int) -> int:
        if self._open is not None:
            found = self._listed(i, self._open)
            if found is not None:
                return self._add(found)
        last = self._match(i)
        how = "bare"
        if last == i:
            last, how = self._small_letters(i), "loose"
            if last == i:
                return i
        key = " ".join(self.r.text[i:last])
        if key in self.names.other:
            return last
        self.groups += 1
        found = Found(i, last, i, key, self.r.printed(i, last), how, list(self.names.entries[key]), group=self.groups)
        self.found.append(found)
        return last

    def _small_letters(self, i: int) -> int:
        """"Đồng tháp": a province of which only the first syllable has its capital."""
        r = self.r
        last = self.names.at(r.text, i, r.n)
        if last - i != 2 or r.cap(i + 1) or not any(
                u.level == "province" for u in self.names.entries.get(" ".join(r.text[i:last]), ())):
            return i
        return last

    def _listed(self, i: int, before: Found) -> Found | None:
        """The next member of the list that `before` is in, or None."""
        r = self.r
        if i - before.last > _LONGEST_LIST_GAP or not r.separates(before.last, i):
            self._open = None
            return None
        if before.level == "village":
            comma_only = not before.plural and r.text[i - 1] == ","
            found = None if comma_only else self._village(i, i, before.kinds, before.levels)
            if found is not None and self._match(i) == found.last and any(
                    u.level == "province" for u in self.names.entries.get(found.key, ())):
                return None
        else:
            found = self._listed_unit(i, before)
        if found is not None:
            found.how, found.group, found.plural = "list", before.group, before.plural
        return found

    def _listed_unit(self, i: int, before: Found) -> Found | None:
        r = self.r
        last = self._match(i)
        if last == i:
            last = self._small_letters(i) if before.level == "province" else i
        key = " ".join(r.text[i:last])
        all_units = self.names.entries.get(key, [])
        units = _fitting(all_units, before.kinds if before.plural else before.kinds[-1:], frozenset({before.level}))
        if not units or key in self.names.other or _is_parent(all_units, units, before, r.text[i - 1], r):
            return None
        if r.run_end(i) > last and r.text[i] in r.words.surname:
            return None
        return Found(i, last, i, key, r.printed(i, last), "list", units, before.kinds, before.levels,
                     level=before.level)

    def _add(self, found: Found) -> int:
        self.found.append(found)
        self._open = found
        return found.last


#: a capital after a small letter: two words without the blank between them
_GLUED = re.compile(r"[^\W\d_A-Z\u0110](?<=[^A-Z\u0110])[A-Z\u0110\u1ea2]")
_OPENING = frozenset({":", "(", '"', "-"})
_WITHIN = frozenset({",", "(", '"'})


def _fitting(units: Iterable[Unit], kinds: tuple[str, ...], levels: frozenset[str]) -> list[Unit]:
    """The units that class words of these kinds may mean, those of the very kind first; one level only."""
    fit = [u for u in units if u.level in levels]
    exact = [u for u in fit if u.kind in kinds]
    if "province" in levels and "district" in levels:
        cities = [u for u in exact if u.level == "province"] or [u for u in fit if u.level == "province" and not u.kind]
        return cities or [u for u in exact or fit if u.level == "district"] or [u for u in fit if u.level == "province"]
    return exact + [u for u in fit if u.kind not in kinds]


def _is_parent(all_units: list[Unit], units: list[Unit], before: Found, separator: str, r: Reading) -> bool:
    """Whether the next name is rather where the listed units lie ("huyện Hà Quảng, Cao Bằng")."""
    larger = [u for u in all_units if (u.level == "province") > (before.level == "province")
              or (u.level == "district" and before.level == "commune")]
    if not larger:
        return False
    holds = any(u.level == "province" and u.name == b.province or u.level == "district" and u.name == b.district
                and u.province == b.province for u in larger for b in before.units)
    if not before.plural:
        return holds or separator in r.words.of or any(u.level == "province" for u in larger)
    same = any(u.kind in before.kinds and any(u.province == b.province for b in before.units) for u in units)
    return holds and not same or not same and any(u.level == "province" for u in larger)
