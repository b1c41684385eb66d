"""The record that a name on the command line means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.knowledge_base import KnowledgeBase
    from govkb.reading import Record


def named(base: KnowledgeBase, name: str) -> Record:
    """The record that a name on the command line means.

    Raises UsageError where it is none or could be several.
    """
    by_path = next((r for r in base.records if name in (r.path, f"./{r.path}", r.place)), None)
    if by_path is not None:
        return by_path
    resolution = base.graph.resolver.resolve_name(name)
    if resolution.record is not None:
        return resolution.record
    if resolution.candidates:
        names = "\n".join(f"{r.id}  {r.path}" for r in resolution.candidates)
        raise UsageError(f"{name!r} can be {len(resolution.candidates)} records", names)
    near = base.graph.resolver.nearest(name)
    hint = "\n".join(f"{record.id}  {record.title}" for record in near)
    raise UsageError(f"no record is called {name!r}", f"did you mean\n{hint}" if near else None)
