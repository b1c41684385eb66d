"""The record that a name on the command line means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govkb.errors import FindingsError, UsageError

if TYPE_CHECKING:
    from govkb.knowledge_base import KnowledgeBase
    from govkb.reading import ReadResult, Record

_NUMBER = re.compile("[0-9]{1,9}", re.ASCII)
_COUNTED = ({"seq"}, {"int"})


def named(base: KnowledgeBase, name: str) -> Record:
    """The record that a name on the command line means.

    Raises UsageError where it is none or could be several, FindingsError where its file can't be
    read.
    """
    by_path = next((r for r in base.records if name in _paths(r)), None)
    if by_path is not None:
        return by_path
    resolution = base.graph.resolver.resolve_name(name)
    if resolution.record is not None:
        return resolution.record
    if resolution.candidates:
        names = "\n".join(f"{r.id}  {r.path}" for r in resolution.candidates)
        raise UsageError(f"{name!r} can be {len(resolution.candidates)} records", names)
    _refuse_unreadable(base, name)
    numbered = _numbered(base, name)
    if len(numbered) == 1:
        return numbered[0]
    near = numbered or base.graph.resolver.nearest(name)
    hint = "\n".join(f"{record.id}  {record.title}" for record in near)
    raise UsageError(
        f"no record is called {name!r}",
        f"did you mean\n{hint}"
        if near
        else "`govkb list` shows all, `govkb search` finds by words",
    )


def _numbered(base: KnowledgeBase, name: str) -> list[Record]:
    """The records that a bare number can mean: `1` is ADR-0001 where nothing else has it."""
    if not _NUMBER.fullmatch(name):
        return []
    return [record for record in base.records if _number_of(record) == int(name)]


def _number_of(record: Record) -> int | None:
    """What tells a record from all others of its form, where that is a number."""
    tokens = {name: value for name, value in record.tokens.items() if value and name != "slug"}
    return int(next(iter(tokens.values()))) if tokens.keys() in _COUNTED else None


def _refuse_unreadable(base: KnowledgeBase, name: str) -> None:
    """Raises FindingsError where a file that is there has this name and isn't to be read."""
    for result in base.results:
        if result.record is None and name in (result.claimed_id, *_paths(result)):
            where = f"is in {result.path}, which" if name == result.claimed_id else "is there, but"
            raise FindingsError(f"{name} {where} can't be read", f"see `govkb check {result.path}`")


def _paths(item: Record | ReadResult) -> tuple[str, str, str]:
    """The ways to write the path of a file."""
    return item.path, f"./{item.path}", item.place
