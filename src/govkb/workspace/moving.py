"""A record gets another id: its file, what cites it and its ledger follow in one step."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from govkb.checking.fixing import edited, protected_parts
from govkb.diagnostics import Diagnostic, Edit
from govkb.errors import FindingsError, UsageError
from govkb.files import read_bytes
from govkb.graph.mentions import MentionKind
from govkb.history.ledger import file_name
from govkb.history.moves import is_cumulative
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import ReadResult, Record
from govkb.scaffolding.allocation import place_of
from govkb.scaffolding.frontmatter_changes import AddIds, Change, Put, Replace, frontmatter_edits
from govkb.workspace.changing import came_up, finding_lines
from govkb.workspace.creating import refuse_left_out, taken_id
from govkb.workspace.fixing import Mended
from govkb.workspace.sealing import protected_ledgers, seal, write
from govkb.workspace.workspace import Workspace


@dataclass(slots=True)
class Moving:
    """A record's new id and path, the files that change by it, and what is to be said of it.

    `after` has None for a file that goes. `left` counts the places, by path, that go on naming it
    as before, because nobody may change them, and `names` is what they call it.
    """

    record: Record
    new_id: str
    path: str
    before: dict[str, bytes] = field(default_factory=dict)
    after: dict[str, bytes | None] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    elsewhere: list[Diagnostic] = field(default_factory=list)

    @property
    def mended(self) -> Mended:
        """The files as they are and as they will be, for a patch; a moved one has its new path."""
        found = Mended()
        for path, data in self.after.items():
            if data is not None:
                old = self.record.path if path == self.path else path
                found.before[path], found.after[path] = self.before.get(old, b""), data
        return found

    def save(self, workspace: Workspace) -> None:
        """Writes all files or none. Raises StorageError where the disk refuses."""
        write(workspace, self.after)


def move(
    workspace: Workspace,
    base: KnowledgeBase,
    record: Record,
    new_id: str,
    *,
    keeps_old: bool | None = True,
) -> Moving:
    """What giving a record another id makes of the files; nothing is written yet.

    The old id becomes an alias if it `keeps_old`, unless another record has it too; with None only
    where it is still said somewhere.
    Raises UsageError where it can't have that id, FindingsError where its file is written in a way
    that can't be changed or the record would have a finding that it doesn't have now.
    """
    _refuse_id(base, record, new_id)
    _refuse_ledger(workspace, base, record)
    moving = Moving(record, new_id, _new_path(workspace, base, record, new_id))
    edits = _renaming(base, moving)
    if keeps_old and len(base.graph.resolver.names.by_id.get(record.id, ())) < 2:
        moving.names.insert(0, record.id)
    elif keeps_old is not None:
        moving.names = [name for name in moving.names if name != record.id]
    edits.setdefault(record.path, []).extend(_own_edits(moving))
    for path, found in edits.items():
        _edit(workspace, base, moving, path, found)
    _seal(workspace, base, moving)
    _judge(workspace, base, moving)
    return moving


def _refuse_id(base: KnowledgeBase, record: Record, new_id: str) -> None:
    record_type = record.type
    if new_id == record.id:
        raise UsageError(f"{record.id} is called that already")
    if record_type is None or record_type.match_id(new_id) is None:
        label = record_type.plural.lower() if record_type else "records without a type"
        forms = record_type.forms if record_type else ()
        examples = " or ".join(form.id.example for form in forms)
        hint = f"they look like {examples}" if examples else None
        raise UsageError(f"{new_id!r} isn't of the form that ids of {label} have", hint)
    taken = dict(map(taken_id, base.results))
    if new_id in taken:
        raise UsageError(f"{new_id} is there already: {taken[new_id]}", "choose another id")
    holders = base.graph.resolver.names.by_alias.get(new_id, [])
    others = [holder for holder in holders if holder.path != record.path]
    if others:
        raise UsageError(f"{new_id} is another name of {others[0].id}", "choose another id")


def _refuse_ledger(workspace: Workspace, base: KnowledgeBase, record: Record) -> None:
    """Raises UsageError where entries are sealed in a way that binds them to the id."""
    ledger = base.ledgers.get(record.id)
    entries = [e for e in ledger.sealed() if e.moved_to is None] if ledger else []
    redacted = [entry for entry in entries if entry.redacted]
    if redacted:
        message = f"{record.id} keeps its id: its entry L-{redacted[0].digest[:8]} was redacted"
        raise UsageError(message, "a tombstone stays where it is; `aliases:` gives it another name")
    if any(is_cumulative(record, entry.section) for entry in entries):
        is_committed = protected_ledgers(workspace, None).get(record.id, ledger)
        if is_committed is not None and is_committed.lines:
            message = f"{record.id} keeps its id: others carry on what is sealed in it"
            raise UsageError(message, "`aliases:` gives it another name")


def _new_path(workspace: Workspace, base: KnowledgeBase, record: Record, new_id: str) -> str:
    """Where the file goes: its name changes as far as the old id is in it."""
    folder, name = posixpath.split(record.place)
    place = posixpath.join(folder, _renamed(name, record.id, new_id))
    record_type = record.type
    if record_type is not None and not record_type.has_path(new_id, place):
        place = place_of(record_type, new_id, record.title)
    path = workspace.config.folders.path(place)
    is_other = path != record.path
    if is_other and (workspace.config.root / path).exists():
        raise UsageError(f"{path} is there already", "move that file away, or choose another id")
    refuse_left_out(workspace, path)
    return path


def _own_edits(moving: Moving) -> Sequence[Edit]:
    """The frontmatter says the new id, and the old one as another name."""
    record, new_id = moving.record, moving.new_id
    aliases = record.metadata.get("aliases")
    listed = [a for a in aliases if a != new_id] if isinstance(aliases, list) else []
    changes: list[Change] = [Put("id", new_id)] if record.has_own_id else []
    new = [name for name in dict.fromkeys(moving.names) if name not in listed]
    if isinstance(aliases, list) and new_id in aliases:
        changes.append(Replace("aliases", [*listed, *new]))
    elif new:
        changes.append(AddIds("aliases", tuple(new)))
    found = frontmatter_edits(record, changes) if record.yaml_end else None
    if found is None:
        message = f"{record.path} has no frontmatter that can be changed"
        raise FindingsError(message, "write `id` and, with the old id, `aliases` by hand")
    return found


def _renaming(base: KnowledgeBase, moving: Moving) -> dict[str, list[Edit]]:
    """The edits by which all citations say the new id, by the path of the file."""
    record, found = moving.record, dict[str, dict[tuple[int, int], Edit]]()
    results = {result.path: result for result in base.results}
    protected: dict[str, tuple[tuple[int, int], ...]] = {}
    for citing, start, end, name in _places(base, record):
        text = citing.source.text(start, end)
        said = _renamed(_with_stem(text, moving), record.id, moving.new_id)
        if said == text:
            continue
        if citing.path not in protected:
            protected[citing.path] = protected_parts(results[citing.path], base)
        if any(first < end and start < last for first, last in protected[citing.path]):
            moving.left[citing.path] = moving.left.get(citing.path, 0) + 1
            moving.names += [name] if name else []
        else:
            found.setdefault(citing.path, {})[start, end] = Edit(start, end, said)
    return {path: list(edits.values()) for path, edits in found.items()}


def _places(base: KnowledgeBase, record: Record) -> Iterator[tuple[Record, int, int, str]]:
    """Every stretch of text that names the record and no other one, with the name it has there.

    Of a link there is none: it leads to a file.
    """
    citations = [(c.citation, c.resolution.record) for c in base.graph.citations]
    # To know where a value ends its file has to be read: only what cites the record is.
    citing_it = {c.record.path for c, cited in citations if cited and cited.path == record.path}
    found: dict[tuple[str, int, int], tuple[Record, set[str], str]] = {}
    for citation, cited in citations:
        if cited is None or citation.record.path not in citing_it:
            continue
        start, end = _extent(citation.record, citation.key) or (citation.start, citation.end)
        key = citation.record.path, start, end
        name = "" if citation.kind == MentionKind.LINK else citation.name.target
        found.setdefault(key, (citation.record, set(), name))[1].add(cited.path)
    for (_, start, end), (citing, named, name) in found.items():
        if named == {record.path}:
            yield citing, start, end, name
    title = next((h for h in record.outline.headings if h.level == 1), None)
    if title is not None:
        yield record, title.start, title.end, ""


def _extent(record: Record, key: tuple[str | int, ...]) -> tuple[int, int] | None:
    return record.extent_of(key, value=True) if key else None


def _with_stem(text: str, moving: Moving) -> str:
    """A text in which the file's new name takes the place of the old one."""
    old, new = moving.record.stem, posixpath.basename(moving.path).rpartition(".")[0]
    if old != moving.record.id:
        return _renamed(text, old, new)
    # Only what looks like a path means the file.
    is_path = rf"(?<=/){re.escape(old)}(?![A-Za-z0-9_])|{re.escape(old)}(?=\.md)"
    return re.sub(is_path, lambda _: new, text)


def _renamed(text: str, old: str, new: str) -> str:
    """A text in which one name takes the place of another, where it isn't part of a longer one."""
    pattern = rf"(?<![A-Za-z0-9_]){re.escape(old)}(?![A-Za-z0-9_])"
    return re.sub(pattern, lambda _: new, text) if old else text


def _edit(
    workspace: Workspace, base: KnowledgeBase, moving: Moving, path: str, edits: Sequence[Edit]
) -> None:
    result: ReadResult = next(r for r in base.results if r.path == path)
    before = read_bytes(workspace.config.root / path)
    after = edited(before, result.source.data, edits)
    if after is None:
        raise FindingsError(f"{path}: its line ends are mixed up", "mend them, then try again")
    moving.before[path] = before
    if path == moving.record.path and path != moving.path:
        moving.after[path] = None
        moving.after[moving.path] = after
    else:
        moving.after[path] = after


def _seal(workspace: Workspace, base: KnowledgeBase, moving: Moving) -> None:
    """Adds what becomes of the ledgers: the old one says where each entry is now."""
    old = moving.record.id
    if old not in base.ledgers:
        return
    after = workspace.load(edited=moving.after, today=base.today)
    # What others may say word for word must be found in this record first.
    by_id = {moving.new_id: after.records_by_id[moving.new_id], **after.records_by_id}
    after = replace(after, records_by_id=by_id)
    protected = protected_ledgers(workspace, None)
    sealed = seal(after, protected, base.today, [old, moving.new_id])
    if sealed.refused:
        message = f"the sealed entries of {old} aren't as they were; nothing was written"
        raise FindingsError(message, "`govkb check` says what is wrong")
    for record_id, sealing in sealed.done.items():
        path = f"{workspace.config.ledger_folder}/{file_name(record_id)}"
        text = sealing.ledger.text().encode() if sealing.ledger.lines else None
        file = workspace.config.root / path
        if text is None and not file.exists():
            continue
        moving.before[path] = read_bytes(file) if file.exists() else b""
        moving.after[path] = text


def _judge(workspace: Workspace, base: KnowledgeBase, moving: Moving) -> None:
    names: Mapping[str, str] = {moving.record.path: moving.path, moving.record.id: moving.new_id}

    def now(text: str) -> str:
        for old, new in names.items():
            text = text.replace(old, new)
        return text

    after = workspace.load(edited=moving.after, today=base.today)
    found = came_up(base, after, now)
    own = [one for one in found if one.path == moving.path]
    if own:
        message = f"{moving.record.id} can't be called {moving.new_id}; nothing was written"
        raise FindingsError(message, "\n".join(finding_lines(own)))
    moving.elsewhere = [one for one in found if one.path != moving.path]
