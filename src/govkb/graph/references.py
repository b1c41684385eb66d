"""The grammar of references: how one record names another, in a field or in prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from govkb.reading import Record
from govkb.reading.body import anchor_for
from govkb.record_types import RelationType, TypeCatalogue

Path = tuple[str | int, ...]

_GROUP = re.compile(r"(?P<head>.+-)(?P<letters>[A-Z](?:/[A-Z])+)", re.ASCII)
_PART = re.compile(r"(?P<head>.+-[A-Z])\.(?P<part>[0-9]+)", re.ASCII)
_FRAGMENT = re.compile(r"(?P<head>[^#]+)#(?P<fragment>[^#\s]*[^#\s0-9][^#\s]*)")
_SECTION = re.compile(r"(?P<head>[^§]*[^§\s])\s*§\s*(?P<section>[^§]+)")


@dataclass(frozen=True, slots=True)
class Name:
    """One record named by a reference, with the part of it that is meant, if any.

    `fragment` is the anchor of a heading; `part` the number of a lettered record's part (`E.2`).
    """

    target: str
    fragment: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a record where another is named.

    A declared citation has the `key` of its field and the relation that the field states, read
    backwards where `is_inverse`. A mention has byte offsets into the record instead.
    """

    record: Record
    text: str
    name: Name
    relation: RelationType | None = None
    is_inverse: bool = False
    key: Path = ()
    note: str | None = None
    start: int = 0
    end: int = 0

    @property
    def is_declared(self) -> bool:
        """Whether it stands in a frontmatter field, not in the text."""
        return bool(self.key)


def split_reference(text: str) -> list[Name]:
    """The records that a reference names: `DEC-20260421-A/B` names two, `…-E.2` a part of one."""
    text = text.strip()
    section = _SECTION.fullmatch(text)
    if section:
        return [Name(section["head"], anchor_for(section["section"], {}))]
    fragment = _FRAGMENT.fullmatch(text)
    if fragment and "://" not in text:
        return [Name(fragment["head"], fragment["fragment"])]
    group = _GROUP.fullmatch(text)
    if group:
        return [Name(group["head"] + letter) for letter in group["letters"].split("/")]
    part = _PART.fullmatch(text)
    if part:
        return [Name(part["head"], part=part["part"])]
    return [Name(text)]


def declared_citations(record: Record) -> Iterator[Citation]:
    """Every reference in a record's relation fields; values of the wrong shape are left out."""
    if record.type is None:
        return
    for field, relation in record.type.relations.items():
        yield from _in_field(record, (field,), relation, is_inverse=False)
    for field, relation in record.type.inverses.items():
        if field not in record.type.relations:
            yield from _in_field(record, (field,), relation, is_inverse=True)
    for path, relation in record.type.references.items():
        yield from _in_field(record, path, relation, is_inverse=False)


def _in_field(
    record: Record, path: Path, relation: RelationType, *, is_inverse: bool
) -> Iterator[Citation]:
    value = record.at(path)
    if value is None:
        return
    entries = enumerate(value) if isinstance(value, list) else [(None, value)]
    for number, entry in entries:
        key = path if number is None else (*path, number)
        text, note = _text_and_note(entry)
        if isinstance(entry, dict):
            key = (*key, "ref")
        for name in split_reference(text) if text else ():
            yield Citation(record, text, name, relation, is_inverse, key, note)


def _text_and_note(entry: Any) -> tuple[str, str | None]:
    if isinstance(entry, dict):
        ref, note = entry.get("ref"), entry.get("note")
        return ref if isinstance(ref, str) else "", note if isinstance(note, str) else None
    return (entry, None) if isinstance(entry, str) else ("", None)


class Mentions:
    """Finds ids and declared aliases in prose, all with one regular expression.

    Aliases without a dash are left out: they would be ordinary words.
    """

    def __init__(self, catalogue: TypeCatalogue, aliases: Iterable[str] = ()) -> None:
        ids = [re.escape(alias) for alias in sorted(aliases, reverse=True) if "-" in alias]
        folders: set[str] = set()
        for record_type in catalogue.types.values():
            patterns = [form.id for form in record_type.forms] + list(record_type.aliases)
            ids += [pattern.regex for pattern in patterns if pattern.prefix]
            folders.add(record_type.folder)
        tail = r"(?:(?:/[A-Z])+(?![A-Za-z0-9])|\.[0-9]+|(?:-[a-z0-9]+)+)?"
        by_id = f"(?:{'|'.join(ids) or '(?!)'}){tail}"
        names = "|".join(re.escape(folder) for folder in sorted(folders) if folder)
        by_path = f"(?:{names or '(?!)'})/[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*"
        suffix = r"(?:#[A-Za-z0-9_-]+| ?§ ?[A-Z][A-Za-z-]*(?: [a-z-]+)?)?"
        text = rf"(?<![A-Za-z0-9_./-])(?:{by_id}|{by_path}){suffix}(?![A-Za-z0-9_-])"
        self._pattern = re.compile(text, re.ASCII)

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """The places in a text where a record is named."""
        return self._pattern.finditer(text)

    def citations(self, record: Record) -> Iterator[Citation]:
        """Every mention in a record's prose, and every relative link to a Markdown file."""
        source = record.source
        for start, end in record.body.text_runs:
            text = source.text(start, end)
            for match in self.find(text):
                first = start + len(text[: match.start()].encode())
                last = first + len(match[0].encode())
                for name in split_reference(match[0]):
                    yield Citation(record, match[0], name, start=first, end=last)
        for link in record.body.links:
            if is_record_link(link.target):
                head, _, fragment = link.target.partition("#")
                name = Name(head, fragment or None)
                yield Citation(record, link.target, name, start=link.start, end=link.end)


def is_record_link(target: str) -> bool:
    """Whether a link's address may lead to a record: a relative path to a Markdown file."""
    path = target.partition("#")[0]
    return path.lower().endswith(".md") and "://" not in path and not path.startswith("/")
