"""Relations that are mentioned and not declared, put into the files of the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from govkb.checking.fixing import edited
from govkb.graph.suggestions import Undeclared
from govkb.reading import Record
from govkb.scaffolding.declaring import declaring_edits
from govkb.workspace.fixing import Mended


def declared(root: Path, suggestions: Iterable[Undeclared], relation: str) -> Mended:
    """The files as they are when their records declare all of this; nothing is written yet."""
    wanted: dict[str, list[Undeclared]] = defaultdict(list)
    for suggestion in suggestions:
        wanted[suggestion.record.path].append(suggestion)
    mended = Mended()
    for path, found in wanted.items():
        if not found[0].record.yaml_end:
            mended.refused[path] = f"it has no frontmatter to put `{relation}` into"
            continue
        before = (root / path).read_bytes()
        after = _declaring(found[0].record, before, [s.target.id for s in found], relation)
        if after is None:
            mended.refused[path] = f"`{relation}` is written in a way that can't be added to"
        else:
            mended.before[path], mended.after[path] = before, after
    return mended


def _declaring(record: Record, before: bytes, ids: list[str], relation: str) -> bytes | None:
    edits = declaring_edits(record, relation, ids)
    return edited(before, record.source.data, edits) if edits is not None else None
