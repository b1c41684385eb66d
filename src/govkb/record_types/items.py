"""Kinds of items: blocks of a record that have a meaning of their own, such as a gate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from msgspec import Struct

from govkb.diagnostics import Severity
from govkb.record_types.days import DaySource
from govkb.record_types.id_patterns import IdPattern, slugify
from govkb.record_types.likeness import nearest
from govkb.record_types.schema_words import cut

NAME, TEXT, STATE = "name", "text", "state"
_NUMBERED = frozenset({"int", "letter"})


class Proof(Struct, frozen=True):
    """What shows that an item is as it says: a record that the value `by` names.

    It is asked for in the item's states `in_states`. The record is of one of the types `to`, its
    fields have the values that `passed` allows, and it isn't older than the value `since` of the
    item, or than the day of the item's own record, unless one `of_any_age` will do. The first of
    the fields `seen` has its moment.
    """

    by: str
    in_states: frozenset[str]
    to: tuple[str, ...] = ()
    passed: Mapping[str, tuple[str, ...]] = {}
    seen: tuple[str, ...] = ("date",)
    since: str | None = None
    of_any_age: bool = False


class Classes(Struct, frozen=True):
    """Items that are classes: the value `by` has the patterns of what belongs to one.

    Its word `default` means whatever belongs to none. What is to be classified stands in the `of`:
    fields, and values of other kinds, each as the kind and the value.
    """

    by: str
    default: str = "default"
    of: tuple[tuple[str, ...], ...] = ()


class SettledBy(Struct, frozen=True):
    """Other records settle an item: those with this `relation` to its record that name the item.

    They name it in the field at `path`.
    """

    relation: str
    path: tuple[str, ...]


class Excuse(Struct, frozen=True):
    """Another record allows what an item does: an item of the kind `item` in the one `by` names.

    Each value in `within` says nothing that isn't in that value of the other. It has to be done
    (the moment `at`) before the other's value `until` has passed; an open one counts as of today.
    """

    by: str
    item: str
    within: Mapping[str, str] = {}
    until: str | None = None
    at: str | None = None


class Need(Struct, frozen=True):
    """The values that an item must have in one of these states, and where others are as in `where`.

    Without states it must have them in all; a value in `where` without any choice may be anything.
    Of `any_of` it must have one. A lack is as bad as `severity` says, else an error.
    """

    values: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    states: frozenset[str] = frozenset()
    where: Mapping[str, tuple[str, ...]] = {}
    severity: Severity | None = None


@dataclass(frozen=True)
class ItemType:
    """A kind of item that records of a type may have: where it stands, and how it is written.

    It stands in the `sections`, as points of a list and rows of a table, or as only one of both
    where `written` says so; or in the frontmatter under `in_field`. `headings` has the value that
    each column, or word before a colon, means, casefolded; a table that hasn't the column for `key`
    is none of theirs. The first of the `states` is that of an item that says nothing, the next the
    one of a task that is ticked; those in `done` end it. A value may say the state too: it
    `implies` it.

    An item that isn't done `blocks` these statuses of its record, where it has one of the values in
    `binding`; the field `waivers` may excuse it. `expected_for` are the records that should have
    some: those with such values, or all of them where it is empty. The field `counted_in` says how
    many there are. `answers` is the kind of items in the record before (over the relation
    `through`) that each have to be answered by one of these; `covers` the kind of which one of
    these has to name each, in the value `covered_in`. `records` are the values that name records,
    records of another type may settle an item (`settled_by`), and the item of another record be the
    `excuse` of one.

    Its text may begin with a word of the vocabulary of the value `led_by`.

    An open one wants attention by the days in `due`, and one in its first state holds until those
    in `expires`. The moments in `times` come one after another,
    and between the last two is the value `delay`. What is `chosen` is one of the choices that
    another value offers. The value `after` names items that come before, or one of the `roots`; one
    whose value `exclusive` is yes comes before all below it. The field `ordered_in` has names in
    the order in which they are to be done. A value in `names` has the name of what one of the
    values listed beside it says.

    Where it `is_fenced`, a fenced block of lines `key=value` is one too. Items may be `classes`.
    """

    kind: str
    label: str
    plural: str
    sections: tuple[str, ...] = ()
    in_field: str | None = None
    written: str | None = None
    name: IdPattern | None = None
    states: tuple[str, ...] = ("open", "done")
    done: frozenset[str] = frozenset({"done"})
    headings: Mapping[str, str] = field(default_factory=dict)
    key: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    spellings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    implies: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    due: tuple[DaySource, ...] = ()
    expires: tuple[DaySource, ...] = ()
    times: tuple[str, ...] = ()
    delay: str | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    counted_in: str | None = None
    after: str | None = None
    roots: tuple[str, ...] = ()
    exclusive: str | None = None
    ordered_in: str | None = None
    blocks: tuple[str, ...] = ()
    binding: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waivers: str | None = None
    is_expected: bool = False
    expected_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    proof: Proof | None = None
    settled_by: SettledBy | None = None
    led_by: str | None = None
    excuse: Excuse | None = None
    answers: str | None = None
    through: str | None = None
    covers: str | None = None
    covered_in: str = ""
    is_fenced: bool = False
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    classes: Classes | None = None
    validator: Any = field(default=None, compare=False, repr=False)

    @cached_property
    def lead(self) -> re.Pattern[str] | None:
        """What a text begins with that begins with its short name; None where none is written.

        `AC #3`, `AC 3` and `AC3` are one name. A name that is a mere letter needs a sign after it.
        """
        if self.name is None:
            return None
        prefix = re.escape(self.name.prefix)
        gap = r"[ \t]*#?" if prefix else ""
        name = rf"(?P<name>{prefix}{gap}{self.name.regex.removeprefix(prefix)})"
        sign = r"(?:[:.)]|[ \t]+[-–—](?=\s))"
        bold = rf"(?:\*\*|__|`){name.replace('name', 'bold')}{sign}?(?:\*\*|__|`){sign}?"
        plain = rf"{name}{sign}{'?' if prefix else ''}"
        return re.compile(rf"\(?(?:{bold}|{plain})\)?(?:\s+|\Z)")

    @cached_property
    def leading(self) -> re.Pattern[str] | None:
        """What a text begins with that says the value `led_by`; None where none does."""
        words = self.values.get(self.led_by or "", {}).get("enum", ())
        one_of = "|".join(re.escape(str(word)) for word in words)
        return re.compile(rf"[\s\[(*_`]*(?P<word>{one_of})(?!\w)") if words else None

    @property
    def ticked(self) -> str:
        """The state of a task that is ticked."""
        return self.states[1] if len(self.states) > 1 else self.states[0]

    def numbered(self, number: int) -> str:
        """The short name of an item that has none written: by its number in the record."""
        if self.name is not None and set(self.name.tokens) <= _NUMBERED and number <= 26:
            return self.name.fill({"int": str(number), "letter": chr(ord("A") + number - 1)})
        return f"{self.kind}-{number}"

    def anchor(self, name: str) -> str:
        """The anchor of an item with this short name."""
        slug = slugify(name)
        return slug if slug.startswith(f"{self.kind}-") else f"{self.kind}-{slug}"

    def heading(self, value: str) -> str:
        """A value as people call it: the first of its headings."""
        plain = value.replace("_", " ")
        if value not in (NAME, TEXT, STATE):
            return plain
        return next((h for h, name in self.headings.items() if name == value), plain)

    def value_faults(self, values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        """Each value that its schema refuses, with the reason and a hint, which may be empty."""
        if self.validator is None or self.validator.is_valid(values):
            return
        for error in self.validator.iter_errors(values):
            path = tuple(error.instance_path)
            if not path:
                continue
            name = str(path[0])
            reason = f'"{self.heading(name).capitalize()}" is {cut(str(values[name]), 80)!r}'
            if error.kind.name == "enum":
                others = self.spellings.get(name, {})
                allowed = [str(option) for option in error.kind.options if option not in others]
                near = nearest(str(values[name]), allowed)
                hint = f"did you mean {near!r}? " if near else ""
                yield name, reason, f"{hint}allowed: {', '.join(allowed)}"
            else:
                wanted = self.values[name].get("description") or cut(error.message, 200)
                yield name, reason, f"it must be {wanted}"
