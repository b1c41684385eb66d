"""Metadata that stands beside what it is about: a folder, which hands it down, or a file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from govkb import strict_yaml
from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.inventory import Inventory, folder_of, parents_of

NEVER = ("id", "title")
_NAMES = re.compile(r"meta|front.?matter|defaults", re.IGNORECASE)
_MIN_FOLDERS = 3
_MIN_SHARED_FIELDS = 2
_SHARED = 0.8
_ZONE_SHARE = 0.8


class Zone(Struct, frozen=True):
    """A folder of which nearly every subfolder has the sidecar. `missing` are those that don't."""

    glob: str
    having: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sidecars:
    """The sidecars of a inventory.

    `file` is the name of those of folders, `suffix` the ending of those of files; `folders` holds
    what each says.
    """

    file: str | None = None
    folders: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    suffix: str | None = None
    files: tuple[str, ...] = ()
    zones: tuple[Zone, ...] = ()
    _known: dict[str, Mapping[str, Any]] = field(default_factory=dict, compare=False, repr=False)

    def handed_down(self, path: str) -> Mapping[str, Any]:
        """What a file has from the folders above it, the nearest winning."""
        folder = folder_of(path)
        if folder not in self._known:
            self._known[folder] = self._handed_down(path)
        return self._known[folder]

    def _handed_down(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for folder in parents_of(path):
            said = self.folders.get(folder, {})
            found |= {n: v for n, v in said.items() if n not in NEVER and not _is_empty(v)}
        return found

    def effective(self, document: Document) -> dict[str, Any]:
        """A document's own fields and those handed down; an empty own value doesn't count."""
        own = {n: v for n, v in (document.metadata or {}).items() if not _is_empty(v)}
        return {**self.handed_down(document.path), **own}


def find_sidecars(inventory: Inventory, documents: Iterable[Document]) -> Sidecars:
    """The sidecars of a tree: YAML files of one name that share their fields with frontmatter."""
    known = {name for document in documents for name in document.metadata or {}}
    values = {
        path: value for path in inventory.yaml() if (value := _mapping(inventory.texts[path]))
    }
    by_name: dict[str, list[str]] = defaultdict(list)
    for path, value in values.items():
        name = path.rpartition("/")[2]
        if _is_metadata(name, value, known):
            by_name[name].append(path)
    suffix, files = _file_sidecars(inventory, by_name)
    candidates = [(len(paths), name) for name, paths in by_name.items()]
    count, name = max(candidates, default=(0, ""))
    if count < _MIN_FOLDERS:
        return Sidecars(suffix=suffix, files=files)
    # Those with other fields are sidecars too, once it is known what they are called.
    paths = [path for path in values if path.rpartition("/")[2] == name]
    folders = {folder_of(path): values[path] for path in paths}
    return Sidecars(name, folders, suffix, files, tuple(_zones(inventory, folders)))


def _is_metadata(name: str, value: Mapping[str, Any], known: set[str]) -> bool:
    """Whether a YAML file seems to say about others what their frontmatter would.

    Settings of tools share words such as `version` and `description` with frontmatter, so the name
    has to say so, or nearly every key.
    """
    shared = len(known & value.keys())
    enough = shared >= _MIN_SHARED_FIELDS
    return enough and (bool(_NAMES.search(name)) or shared >= _SHARED * len(value))


def _file_sidecars(
    inventory: Inventory, by_name: dict[str, list[str]]
) -> tuple[str | None, tuple[str, ...]]:
    """The ending of sidecars such as `logo.png.metadata.yaml`, and these files."""
    endings: dict[str, list[str]] = defaultdict(list)
    for paths in by_name.values():
        for path in paths:
            head, dot, _ = path.removesuffix(".yaml").removesuffix(".yml").rpartition(".")
            if dot and inventory.has_file(head):
                endings[path[len(head) :]].append(path)
    if not endings:
        return None, ()
    suffix = max(sorted(endings), key=lambda ending: len(endings[ending]))
    return suffix, tuple(sorted(endings[suffix]))


def _zones(inventory: Inventory, folders: Mapping[str, Any]) -> Iterable[Zone]:
    """The folders, at most two deep, whose subfolders nearly all have the sidecar."""
    everywhere = {f for path in (*inventory.texts, *inventory.others) for f in parents_of(path)} - {
        ""
    }
    children: dict[str, list[str]] = defaultdict(list)
    for folder in sorted(everywhere):
        children[folder_of(folder)].append(folder)
    for parent, below in sorted(children.items()):
        having = [folder for folder in below if folder in folders]
        is_zone = len(having) >= _MIN_FOLDERS and len(having) >= _ZONE_SHARE * len(below)
        if parent and parent.count("/") < 2 and is_zone:
            missing = tuple(folder for folder in below if folder not in folders)
            yield Zone(f"{parent}/*", len(having), missing)


def _mapping(data: bytes) -> dict[str, Any] | None:
    if len(data) > strict_yaml.MAX_BYTES:
        return None
    value = strict_yaml.load(data.decode("utf-8", "replace")).value
    return value if isinstance(value, dict) else None


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
