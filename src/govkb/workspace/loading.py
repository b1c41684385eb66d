"""Reads all records of a tree, as far as possible from what is kept of the last time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from govkb import checking
from govkb.diagnostics import Diagnostic
from govkb.graph.mention_patterns import mention_patterns
from govkb.graph.mentions import Mention, mentions_of
from govkb.knowledge_base import Terms
from govkb.reading import (
    NOTHING_INHERITED,
    Inherited,
    ReadResult,
    Record,
    read_record,
    read_sidecar,
    unreadable,
)
from govkb.reading.file_text import FileText
from govkb.reading.reader import decode
from govkb.source import SourceText
from govkb.workspace.cache import Cache, KeptFile
from govkb.workspace.selection import Selection, Selector
from govkb.workspace.trees import Tree, TreeFile


_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Loaded:
    """All files of a tree, with what is to be said about each on its own, by path."""

    results: list[ReadResult] = field(default_factory=list)
    findings: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    mentions: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    without_sidecar: tuple[str, ...] = ()


def load_tree(tree: Tree, terms: Terms, cache: Cache | None = None) -> Loaded:
    """Every record and sidecar of a tree, sorted by path.

    Texts are let go of as soon as everything is known about them, and read again when asked for.
    """
    return _Loader(tree, terms, cache).load()


@dataclass(frozen=True, slots=True)
class _Folder:
    """What a folder hands down, and a digest of it."""

    inherited: Inherited
    digest: bytes


class _Loader:
    def __init__(self, tree: Tree, terms: Terms, cache: Cache | None) -> None:
        self.tree = tree
        self.terms = terms
        self.cache = cache
        self.known: Mapping[str, KeptFile] = cache.files if cache else {}
        self.kept: dict[str, KeptFile] = {}
        self.loaded = Loaded()
        self.patterns = mention_patterns(terms.catalogue)
        records = terms.config.records
        self.prefix = 0 if records == "." else len(records) + 1
        settings = terms.config.inheritance
        top = Inherited(never=settings.never, union=settings.union)
        self.top = _Folder(top if settings.file else NOTHING_INHERITED, b"")
        self.folders: dict[str, _Folder] = {}

    def load(self) -> Loaded:
        """Everything."""
        selection = Selector(self.terms.config).select(self.tree)
        for folder, file in sorted(selection.folders.items()):
            self._folder_sidecar(folder, file, selection)
        for file in selection.sidecars:
            self._take(file, partial(self._read_sidecar, kind="file"))
        for file in selection.records:
            self._take(file, self._read_record)
        self.loaded.results.sort(key=lambda result: result.path)
        self.loaded.without_sidecar = selection.without_sidecar
        if self.cache is not None:
            self.cache.keep(self.kept)
        return self.loaded

    def _folder_sidecar(self, folder: str, file: TreeFile, selection: Selection) -> None:
        """Reads a folder's sidecar, which hands down what it says to all that is below it."""
        above = self._handed_to(folder.rpartition("/")[0] if folder else None)
        record = self._take(file, partial(self._read_sidecar, kind="folder"), above)
        if record is None:
            return
        inherited = above.inherited.handed_on(record.metadata, file.path)
        content = repr((sorted(inherited.sources.items()), inherited.values)).encode()
        self.folders[folder] = _Folder(inherited, hashlib.sha256(content).digest())

    def _handed_to(self, folder: str | None) -> _Folder:
        """What the nearest folder with a sidecar, this one or one above it, hands down."""
        while folder is not None:
            if folder in self.folders:
                return self.folders[folder]
            folder = folder.rpartition("/")[0] if folder else None
        return self.top

    def _take(
        self,
        file: TreeFile,
        read: Callable[[TreeFile, bytes, Inherited], ReadResult | None],
        above: _Folder | None = None,
    ) -> Record | None:
        """Adds a file to what is loaded; its record, if it has one."""
        if above is None:
            above = self._handed_to(file.path.rpartition("/")[0]) if self.folders else self.top
        kept = self.known.get(file.path)
        if kept is not None and kept.inherited == above.digest and kept.stamp == file.stamp:
            return self._restore(file, kept, above.inherited)
        data = self._bytes(file)
        if data is None:
            return None
        digest = hashlib.sha256(data).digest() if self.cache is not None else b""
        if kept is not None and kept.inherited == above.digest and kept.digest == digest:
            return self._restore(file, kept, above.inherited)
        result = read(file, data, above.inherited)
        return self._add(file, result, digest, above.digest) if result is not None else None

    def _bytes(self, file: TreeFile) -> bytes | None:
        if file.is_link:
            message = "the file is a symbolic link"
            hint = "put the record itself here, or refer to it by id"
            self._refuse(file, "symbolic-link", message, hint)
            return None
        try:
            return self.tree.read(file.path)
        except OSError as error:
            message = f"the file can't be read: {error.strerror}"
            self._refuse(file, "no-access", message, "check its permissions")
            return None

    def _refuse(self, file: TreeFile, kind: str, message: str, hint: str) -> None:
        self._add(file, unreadable(file.path, self._place(file), kind, message, hint))

    def _place(self, file: TreeFile) -> str:
        return file.path[self.prefix :]

    def _read_record(self, file: TreeFile, data: bytes, inherited: Inherited) -> ReadResult | None:
        if _is_plain_readme(file.path, data):
            return None
        return read_record(
            file.path,
            self._place(file),
            data,
            self.terms.catalogue,
            inherited,
            partial(_text_again, self.tree, file.path),
        )

    def _read_sidecar(
        self, file: TreeFile, data: bytes, inherited: Inherited, kind: str
    ) -> ReadResult:
        return read_sidecar(
            file.path,
            self._place(file),
            data,
            self.terms.catalogue,
            kind,
            inherited,
            partial(_text_again, self.tree, file.path),
        )

    def _add(
        self, file: TreeFile, result: ReadResult, digest: bytes = b"", inherited: bytes = b""
    ) -> Record | None:
        record = result.record
        findings = checking.file_findings(result, self.terms)
        mentions = mentions_of(record, self.patterns) if record is not None else ()
        self.loaded.results.append(result)
        self.loaded.findings[result.path] = findings
        self.loaded.mentions[result.path] = mentions
        if self.cache and record is not None and file.stamp and _can_be_kept(file, result):
            self.kept[file.path] = KeptFile(
                file.stamp,
                digest,
                inherited,
                record.id,
                dict(record.metadata),
                record.type.name if record.type else None,
                dict(record.tokens),
                record.outline,
                record.yaml_start,
                record.yaml_end,
                record.body_start,
                record.sidecar,
                record.has_own_id,
                findings,
                mentions,
                result.suppressions,
            )
        result.text.release()
        return record

    def _restore(self, file: TreeFile, kept: KeptFile, inherited: Inherited) -> Record:
        path = file.path
        text = FileText(path, None, partial(_text_again, self.tree, path), kept.body_start)
        place = self._place(file)
        record = Record(
            text,
            place,
            kept.id,
            kept.metadata,
            kept.outline,
            self.terms.catalogue.types[kept.type] if kept.type is not None else None,
            kept.tokens,
            kept.yaml_start,
            kept.yaml_end,
            inherited,
            kept.sidecar,
            kept.has_own_id,
        )
        self.loaded.results.append(ReadResult(text, place, record, suppressions=kept.suppressions))
        self.loaded.findings[path] = kept.findings
        self.loaded.mentions[path] = kept.mentions
        if kept.stamp != file.stamp and file.stamp:
            kept = _with_stamp(kept, file)
        self.kept[path] = kept
        return record


def _can_be_kept(file: TreeFile, result: ReadResult) -> bool:
    """Whether there is nothing to say about how it was read, and its name is Unicode."""
    return not result.faults and not _SURROGATE.search(file.path)


def _with_stamp(kept: KeptFile, file: TreeFile) -> KeptFile:
    import msgspec

    assert file.stamp is not None
    return msgspec.structs.replace(kept, stamp=file.stamp)


def _text_again(tree: Tree, path: str) -> SourceText:
    """The text of a file that was let go of; an empty one where it is gone or no text by now."""
    try:
        source, _ = decode(path, tree.read(path))
    except OSError:
        source = None
    return source or SourceText(path, b"")


def _is_plain_readme(path: str, data: bytes) -> bool:
    """Whether it is a README without frontmatter: a page about the folder, and no record."""
    name = path.rpartition("/")[2]
    return name.lower() == "readme.md" and not data.removeprefix(b"\xef\xbb\xbf").startswith(b"---")
