"""Which Markdown files of a tree are no records: what tools put there, templates and fixtures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.inventory import Inventory

_FIXTURES = frozenset(
    {"fixtures", "fixture", "__fixtures__", "testdata", "test-data", "skeleton", "skeletons"}
)
_TEMPLATE = re.compile(r"(?:^|[-_.])template$|^template(?:[-_.]|$)", re.IGNORECASE)
_GLOB_CHARACTERS = re.compile(r"([\\*?\[\]!#])")


class Exclusion(Struct, frozen=True):
    """A glob of files that are no records, and why."""

    glob: str
    reason: str


def find_exclusions(inventory: Inventory, documents: Iterable[Document]) -> list[Exclusion]:
    """What to leave out, in a stable order."""
    documents = list(documents)
    found = [
        Exclusion(f"**/{name}/**", f"not read: {_folders(count)} of this name")
        for name, count in sorted(inventory.skipped.items())
    ]
    found += [Exclusion(escaped(path), "git ignores it") for path in inventory.ignored]
    fixtures = Counter(f for d in documents if (f := _fixture_folder(d.path)))
    for folder, count in sorted(fixtures.items()):
        found.append(Exclusion(f"{escaped(folder)}/**", f"{_files(count)} for tests or tools"))
    cited = _cited(documents)
    for document in documents:
        if _fixture_folder(document.path) or not _TEMPLATE.search(document.stem):
            continue
        if document.id not in cited and document.stem not in cited:
            reason = "a template to copy; no other file names it"
            found.append(Exclusion(escaped(document.path), reason))
    return found


def of_index(document: Document) -> Exclusion:
    """That a file which lists records is none itself."""
    return Exclusion(escaped(document.path), "a list of the records beside it")


def is_excluded(document: Document, exclusions: Iterable[Exclusion]) -> bool:
    """Whether one of the exclusions found above is about this file."""
    if _fixture_folder(document.path):
        return True
    return any(escaped(document.path) == exclusion.glob for exclusion in exclusions)


def _fixture_folder(path: str) -> str | None:
    """The outermost folder above a path whose name says that its files are made up."""
    parts = path.split("/")
    for number, part in enumerate(parts[:-1]):
        if part.lower() in _FIXTURES:
            return "/".join(parts[: number + 1])
    return None


def _cited(documents: Iterable[Document]) -> frozenset[str]:
    """Every text in a frontmatter but in `id` and `title`: what documents may be called there."""
    found: set[str] = set()
    for document in documents:
        for name, value in (document.metadata or {}).items():
            if name not in ("id", "title"):
                found.update(_texts(value))
    return frozenset(found)


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)


def escaped(path: str) -> str:
    """A path as a glob that fits nothing else: anchored at the top."""
    return "/" + _GLOB_CHARACTERS.sub(r"\\\1", path)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _folders(count: int) -> str:
    return "1 folder" if count == 1 else f"{count} folders"
