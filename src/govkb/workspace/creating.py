"""New records: what they say, and writing them whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from govkb.checking.fixing import edited
from govkb.diagnostics import Diagnostic
from govkb.errors import ConfigurationError, FindingsError, UsageError
from govkb.files import write_new
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import ReadResult, Record, read_record
from govkb.record_types import RecordType
from govkb.scaffolding import allocate, new_record
from govkb.scaffolding.allocation import draft_of
from govkb.scaffolding.field_texts import joined, refuse_faults
from govkb.scaffolding.frontmatter_changes import Replace, frontmatter, frontmatter_edits
from govkb.workspace.changing import came_up, finding_lines
from govkb.workspace.sealing import save, seal
from govkb.workspace.selection import Selector
from govkb.workspace.workspace import Workspace


class Started(Struct, frozen=True):
    """A record that isn't written yet, and the records that it is to stand among."""

    id: str
    file: Path
    path: str
    text: str
    base: KnowledgeBase

    def record(self, workspace: Workspace) -> Record | None:
        """The record as it will be read; None where its text is none."""
        place = workspace.config.folders.place(self.path)
        return read_record(self.path, place, self.text.encode(), workspace.catalogue).record


def start(
    workspace: Workspace,
    type_name: str,
    title: str | None,
    day: date,
    letter: str | None = None,
    base: KnowledgeBase | None = None,
    *,
    is_draft: bool = False,
) -> Started:
    """A new record as its type's template has it, with the next free id or that with a letter.

    One that `is_draft` has an id without a number. `base` are the records, where they are known.
    Raises UsageError for an unknown type, an unusable title or an id that is taken.
    """
    record_type = workspace.known_type(type_name)
    title = _usable_title(title or _default_title(record_type, day))
    base = base or workspace.load(today=day)
    taken, foreign = names_in_use(base, record_type)
    if is_draft:
        allocation = draft_of(record_type, title, taken)
    else:
        allocation = allocate(record_type, title, day, taken, foreign, letter)
    path = workspace.config.folders.path(allocation.place)
    file = workspace.config.root / path
    refuse_left_out(workspace, path)
    text = new_record(base, workspace.templates, record_type, allocation.id, title, day)
    return Started(allocation.id, file, path, text, base)


def names_in_use(base: KnowledgeBase, record_type: RecordType) -> tuple[dict[str, str], set[str]]:
    """The ids that are taken, each with what has it, and those that other types have."""
    foreign = {r.id for r in base.records if r.type and r.type.name != record_type.name}
    return dict(map(taken_id, base.results)), foreign


def with_fields(workspace: Workspace, started: Started, fields: Mapping[str, Any]) -> Started:
    """The same record with these values, checked against its type.

    Raises UsageError for a field or value that the type doesn't allow, ConfigurationError where the
    type's template is written in a way that can't be changed.
    """
    if not fields:
        return started
    record = started.record(workspace)
    if record is not None and record.type is not None and not record.yaml_end:
        refuse_faults(record.type, {**record.metadata, **fields}, fields)
        return replace(started, text=f"{frontmatter(fields)}\n{started.text}")
    if record is None or record.type is None:
        raise _unchangeable(started, fields)
    together = {name: joined(record.metadata.get(name), value) for name, value in fields.items()}
    refuse_faults(record.type, {**record.metadata, **together}, fields)
    changes = [Replace(name, value) for name, value in together.items()]
    edits = frontmatter_edits(record, changes)
    data = started.text.encode()
    after = edited(data, record.source.data, edits) if edits is not None else None
    if after is None:
        raise _unchangeable(started, fields)
    return replace(started, text=after.decode())


def with_body(workspace: Workspace, started: Started, body: str) -> Started:
    """The same record with another body, below its title where the body has no heading for it.

    Raises UsageError where there is nothing in it, or a frontmatter.
    """
    text = body.removeprefix("\ufeff").replace("\r\n", "\n").strip("\n")
    if not text.strip():
        raise UsageError("the body is empty", "nothing was written")
    if text.split("\n", 1)[0].rstrip() == "---":
        raise UsageError("the body begins with a frontmatter", "give its fields with --field")
    record = started.record(workspace)
    if record is None:
        raise _unchangeable(started, ("body",))
    front = started.text.encode()[: record.body_start].decode().rstrip("\n")
    first = next((h for h in record.body.headings if h.level == 1), None)
    if first is not None and not text.startswith("# "):
        heading = record.source.text(first.start, first.end).rstrip("\n")
        text = f"{heading}\n\n{text}"
    return replace(started, text=f"{front}\n\n{text.rstrip()}\n")


def again(workspace: Workspace, started: Started, fresh: Started, text: str) -> Started:
    """What an author made of a record, with the id that is free now where the first isn't any more.

    Raises UsageError where the text is no record, or has another id than was allotted.
    """
    record = replace(started, text=text).record(workspace)
    if record is None:
        raise UsageError("the text can't be read as a record", "its frontmatter is broken")
    if record.id != started.id:
        hint = f"leave `id: {started.id}` as it is"
        raise UsageError(f"the text says that its id is {record.id!r}", hint)
    return replace(fresh, text=text.replace(started.id, fresh.id))


def findings(workspace: Workspace, started: Started) -> list[Diagnostic]:
    """What `govkb check` would say, remarks left out, that it doesn't say without the record."""
    before = started.base
    return came_up(
        before, workspace.load(edited={started.path: started.text.encode()}, today=before.today)
    )


def refuse_findings(workspace: Workspace, started: Started) -> list[Diagnostic]:
    """The findings that come up in other records.

    Raises FindingsError where the new one has some of its own.
    """
    found = findings(workspace, started)
    own = [one for one in found if one.path == started.path]
    if own:
        message = f"{started.id} wouldn't be as it must be; nothing was written"
        raise FindingsError(message, "\n".join(finding_lines(own)))
    return found


def create(workspace: Workspace, started: Started) -> None:
    """Writes a new record, where entries are sealed at all together with its ledger.

    Raises UsageError where a file is there already, StorageError where it can't be written.
    """
    record, base = started.record(workspace), started.base
    if not base.ledgers or record is None:
        write_new(started.file, started.text)
        return
    records = {**base.records_by_id, record.id: record}
    sealed = seal(replace(base, records_by_id=records), {}, base.today, [record.id])
    if started.file.exists() or started.file.is_symlink():
        raise UsageError(f"{started.file} is there already", "it was not touched")
    ledgers = (found.ledger for found in sealed.done.values())
    save(workspace, ledgers, {started.path: started.text.encode()})


def _unchangeable(started: Started, fields: Iterable[str]) -> ConfigurationError:
    names = ", ".join(f"`{name}`" for name in fields)
    message = f"the template of {started.path} is written in a way in which {names} can't be put"
    return ConfigurationError(message, "look at record.md.j2 of the type")


def refuse_left_out(workspace: Workspace, path: str) -> None:
    """Raises ConfigurationError where the settings keep a file from being a record."""
    setting = Selector(workspace.config).setting_against(path)
    if setting is not None:
        file = workspace.config.file.name if workspace.config.file else "the settings"
        message = f"{path}: {setting} in {file} leaves it out, so it would never be checked"
        raise ConfigurationError(message, "change that setting, or the `path` of the type")


def taken_id(result: ReadResult) -> tuple[str, str]:
    """The id that a file has or seems to have, and what the file is."""
    record = result.record
    kind = record.type.name if record and record.type else "a file that can't be read"
    return record.id if record else result.claimed_id or "", f"{result.path} ({kind})"


def _default_title(record_type: RecordType, day: date) -> str:
    """The title of a record that was given none; only types that follow each other may."""
    if "previous" in record_type.relations:
        return f"{record_type.label} of {day.isoformat()}"
    message = f"{record_type.plural.lower()} need a title"
    raise UsageError(message, f'for example: govkb new {record_type.name} "What it is about"')


def _usable_title(title: str) -> str:
    title = title.strip()
    if not title:
        raise UsageError("the title is empty")
    if not title.isprintable():
        raise UsageError("the title must be one line without control characters")
    return title
