"""The names that records go by, each kind in an index of its own."""

from __future__ import annotations

import bisect
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from govkb.reading import ReadResult, Record

# `ADR-` `0180` `tdd-philosophy`; the number may have a letter (17b, 20260418-B) or several parts.
_NUMBERED = re.compile(
    r"(?P<prefix>[^0-9]*)(?P<number>[0-9]+[a-z]?(?:-[0-9]+[a-z]?)*(?:-[A-Z](?![A-Za-z0-9]))?)"
    r"(?:-(?P<slug>[A-Za-z].*))?",
    re.ASCII,
)

Index = Mapping[str, list[Record]]
Part = Callable[["Numbered"], str | None]


class Numbered(NamedTuple):
    """A name that counts: its fixed beginning, its number and the words after that, if any."""

    prefix: str
    number: str
    slug: str | None


def numbered(name: str) -> Numbered | None:
    """The parts of a name with a number in it; None for any other."""
    found = _NUMBERED.fullmatch(name)
    return Numbered(found["prefix"], found["number"], found["slug"]) if found else None


def without_extension(path: str) -> str:
    """A path or file name without `.md`."""
    return path[:-3] if path[-3:].lower() == ".md" else path


def _has_name(record: Record) -> bool:
    """Whether a record can be named, or need not be: a folder's metadata has no id."""
    return bool(record.id) or record.sidecar is not None


class Names:
    """All names of all records. What few references need is only put together when one does."""

    def __init__(self, results: Iterable[ReadResult]) -> None:
        results = list(results)
        self.records = [r.record for r in results if r.record is not None and r.record.id]
        self._broken = [r for r in results if r.record is None or not _has_name(r.record)]
        self.by_id: dict[str, list[Record]] = {}
        self.by_alias: dict[str, list[Record]] = {}
        for record in self.records:
            self.by_id.setdefault(record.id, []).append(record)
            aliases = record.metadata.get("aliases")
            for alias in aliases if isinstance(aliases, list) else ():
                if isinstance(alias, str):
                    self.by_alias.setdefault(alias, []).append(record)

    @cached_property
    def records_folders(self) -> tuple[str, ...]:
        """What paths of records begin with before their places, each empty or ending in `/`."""
        found = (r.path[: -len(r.place)] for r in self.records if r.path.endswith(r.place))
        return tuple(dict.fromkeys(found))

    @cached_property
    def by_scoped_alias(self) -> Index:
        """Records by the short forms of their type (`INC-B`), which many can share."""
        index: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            for pattern in record.type.aliases if record.type else ():
                if all(token in record.tokens for token in pattern.tokens):
                    index[pattern.fill(record.tokens)].append(record)
        return dict(index)

    @cached_property
    def by_stem(self) -> Index:
        """Records by file name without extension."""
        index: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            index[record.stem].append(record)
        return dict(index)

    @cached_property
    def by_path(self) -> Index:
        """Records by path below the project root, with and without `.md`."""
        index: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            for path in {record.path, without_extension(record.path)}:
                index[path].append(record)
        return dict(index)

    @cached_property
    def by_folder(self) -> Index:
        """Records that are the README of a folder, by that folder's path below the root."""
        index: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            if record.stem.lower() == "readme":
                index[posixpath.dirname(record.path)].append(record)
        return dict(index)

    @cached_property
    def by_readme_id(self) -> Index:
        """The same by the path of the folder in capitals: `DOCS_ADRS_README` for docs/adrs."""
        return {
            f"{folder.replace('/', '_').upper()}_README": records
            for folder, records in self.by_folder.items()
            if folder
        }

    @cached_property
    def by_letter(self) -> Index:
        """Records by the letter in their id."""
        index: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            if "letter" in record.tokens:
                index[record.tokens["letter"]].append(record)
        return dict(index)

    @cached_property
    def unreadable(self) -> frozenset[str]:
        """Ids, stems and paths of files that can't be read, or whose id can't."""
        names: set[str] = set()
        for result in self._broken:
            for path in (without_extension(result.place), without_extension(result.path)):
                names |= {path, path.rpartition("/")[2]}
            if result.claimed_id:
                names.add(result.claimed_id)
        return frozenset(names)

    def beginning_with(self, name: str) -> list[Record]:
        """The records whose id or file name is this one up to its number, and goes on."""
        found = numbered(name)
        if found is None or found.slug is not None:
            return []
        prefix = f"{name}-"
        at = bisect.bisect_left(self._long_names, (prefix,))
        records: dict[int, Record] = {}
        while at < len(self._long_names) and self._long_names[at][0].startswith(prefix):
            record = self._long_names[at][2]
            records[id(record)] = record
            at += 1
        return list(records.values())

    @cached_property
    def _long_names(self) -> list[tuple[str, int, Record]]:
        pairs = {
            (name, number): record
            for number, record in enumerate(self.records)
            for name in (record.id, record.stem)
        }
        return sorted((name, number, record) for (name, number), record in pairs.items())

    def contradicting(self, name: str) -> tuple[list[Record], list[Record]] | None:
        """The records with the number of a name and those with its words, where no record has both.

        None where nothing has the number or nothing the words.
        """
        found = numbered(name)
        if found is None or found.slug is None:
            return None
        holders = self._by_number.get((found.prefix, found.number), [])
        meant = self._by_slug.get((found.prefix, found.slug), [])
        known = {id(record) for record in holders}
        if not holders or not meant or any(id(record) in known for record in meant):
            return None
        return holders, meant

    @cached_property
    def _by_number(self) -> dict[tuple[str, str], list[Record]]:
        return self._numbered_names(lambda found: found.number)

    @cached_property
    def _by_slug(self) -> dict[tuple[str, str], list[Record]]:
        return self._numbered_names(lambda found: found.slug)

    def _numbered_names(self, part: Part) -> dict[tuple[str, str], list[Record]]:
        index: dict[tuple[str, str], dict[int, Record]] = defaultdict(dict)
        for record in self.records:
            for name in (record.id, record.stem):
                found = numbered(name)
                value = part(found) if found else None
                if found and value:
                    index[found.prefix, value][id(record)] = record
        return {key: list(records.values()) for key, records in index.items()}
