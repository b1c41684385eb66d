"""The statuses of a group of records, as its files show them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from govkb.scaffolding.adoption.slips import slips
from govkb.scaffolding.adoption.values import ranked

_MAX = 12
_MAX_LENGTH = 40
_FIRST = ("stub", "draft", "idea", "proposed", "planned", "pending", "todo", "new", "open")
_DONE = frozenset(
    {"accepted", "active", "approved", "archived", "cancelled", "closed", "complete", "completed"}
    | {"current", "decided", "deprecated", "done", "fixed", "implemented", "merged", "obsolete"}
    | {"passed", "published", "ratified", "rejected", "released", "resolved", "retired", "stable"}
    | {"superseded", "withdrawn", "wontfix", "final"}
)
# What is a status in its own right, however seldom.
KNOWN = _DONE | frozenset(_FIRST)


class Statuses(Struct, frozen=True):
    """Status names with how many files have each, the likeliest way of a record's life first.

    `synonyms` are spellings that differ only in case or in what joins the words.
    """

    counts: Mapping[str, int]
    initial: str
    done: tuple[str, ...]
    synonyms: Mapping[str, str]


def statuses_of(values: Iterable[str], listed: Sequence[str] = ()) -> Statuses | None:
    """What the values of `status` fields say, slips left out; None where they are no choice.

    `listed` is the order in which the repository itself lists them.
    """
    counts = Counter(values)
    if not counts or any(not _is_word(value) for value in counts):
        return None
    by_form: dict[str, Counter[str]] = {}
    for value, count in counts.items():
        by_form.setdefault(_form(value), Counter())[value] += count
    for slip in slips({form: c.total() for form, c in by_form.items()}, KNOWN):
        del by_form[slip]
    if len(by_form) > _MAX:
        return None
    names: dict[str, int] = {}
    synonyms: dict[str, str] = {}
    for form in sorted(by_form, key=lambda f: _place(f, by_form[f], listed)):
        spelled = ranked(by_form[form])
        name = next((v for v, _ in spelled if v in listed), spelled[0][0])
        names[name] = sum(by_form[form].values())
        synonyms |= {value: name for value, _ in spelled if value != name}
    done = tuple(name for name in names if _form(name) in _DONE)
    return Statuses(names, next(iter(names)), done, synonyms)


def _is_word(value: str) -> bool:
    return bool(value.strip()) and len(value) <= _MAX_LENGTH and value.isprintable()


def _form(value: str) -> str:
    return re.sub(r"[\s_-]+", "-", value.strip().lower())


def _place(form: str, spelled: Counter[str], listed: Sequence[str]) -> tuple[int, int, str]:
    """Where a status belongs: as the repository lists them, else the usual first ones first."""
    for value in spelled:
        if value in listed:
            return 0, listed.index(value), form
    if form in _FIRST:
        return 1, _FIRST.index(form), form
    return (3 if form in _DONE else 2), -sum(spelled.values()), form
