"""The order in which items have to be done, where each says what it comes after.

A stack of merge requests is one: each comes after the one whose branch it is to be merged into.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govkb.reading.items import Item, plain_name
from govkb.record_types.items import ItemType

_WORD = re.compile(r"[^\s,;`*()]+")


@dataclass(frozen=True, slots=True)
class Stack:
    """The items of one kind in an order in which they can be done, by their plain names.

    `after` has what each comes right after. `circle` are items that wait for each other, in their
    order around it; they and what comes after them have no place. `astray` are those that come
    after something that isn't there.
    """

    order: tuple[Item, ...]
    after: dict[str, tuple[str, ...]]
    depths: dict[str, int]
    circle: tuple[Item, ...] = ()
    astray: tuple[Item, ...] = ()

    @property
    def alone(self) -> tuple[Item, ...]:
        """The items that come after none, and that none comes after."""
        awaited = {name for names in self.after.values() for name in names}
        return tuple(
            item
            for item in self.order
            if not self.after[plain_name(item.name)] and plain_name(item.name) not in awaited
        )

    @property
    def chains(self) -> tuple[tuple[Item, ...], ...]:
        """The ways from an item that comes after none to one that none comes after.

        Where an item comes after several, its way leads through the one that is last in the order.
        """
        by_name = {plain_name(item.name): item for item in self.order}
        awaited = {name for names in self.after.values() for name in names}
        found = []
        for name in by_name:
            if name in awaited or not self.after[name]:
                continue
            chain = [name]
            while before := [n for n in by_name if n in self.after[chain[-1]]]:
                chain.append(before[-1])
            found.append(tuple(by_name[n] for n in reversed(chain)))
        return tuple(found)

    @property
    def depth(self) -> int:
        """How many items stand on each other at most."""
        return max(self.depths.values(), default=0)


def stack_of(kind: ItemType, items: Sequence[Item]) -> Stack:
    """The stack of a record's items of one kind; of those that could be next the first is."""
    by_name = {plain_name(item.name): item for item in items}
    after: dict[str, tuple[str, ...]] = {}
    astray = []
    exclusive: list[str] = []
    for name, item in by_name.items():
        said = item.value(kind.after or "")
        named = [word for word in map(plain_name, _WORD.findall(said)) if word in by_name]
        if said and not named and plain_name(said) not in map(plain_name, kind.roots):
            astray.append(item)
        waits_for = (n for n in (*named, *exclusive) if n != name)
        after[name] = tuple(dict.fromkeys(waits_for))
        if kind.exclusive is not None and item.value(kind.exclusive) == "yes":
            exclusive.append(name)
    depths: dict[str, int] = {}
    order: list[Item] = []
    waiting = list(by_name)
    while ready := next((n for n in waiting if all(a in depths for a in after[n])), None):
        depths[ready] = 1 + max((depths[a] for a in after[ready]), default=0)
        order.append(by_name[ready])
        waiting.remove(ready)
    circle = tuple(by_name[name] for name in _circle(waiting, after))
    return Stack(tuple(order), after, depths, circle, tuple(astray))


def _circle(waiting: Sequence[str], after: dict[str, tuple[str, ...]]) -> list[str]:
    """The names on one circle among those that can never be next."""
    seen: list[str] = []
    name = waiting[0] if waiting else None
    while name is not None and name not in seen:
        seen.append(name)
        name = next((a for a in after[name] if a in waiting), None)
    return seen[seen.index(name) :] if name is not None else []
