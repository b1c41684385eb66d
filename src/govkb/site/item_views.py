"""The items of records as pages show them: on the record's own page, and on the boards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup
from msgspec import Struct

from govkb.knowledge_base import KnowledgeBase
from govkb.queries.items import (
    EXPIRED,
    WAIVED,
    ItemState,
    is_told_elsewhere,
    item_states,
    items_among,
)
from govkb.queries.stacks import stack_of
from govkb.reading import Record
from govkb.site.cuts import Cut, cut
from govkb.site.index_views import types_in_use
from govkb.site.marks import Mark, standing_mark
from govkb.site.rendering import render_text
from govkb.site.viewpoint import RecordLink, Viewpoint

_ON_A_CARD = 12
_ON_A_BOARD = 50


class ItemMark(Struct, frozen=True):
    """An item on its record's page.

    Of one that stands in no text of the page `anchor` is its own here, and `html` says what it is.
    """

    name: str
    html: Markup | None
    href: str
    anchor: str | None
    state: Mark
    by: RecordLink | None


class ItemGroup(Struct, frozen=True):
    """The items of one kind on their record's page, the open ones first.

    Where it `is_work` they are counted; others, such as exceptions, just stand there. `chains` are
    those that have to be done one after another.
    """

    label: str
    is_work: bool
    done: int
    total: int
    items: Cut[ItemMark]
    chains: Cut[tuple[ItemMark, ...]]


class OpenItem(Struct, frozen=True):
    """An open item on a board; `href` leads to where it stands in its record."""

    name: str
    html: Markup
    link: RecordLink
    href: str | None
    state: Mark


class ItemBoard(Struct, frozen=True):
    """The open items of one kind, over all records that aren't done."""

    heading: str
    anchor: str
    items: Cut[OpenItem]


def item_groups(
    record: Record, anchors: Mapping[int, str], view: Viewpoint
) -> tuple[ItemGroup, ...]:
    """The items of a record by kind, in the order in which its type declares the kinds.

    `anchors` are those that its page has for them, by the offset at which they begin.
    """
    by_kind: dict[str, list[ItemState]] = {}
    for one in item_states(record, view.base):
        by_kind.setdefault(one.item.kind.kind, []).append(one)
    return tuple(_group(found, anchors, view) for found in by_kind.values())


def item_boards(view: Viewpoint) -> tuple[ItemBoard, ...]:
    """A board for every kind of which something is open, in the order of the types."""
    types = (of for of in types_in_use(view.base) if of.items)
    waiting = (r for of in types for r in view.base.of_type(of.name) if not r.is_done)
    return boards_of(items_among(view.base, waiting), view)


def boards_of(states: Iterable[ItemState], view: Viewpoint) -> tuple[ItemBoard, ...]:
    """A board for each kind that is open among these, in the order in which they come."""
    found: dict[str, list[ItemState]] = {}
    for one in states:
        if one.is_open:
            found.setdefault(one.item.kind.kind, []).append(one)
    return tuple(
        ItemBoard(
            heading=f"Open {of[0].item.kind.plural.lower()}",
            anchor=f"items-{kind}",
            items=cut(of, _ON_A_BOARD, lambda one: _open_item(one, view)),
        )
        for kind, of in found.items()
    )


def digest_parts(record: Record, base: KnowledgeBase) -> Iterable[str]:
    """What a record's page shows of its items that stands in other records."""
    if not is_told_elsewhere(record):
        return ()
    return [
        f"{one.item.anchor} {one.state} {one.by and one.by.id}" for one in item_states(record, base)
    ]


def _group(found: Sequence[ItemState], anchors: Mapping[int, str], view: Viewpoint) -> ItemGroup:
    kind = found[0].item.kind
    in_order = sorted(found, key=lambda one: not one.is_open)
    return ItemGroup(
        label=kind.plural,
        is_work=not kind.done.issuperset(kind.states),
        done=sum(not one.is_open for one in found),
        total=len(found),
        items=cut(in_order, _ON_A_CARD, lambda one: _mark(one, anchors, view)),
        chains=_chains(found, anchors, view),
    )


def _chains(
    found: Sequence[ItemState], anchors: Mapping[int, str], view: Viewpoint
) -> Cut[tuple[ItemMark, ...]]:
    kind = found[0].item.kind
    if kind.after is None:
        return Cut((), 0)
    marks = {id(one.item): _mark(one, anchors, view) for one in found}
    stack = stack_of(kind, [one.item for one in found])
    return cut(
        stack.tops, _ON_A_CARD, lambda top: tuple(marks[id(item)] for item in stack.way_to(top))
    )


def _mark(one: ItemState, anchors: Mapping[int, str], view: Viewpoint) -> ItemMark:
    own = None if one.item.path else anchors.get(one.item.start)
    return ItemMark(
        name=one.item.name,
        html=view.prose(one.item.text, one.record) if own is None else None,
        href=f"#{own or one.item.anchor}",
        anchor=one.item.anchor if own is None else None,
        state=_state(one),
        by=view.link(one.by) if one.by is not None else None,
    )


def _open_item(one: ItemState, view: Viewpoint) -> OpenItem:
    record, item = one.record, one.item
    return OpenItem(
        name=item.name,
        html=Markup(render_text(item.text, record, view.linker)),
        link=view.link(record),
        href=view.linker.to(record, item.anchor),
        state=_state(one),
    )


def _state(one: ItemState) -> Mark:
    states = list(one.item.kind.states)
    if one.is_open:
        kind = "open" if one.state == states[0] else "moving"
    else:
        kind = "gone" if one.state in (WAIVED, EXPIRED) or one.state in states[2:] else "done"
    rank = states.index(one.state) if one.state in states else len(states)
    return standing_mark(one.state, kind, rank)
