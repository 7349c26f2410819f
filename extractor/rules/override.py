"""How the rules of a later folder stand to those of an earlier one: they add to them, take over words, replace rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from extractor.rules.lexicon import Entry
from extractor.rules.load import Rule

# Longer than any phrase of a language; what is longer would only cost time and memory.
_LONGEST = 1000


def rules_in_force(folders: Sequence[Sequence[Rule]]) -> list[Rule]:
    """The rules of all folders in order, without those that a later folder replaces (``replace = true``)."""
    kept: list[Rule] = []
    for rules in folders:
        for rule in (r for r in rules if r.get("replace")):
            before = len(kept)
            kept = [r for r in kept if (r.table, r.get("id")) != (rule.table, rule.get("id"))]
            if rule.get("id") is None:
                raise rule.error("replace", "only a rule with an id can replace those of the same id")
            if len(kept) == before and not any(_same(r, rule) for r in rules[:rules.index(rule)]):
                raise rule.error("replace", f"no rule with id {rule.get('id')!r} of [[{rule.table}]] is there to replace")
        kept += rules
    return kept


def _same(rule: Rule, other: Rule) -> bool:
    """Whether both replace one and the same."""
    return bool(rule.get("replace")) and (rule.table, rule.get("id")) == (other.table, other.get("id"))


def takes_over(new: Entry, folder_of: Mapping[Path, int]) -> Callable[[Entry], bool]:
    """Whether an entry under the same words goes when `new` comes: those of its table from earlier folders do.

    An indicator stays for kinds of number that the new one is not for. ``folder_of``: the number of each file's folder.
    """
    rule: Rule = new.data
    kinds = rule.get("kinds")

    def goes(old: Entry) -> bool:
        if old.data.table != rule.table or folder_of[old.data.path] == folder_of[rule.path]:
            return False
        if new.list not in {rule.table, old.list}:  # weak words leave another rule's own phrases alone
            return False
        old_kinds = old.data.get("kinds")
        return kinds is None or (old_kinds is not None and set(old_kinds) <= set(kinds))

    return goes


def checked_phrase(rule: Rule, field: str, phrase: str) -> str:
    """`phrase` of the field `field`, refused where it is longer than any phrase can be."""
    if len(phrase) > _LONGEST:
        raise rule.error(field, f"a phrase of {len(phrase)} characters; at most {_LONGEST} are allowed", phrase)
    return phrase
