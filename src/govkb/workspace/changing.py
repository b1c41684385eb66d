"""Changes of records that are only made where they leave what is there as clean as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from govkb.checking import check
from govkb.checking.fixing import edited
from govkb.diagnostics import Diagnostic, Edit, Severity
from govkb.errors import FindingsError
from govkb.files import read_bytes
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.scaffolding.field_texts import joined
from govkb.scaffolding.frontmatter_changes import Change, Put, Replace, frontmatter_edits
from govkb.workspace.fixing import Mended
from govkb.workspace.sealing import save
from govkb.workspace.workspace import Workspace

_MOST = 5


class Told(Struct, frozen=True):
    """What becomes of a field of a record; an empty `old` means that there was nothing.

    `why` is a sentence where that needs one.
    """

    record: Record
    field: str
    old: str
    new: str
    why: str = ""


@dataclass(slots=True)
class Draft:
    """Changes that are to be made together, by the path of the record, and what they come to."""

    changes: dict[str, list[Change]] = field(default_factory=dict)
    edits: dict[str, list[Edit]] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)

    def change(self, record: Record, *changes: Change) -> None:
        """Adds changes of a record's frontmatter."""
        self.records[record.path] = record
        self.changes.setdefault(record.path, []).extend(changes)

    def edit(self, record: Record, edit: Edit) -> None:
        """Adds a change of another part of its file."""
        self.records[record.path] = record
        self.edits.setdefault(record.path, []).append(edit)


class Planned(Struct, frozen=True):
    """The files as they are to be, and the findings that come up in other records by that."""

    mended: Mended
    told: tuple[Told, ...]
    elsewhere: tuple[Diagnostic, ...]

    def save(self, workspace: Workspace) -> None:
        """Writes all files or none. Raises StorageError where the disk refuses."""
        save(workspace, (), self.mended.after)


def plan(workspace: Workspace, base: KnowledgeBase, draft: Draft) -> Planned:
    """What the draft makes of the files; nothing is written yet.

    Raises FindingsError where a frontmatter is written in a way that can't be changed, or where the
    records would have a finding that they don't have now.
    """
    mended = Mended()
    for path, record in draft.records.items():
        before = read_bytes(workspace.config.root / path)
        edits = [*draft.edits.get(path, ()), *_edits(record, draft.changes.get(path, ()))]
        after = edited(before, record.source.data, edits)
        if after is None:
            raise FindingsError(f"{path}: its line ends are mixed up", "mend them, then try again")
        mended.before[path], mended.after[path] = before, after
    came = came_up(base, workspace.load(edited=mended.after, today=base.today))
    own = [found for found in came if found.path in mended.after]
    if own:
        raise FindingsError(_refusal(draft), "\n".join(finding_lines(own)))
    return Planned(mended, tuple(draft.told), tuple(came))


def _edits(record: Record, changes: Sequence[Change]) -> Iterable[Edit]:
    if not changes:
        return ()
    edits = frontmatter_edits(record, changes) if record.yaml_end else None
    if edits is None:
        fields = ", ".join(f"`{change.field}`" for change in changes)
        if record.yaml_end:
            message = f"{record.path} is written in a way that can't be changed"
            raise FindingsError(message, f"write {fields} by hand")
        message = f"{record.path} has no frontmatter that could say {fields}"
        raise FindingsError(message, "begin the file with one: `---`, the fields, `---`")
    return edits


def came_up(
    before: KnowledgeBase, after: KnowledgeBase, as_now: Callable[[str], str] = str
) -> list[Diagnostic]:
    """The findings, remarks left out, that weren't there before.

    `as_now` puts a path or message from before into the words of now.
    """
    now = _findings(after)
    # Mostly there are none, and then it doesn't matter what there was.
    known = Counter(_key(found, as_now) for found in _findings(before)) if now else Counter()
    came = []
    for found in now:
        key = _key(found)
        if known[key]:
            known[key] -= 1
        else:
            came.append(found)
    return came


def _findings(base: KnowledgeBase) -> list[Diagnostic]:
    return [found for found in check(base) if found.severity is not Severity.INFO]


def _key(found: Diagnostic, as_now: Callable[[str], str] = str) -> tuple[str, str, str]:
    return found.code, as_now(found.path), as_now(found.message)


def _refusal(draft: Draft) -> str:
    told = draft.told[0] if draft.told else None
    if told is None:
        return "nothing was written: the record wouldn't be as it must be"
    change = f"{told.field} to {told.new!r}"
    return f"{told.record.id} can't change its {change} like that; nothing was written"


def finding_lines(found: Sequence[Diagnostic]) -> list[str]:
    """The first findings in words, for a refusal."""
    lines = []
    for one in found[:_MOST]:
        lines.append(f"{one.code} {one.slug}: {one.message}")
        lines += [f"  {one.hint}"] if one.hint else []
    more = len(found) - _MOST
    lines += [f"and {more} more"] if more > 0 else []
    lacks_field = any(one.slug == "unmet-demand" for one in found)
    return [*lines, "--field NAME=VALUE gives a field its value"] if lacks_field else lines


def field_changes(record: Record, fields: Mapping[str, Any]) -> list[Change]:
    """Fields that get a value as well: what has parts keeps those that nothing is said of."""
    together = {name: joined(record.metadata.get(name), value) for name, value in fields.items()}
    return [
        Replace(name, value) if isinstance(value, list | dict) else Put(name, value)
        for name, value in together.items()
    ]
