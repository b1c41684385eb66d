"""The order in which items have to be done, where each says what it comes after.

A stack of merge requests is one: each comes after the one whose branch it is to be merged into.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush

from msgspec import Struct

from govkb.reading.items import Item, plain_name
from govkb.record_types.items import ItemType

_WORD = re.compile(r"[^\s,;`*()]+")


class Stack(Struct, frozen=True):
    """The items of one kind in an order in which they can be done.

    `after` has what each comes right after, by their plain names. `depth` is how many stand on each
    other at most. `circle` are items that wait for each other, in their order around it; they and
    what comes after them have no place. `astray` are those that come after something that isn't
    there.
    """

    order: tuple[Item, ...]
    after: Mapping[str, tuple[str, ...]]
    depth: int
    circle: tuple[Item, ...] = ()
    astray: tuple[Item, ...] = ()

    @property
    def alone(self) -> tuple[Item, ...]:
        """The items that come after none, and that none comes after."""
        return tuple(item for item in self._last if not self.after[plain_name(item.name)])

    @property
    def tops(self) -> tuple[Item, ...]:
        """The items that come after others, and that none comes after."""
        return tuple(item for item in self._last if self.after[plain_name(item.name)])

    def way_to(self, top: Item) -> tuple[Item, ...]:
        """The way to an item from one that comes after none.

        Where an item comes after several, its way leads through the one that is last in the order.
        """
        places = {plain_name(item.name): place for place, item in enumerate(self.order)}
        way = [top]
        while before := self.after[plain_name(way[-1].name)]:
            way.append(self.order[max(places[name] for name in before)])
        return tuple(reversed(way))

    @property
    def _last(self) -> list[Item]:
        awaited = {name for names in self.after.values() for name in names}
        return [item for item in self.order if plain_name(item.name) not in awaited]


def stack_of(kind: ItemType, items: Sequence[Item]) -> Stack:
    """The stack of a record's items of one kind; of those that could be next the first is."""
    by_name = {plain_name(item.name): item for item in items}
    after: dict[str, tuple[str, ...]] = {}
    astray = []
    roots = {plain_name(root) for root in kind.roots}
    # What is exclusive waits for what was so before it; to wait for the last is to wait for all.
    exclusive: tuple[str, ...] = ()
    for name, item in by_name.items():
        said = item.value(kind.after or "")
        named = [word for word in map(plain_name, _WORD.findall(said)) if word in by_name]
        if said and not named and plain_name(said) not in roots:
            astray.append(item)
        after[name] = tuple(dict.fromkeys(n for n in (*named, *exclusive) if n != name))
        if kind.exclusive is not None and item.value(kind.exclusive) == "yes":
            exclusive = (name,)
    order = _order(after)
    depths: dict[str, int] = {}
    for name in order:
        depths[name] = 1 + max((depths[before] for before in after[name]), default=0)
    return Stack(
        order=tuple(by_name[name] for name in order),
        after=after,
        depth=max(depths.values(), default=0),
        circle=tuple(by_name[name] for name in _circle(after, depths)),
        astray=tuple(astray),
    )


def _order(after: Mapping[str, Sequence[str]]) -> list[str]:
    """All names that can be next at some time, the first of those that can be in front."""
    sorter = TopologicalSorter(after)
    # What waits for no circle is sorted all the same.
    with suppress(CycleError):
        sorter.prepare()
    names = list(after)
    places = {name: place for place, name in enumerate(names)}
    found: list[str] = []
    ready: list[int] = []
    while sorter.is_active():
        for name in sorter.get_ready():
            heappush(ready, places[name])
        found.append(names[heappop(ready)])
        sorter.done(found[-1])
    return found


def _circle(after: Mapping[str, Sequence[str]], placed: Container[str]) -> list[str]:
    """The names on one circle among those that can never be next."""
    seen: dict[str, int] = {}
    name = next((name for name in after if name not in placed), None)
    while name is not None and name not in seen:
        seen[name] = len(seen)
        name = next((before for before in after[name] if before not in placed), None)
    return list(seen)[seen[name] :] if name is not None else []
