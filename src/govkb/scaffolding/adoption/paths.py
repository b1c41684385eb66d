"""Where the records of a group are, as path patterns below the top of the repository."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.inventory import parents_of

_MAX_FOLDERS = 4
_INDEX = frozenset({"readme", "index"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class PathUse(Struct, frozen=True):
    """A path pattern with how many files have it."""

    template: str
    count: int


def paths_of(documents: Iterable[Document], is_anywhere: bool = False) -> list[PathUse]:
    """Patterns that all these documents fit, the commonest first.

    Records that may be anywhere are not held to the folders in which they happen to be.
    """
    by_name: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_name[_file_pattern(document)].append(document)
    found = []
    for name, members in by_name.items():
        folders: dict[str, int] = defaultdict(int)
        for document in members:
            folders[document.folder] += 1
        if is_anywhere:
            found.append(PathUse(f"{{folders}}{name}", len(members)))
        elif len(folders) <= _MAX_FOLDERS:
            found += [PathUse(_join(folder, name), count) for folder, count in folders.items()]
        else:
            found.append(
                PathUse(f"{_join(common_folder(folders), '{folders}')}{name}", len(members))
            )
    return sorted(found, key=lambda use: (-use.count, use.template))


def _file_pattern(document: Document) -> str:
    stem, record_id = document.stem, document.id
    extension = document.path[len(document.path) - 3 :]
    if stem == record_id:
        return f"{{id}}{extension}"
    if stem.lower() in _INDEX:
        return f"{stem}{extension}"
    rest = stem.removeprefix(f"{record_id}-")
    if rest != stem:
        return f"{{id}}-{'{slug}' if _SLUG.fullmatch(rest) else '{text}'}{extension}"
    return f"{{text}}{extension}"


def common_folder(folders: Iterable[str]) -> str:
    """The innermost folder that all of these are in or below."""
    above = [{*parents_of(f"{folder}/x")} for folder in folders]
    return max(set.intersection(*above), key=len)


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
