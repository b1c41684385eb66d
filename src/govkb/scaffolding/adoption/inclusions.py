"""Which folders records are in, where they aren't all over a repository."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from govkb.record_types import IdPattern, RecordType
from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.evidence import files
from govkb.scaffolding.adoption.exclusions import escaped
from govkb.scaffolding.adoption.inventory import parents_of
from govkb.scaffolding.adoption.paths import common_folder, paths_of
from govkb.scaffolding.adoption.type_file import Type

_MOST = 12
_NUMBER = re.compile(r"(?:/|^)[0-9-]+$")


class Inclusion(Struct, frozen=True):
    """A glob of files that are records, and how many there are."""

    glob: str
    reason: str


def find_inclusions(
    types: Sequence[Type], chosen: Iterable[RecordType], unplaced: Iterable[Document]
) -> list[Inclusion]:
    """The folders of all records, sorted; none where records may be anywhere.

    `chosen` are types of govkb's own in force; `unplaced` are documents of no type. One that has
    frontmatter may well be a record: only what has none can be left out beside it.
    """
    folders = {folder for found in types for folder in _folders(found)}
    folders |= {path.fixed_folder for t in chosen for f in t.forms for path in f.paths[:1]}
    folders |= {_without_numbers(d.folder) for d in unplaced if d.metadata is not None}
    outermost = {f for f in folders if folders.isdisjoint({*parents_of(f)} - {f})}
    if "" in folders or len(outermost) > _MOST:
        return []
    counts = Counter(
        above
        for found in types
        for document in found.documents
        for above in parents_of(document.path)
    )
    return [
        Inclusion(f"{escaped(f)}/", files(counts[f]) if counts[f] else "for new records")
        for f in sorted(outermost)
    ]


def _folders(found: Type) -> set[str]:
    """Where the records of a type are: together if these have a folder in common."""
    uses = paths_of(found.documents, found.is_anything)
    folders = {_without_numbers(IdPattern(use.template).fixed_folder) for use in uses}
    common = common_folder(folders)
    return {common} if common else folders


def _without_numbers(folder: str) -> str:
    """The folder above those of years and months, which the next record won't be in."""
    while _NUMBER.search(folder):
        folder = _NUMBER.sub("", folder)
    return folder
