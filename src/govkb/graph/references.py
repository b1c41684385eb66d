"""The grammar of references: how one record names another, in a field or in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from govkb.reading import Record
from govkb.reading.body import anchor_for
from govkb.record_types import RecordType, RelationType

Path = tuple[str | int, ...]

COMMIT_FIELDS = ("commit", "commits")

_COMMIT = re.compile("[0-9A-Fa-f]{7,64}", re.ASCII)
_PLAIN = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S*", re.ASCII)
_GROUP = re.compile(r"(?P<head>.+-)(?P<letters>[A-Z](?: ?/ ?[A-Z])+)", re.ASCII)
_PART = re.compile(r"(?P<head>.+-[A-Z])\.(?P<part>[0-9]+|[a-z])", re.ASCII)
_OPTION = re.compile(r"[A-Z]-(?P<part>[a-z])", re.ASCII)
_LINES = re.compile(
    r"(?P<path>[^\s:#]*[A-Za-z][^\s:#]*)(?::|#L)(?P<first>[0-9]{1,7})"
    r"(?:-L?(?P<last>[0-9]{1,7}))?(?::[0-9]+)?",
    re.ASCII,
)
_FILE = re.compile("[A-Z][a-z]*file", re.ASCII)
_FRAGMENT = re.compile(r"(?P<head>[^#]+)#(?P<fragment>[^#\s]*[^#\s0-9][^#\s]*)")
_SECTION = re.compile(r"(?P<head>[^§]*[^§\s])\s*§\s*(?P<section>[^§]+)")
_TICKETS = re.compile(
    r"(?P<repo>@?[A-Za-z0-9_./@-]*)(?P<numbers>[#!][0-9]+(?:\s*/\s*[#!][0-9]+)+)", re.ASCII
)
# What follows an id: a title in brackets or after a colon or dash, or the words of a heading.
_ID = r"(?P<head>(?=\S*[0-9_-])[A-Za-z0-9][A-Za-z0-9_./-]*[A-Za-z0-9])"
_DECORATED = re.compile(
    rf"{_ID}(?: *\((?P<bracketed>[^()]*(?:\([^()]*\)[^()]*)*)\)|(?: *:| +[-–—]) +(?P<after>\S.*))"
)
_LABELLED = re.compile(rf"{_ID} +(?P<label>[A-Za-z].*)")


class Name(NamedTuple):
    """One thing named by a reference, with the part of it that is meant, if any.

    `fragment` is the anchor of a heading and `label` the words that stand for one; `part` the
    number or letter of a lettered record's part (`E.2`), `row` the id of a table's row, `lines` the
    first and last line of a file. `decoration` is text that says nothing more, such as a title.
    """

    target: str
    fragment: str | None = None
    part: str | None = None
    label: str | None = None
    row: str | None = None
    lines: tuple[int, int] | None = None
    decoration: str | None = None

    @property
    def meant_part(self) -> tuple[object, ...]:
        """Everything that says which part is meant."""
        return self[1:-1]

    @property
    def has_part(self) -> bool:
        """Whether a part of a record is meant."""
        return bool(self.fragment is not None or self.part or self.row or self.lines)


class Citation(NamedTuple):
    """A place in a record where something is named.

    A declared citation has the `key` of its field and the relation that the field states, read
    backwards where `is_inverse`. A mention has byte offsets into the record instead, and `kind`
    says what it looks like (a MentionKind). A declared one has a kind only where it is a commit, or
    was taken from a link in the text that leads nowhere.
    """

    record: Record
    text: str
    name: Name
    relation: RelationType | None = None
    is_inverse: bool = False
    key: Path = ()
    note: str | None = None
    kind: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_declared(self) -> bool:
        """Whether it stands in a frontmatter field, not in the text."""
        return bool(self.key)

    @property
    def qualifiers(self) -> Mapping[str, Any]:
        """What its field says about the relation, beside `ref` itself."""
        entry = self.record.at(self.key[:-1]) if self.key and self.key[-1] == "ref" else None
        return entry if isinstance(entry, dict) else {}


# A reference in a field: its text, the relation (None where it is a commit), whether that is read
# backwards, the key, and the note.
DeclaredReference = tuple[str, RelationType | None, bool, Path, str | None]

# The fields of a type that hold references, by their first key: path, relation, is_inverse.
ReferenceFields = dict[str, list[tuple[Path, RelationType | None, bool]]]


def split_reference(text: str) -> list[Name]:
    """What a reference names: `DEC-20260421-A/B` two records, `…-E.2` a part of one."""
    text = text.strip()
    if _PLAIN.fullmatch(text):
        option = _OPTION.fullmatch(text)
        return [Name(text, part=option["part"]) if option else Name(text)]
    if _ADDRESS.fullmatch(text):
        return [Name(text)]
    return _members(text) or _partly(text) or _with_words(text) or [Name(text)]


def _members(text: str) -> list[Name]:
    """The members of a group of tickets or of lettered records."""
    tickets = _TICKETS.fullmatch(text)
    if tickets:
        return [Name(tickets["repo"] + n.strip()) for n in tickets["numbers"].split("/")]
    group = _GROUP.fullmatch(text)
    if group:
        return [Name(group["head"] + letter.strip()) for letter in group["letters"].split("/")]
    return []


def _partly(text: str) -> list[Name]:
    """A record, or a file, and the part of it that is meant."""
    section = _SECTION.fullmatch(text)
    if section:
        label = section["section"].strip()
        return [Name(section["head"], anchor_for(label, {}), label=label)]
    lines = _LINES.fullmatch(text)
    if lines and ("#L" in text or _may_be_file(lines["path"])):
        first = int(lines["first"])
        return [Name(lines["path"], lines=(first, int(lines["last"] or first)))]
    fragment = _FRAGMENT.fullmatch(text)
    if fragment:
        return [Name(fragment["head"], fragment["fragment"])]
    part = _PART.fullmatch(text)
    return [Name(part["head"], part=part["part"])] if part else []


def _with_words(text: str) -> list[Name]:
    """An id followed by words: its title, or a heading of it."""
    decorated = _DECORATED.fullmatch(text)
    if decorated:
        words = decorated["bracketed"] or decorated["after"] or ""
        return [n._replace(decoration=words) for n in split_reference(decorated["head"])]
    labelled = _LABELLED.fullmatch(text)
    if labelled:
        label = labelled["label"].strip()
        return [Name(labelled["head"], anchor_for(label, {}), label=label)]
    return []


def is_commit_name(text: str) -> bool:
    """Whether it can be the name of a commit, short or in full."""
    return _COMMIT.fullmatch(text) is not None


def undecorated(text: str) -> str:
    """A reference without the words after its id."""
    decorated = _DECORATED.fullmatch(text.strip())
    return decorated["head"] if decorated else text


def _may_be_file(path: str) -> bool:
    name = path.rpartition("/")[2]
    return "." in name or _FILE.fullmatch(name) is not None


def reference_fields(record_type: RecordType) -> ReferenceFields:
    """Where records of a type hold references."""
    fields: ReferenceFields = {}
    inverses = {n: r for n, r in record_type.inverses.items() if n not in record_type.relations}
    for path, relation, is_inverse in (
        *(((name,), r, False) for name, r in record_type.relations.items()),
        *(((name,), r, True) for name, r in inverses.items()),
        *((path, r, False) for path, r in record_type.references.items()),
        *(((name,), None, False) for name in COMMIT_FIELDS if name not in record_type.relations),
    ):
        fields.setdefault(path[0], []).append((path, relation, is_inverse))
    return fields


def declared_references(record: Record, fields: ReferenceFields) -> Iterator[DeclaredReference]:
    """Every reference in a record's fields; values of the wrong shape are left out."""
    metadata = record.metadata
    for first in metadata:
        for path, relation, is_inverse in fields.get(first, ()):
            value = metadata[first] if len(path) == 1 else record.at(path)
            if type(value) is list:
                for number, entry in enumerate(value):
                    if type(entry) is str:
                        if entry:
                            yield entry, relation, is_inverse, (*path, number), None
                    else:
                        yield from _noted(entry, relation, is_inverse, (*path, number))
            elif type(value) is str and value:
                yield value, relation, is_inverse, path, None
            else:
                yield from _noted(value, relation, is_inverse, path)


def _noted(
    entry: Any, relation: RelationType | None, is_inverse: bool, key: Path
) -> Iterator[DeclaredReference]:
    """A reference written as `{ref: ID, note: why}`."""
    if isinstance(entry, dict):
        ref, note = entry.get("ref"), entry.get("note")
        if isinstance(ref, str) and ref:
            note = note if isinstance(note, str) else None
            yield ref, relation, is_inverse, (*key, "ref"), note


def is_record_link(target: str) -> bool:
    """Whether a link's address may lead to a record: a relative path to a Markdown file."""
    path = target.partition("#")[0]
    return path.lower().endswith(".md") and "://" not in path and not path.startswith("/")
