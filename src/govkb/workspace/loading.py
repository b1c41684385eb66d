"""Reads all records of a tree, as far as possible from what is kept of the last time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from msgspec import Struct

from govkb.diagnostics import Diagnostic
from govkb.graph.mention_patterns import mention_patterns
from govkb.graph.mentions import Mention, mentions_of
from govkb.history import answers_in, contents_of, digests_shown
from govkb.knowledge_base import Terms
from govkb.progress import Progress, silent
from govkb.reading import (
    NOTHING_INHERITED,
    Inherited,
    ReadFault,
    ReadResult,
    Record,
    read_record,
    read_sidecar,
    unreadable,
)
from govkb.reading.file_text import FileText
from govkb.reading.items import written_down
from govkb.reading.reader import decode
from govkb.source import SourceText
from govkb.workspace.cache import Cache
from govkb.workspace.kept import KeptFile, ShownEntries, kept_file, restored, with_stamp
from govkb.workspace.pages import is_plain_readme, may_list_statuses, page_of
from govkb.workspace.selection import Selector
from govkb.workspace.trees import Tree, TreeFile

_BATCH = 256
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Loaded:
    """All files of a tree, with what is to be said about each on its own, by path.

    `pages` are no records, and have tables of statuses.
    """

    results: list[ReadResult] = field(default_factory=list)
    findings: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    mentions: dict[str, tuple[Mention, ...]] = field(default_factory=dict)
    shown: dict[str, ShownEntries] = field(default_factory=dict)
    without_sidecar: tuple[str, ...] = ()
    without_file: tuple[str, ...] = ()
    pages: list[ReadResult] = field(default_factory=list)


def load_tree(
    tree: Tree,
    terms: Terms,
    cache: Cache | None = None,
    *,
    with_entries: bool = False,
    progress: Progress = silent,
) -> Loaded:
    """Every record and sidecar of a tree, sorted by path, also `with_entries` of each record.

    Texts are let go of as soon as everything is known about them, and read again when asked for.
    """
    return _Loader(tree, terms, cache, with_entries, progress).load()


class _Folder(Struct, frozen=True):
    """What a folder hands down, and a digest of it."""

    inherited: Inherited
    digest: bytes


_Read = Callable[[TreeFile, bytes, Inherited], ReadResult | None]


class _Waiting(NamedTuple):
    """A file that is to be read, with what it stands below and the way to read it."""

    file: TreeFile
    data: bytes
    digest: bytes
    above: _Folder
    read: _Read


class _Loader:
    def __init__(
        self, tree: Tree, terms: Terms, cache: Cache | None, with_entries: bool, progress: Progress
    ) -> None:
        self.tree = tree
        self.progress = progress
        self.files = 0
        self.with_entries = with_entries
        self.terms = terms
        self.cache = cache
        self.known: Mapping[str, KeptFile] = cache.files if cache else {}
        self.kept: dict[str, KeptFile] = {}
        self.waiting: list[_Waiting] = []
        self.loaded = Loaded()
        self.patterns = mention_patterns(terms.catalogue)
        self.place = terms.config.folders.place
        settings = terms.config.inheritance
        top = Inherited(never=settings.never, union=settings.union)
        self.top = _Folder(top if settings.file else NOTHING_INHERITED, b"")
        self.folders: dict[str, _Folder] = {}

    def load(self) -> Loaded:
        """Everything."""
        selection = Selector(self.terms.config).select(self.tree)
        self.files = len(selection.sidecars) + len(selection.records)
        for folder, file in sorted(selection.folders.items()):
            self._folder_sidecar(folder, file)
        for file in selection.sidecars:
            self._take(file, partial(self._read_sidecar, kind="file"), self._above(file))
        for file in selection.records:
            self._take(file, self._read_record, self._above(file))
        self._finish()
        self.loaded.results.sort(key=lambda result: result.path)
        self.loaded.pages.sort(key=lambda page: page.path)
        self.loaded.without_sidecar = selection.without_sidecar
        self.loaded.without_file = selection.without_file
        if self.cache is not None:
            self.cache.keep(self.kept)
        return self.loaded

    def _folder_sidecar(self, folder: str, file: TreeFile) -> None:
        """Reads a folder's sidecar, which hands down what it says to all that is below it."""
        above = self._handed_to(folder.rpartition("/")[0] if folder else None)
        self._take(file, partial(self._read_sidecar, kind="folder"), above)
        self._finish()
        record = self.loaded.results[-1].record
        if record is None or record.path != file.path or not self.terms.config.inheritance.enabled:
            return
        inherited = above.inherited.handed_on(record.metadata, file.path)
        content = repr((sorted(inherited.sources.items()), inherited.values)).encode()
        self.folders[folder] = _Folder(inherited, hashlib.sha256(content).digest())

    def _above(self, file: TreeFile) -> _Folder:
        return self._handed_to(file.path.rpartition("/")[0]) if self.folders else self.top

    def _handed_to(self, folder: str | None) -> _Folder:
        """What the nearest folder with a sidecar, this one or one above it, hands down."""
        while folder is not None:
            if folder in self.folders:
                return self.folders[folder]
            folder = folder.rpartition("/")[0] if folder else None
        return self.top

    def _take(self, file: TreeFile, read: _Read, above: _Folder) -> None:
        """Restores a file that is known, else puts it among those to be read."""
        kept = self.known.get(file.path)
        if kept is not None and (
            kept.inherited != above.digest or (self.with_entries and kept.shown is None)
        ):
            kept = None
        if kept is not None and kept.stamp == file.stamp:
            self._restore(file, kept, above.inherited)
            return
        data = self._bytes(file)
        if data is None:
            return
        digest = hashlib.sha256(data).digest() if self.cache is not None else b""
        if kept is not None and kept.digest == digest:
            self._restore(file, kept, above.inherited)
            return
        self.waiting.append(_Waiting(file, data, digest, above, read))
        if len(self.waiting) >= _BATCH:
            self._finish()

    def _finish(self) -> None:
        """Reads the files that wait for it, all of them step by step.

        The processor's caches hold the code of one step, but not of all: doing everything file by
        file takes a third longer.
        """
        waiting, self.waiting = self.waiting, []
        read = [(w, w.read(w.file, w.data, w.above.inherited)) for w in waiting]
        results = [(w, result) for w, result in read if result is not None]
        if not results:
            return
        from govkb import checking  # brings all rules, which nobody needs who knows every file

        findings = [checking.file_findings(result, self.terms) for _, result in results]
        mentions = [mentions_of(r.record, self.patterns) if r.record else () for _, r in results]
        shown = [self._shown(result.record) for _, result in results]
        for _, result in results:
            if result.record is not None:
                result.text.kept_items = written_down(result.record)
        known = zip(results, findings, mentions, shown, strict=True)
        for (was, result), found, mentioned, entries in known:
            self._add(result, found, mentioned, entries)
            if self.cache is not None:
                result.text.digest = was.digest
                self._keep(was, result, found, mentioned, entries)
            result.text.release()
        self.progress("Reading records", min(len(self.loaded.results), self.files), self.files)

    def _shown(self, record: Record | None) -> ShownEntries | None:
        if record is None or not self.with_entries:
            return None
        answers = tuple(answer.digits for answer in answers_in(record))
        return ShownEntries(digests_shown(record), contents_of(record), answers)

    def _bytes(self, file: TreeFile) -> bytes | None:
        if file.is_link:
            message = "the file is a symbolic link"
            hint = "put the record itself here, or refer to it by id"
            if file.leads_to_folder:
                message = "the folder is a symbolic link, and nothing in it is checked"
                hint = "put the folder itself here, or exclude the link"
            self._refuse(file, "symbolic-link", message, hint)
            return None
        try:
            return self.tree.read(file.path)
        except OSError as error:
            message = f"the file can't be read: {error.strerror}"
            self._refuse(file, "no-access", message, "check its permissions")
            return None

    def _refuse(self, file: TreeFile, kind: str, message: str, hint: str) -> None:
        from govkb import checking

        fault = ReadFault(kind, message, hint=hint)
        result = unreadable(file.path, self.place(file.path), fault, self.terms.catalogue)
        self._add(result, checking.file_findings(result, self.terms), ())

    def _read_record(self, file: TreeFile, data: bytes, inherited: Inherited) -> ReadResult | None:
        if is_plain_readme(file.path, data):
            if may_list_statuses(data):
                reread = partial(_text_again, self.tree, file.path)
                self.loaded.pages.append(page_of(file.path, self.place(file.path), data, reread))
            return None
        return read_record(
            file.path,
            self.place(file.path),
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
            self.place(file.path),
            data,
            self.terms.catalogue,
            kind,
            inherited,
            partial(_text_again, self.tree, file.path),
        )

    def _add(
        self,
        result: ReadResult,
        findings: tuple[Diagnostic, ...],
        mentions: tuple[Mention, ...],
        shown: ShownEntries | None = None,
    ) -> None:
        if shown is not None:
            self.loaded.shown[result.path] = shown
        self.loaded.results.append(result)
        self.loaded.findings[result.path] = findings
        self.loaded.mentions[result.path] = mentions

    def _keep(
        self,
        was: _Waiting,
        result: ReadResult,
        findings: tuple[Diagnostic, ...],
        mentions: tuple[Mention, ...],
        shown: ShownEntries | None,
    ) -> None:
        if was.file.stamp is not None and _can_be_kept(was.file, result):
            self.kept[was.file.path] = kept_file(
                was.file.stamp, was.digest, was.above.digest, result, findings, mentions, shown
            )

    def _restore(self, file: TreeFile, kept: KeptFile, inherited: Inherited) -> None:
        reread = partial(_text_again, self.tree, file.path)
        text = FileText(file.path, None, reread, kept.body_start, kept.digest)
        result = restored(kept, text, self.place(file.path), self.terms.catalogue, inherited)
        self._add(result, kept.findings, kept.mentions, kept.shown)
        self.kept[file.path] = kept if kept.stamp == file.stamp else with_stamp(kept, file.stamp)


def _can_be_kept(file: TreeFile, result: ReadResult) -> bool:
    """Whether there is nothing to say about how it was read, and its name is Unicode."""
    return result.record is not None and not result.faults and not _SURROGATE.search(file.path)


def _text_again(tree: Tree, path: str) -> SourceText:
    """The text of a file that was let go of; an empty one where it is gone or no text by now."""
    try:
        source, _ = decode(path, tree.read(path))
    except OSError:
        source = None
    return source or SourceText(path, b"")
