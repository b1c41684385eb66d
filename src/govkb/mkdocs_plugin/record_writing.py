"""Writes the pages of records: those that are new or changed are made, on all cores there are.

What does the work is an executor of `concurrent.futures`. By default that is a pool of forked
processes, which have the records in memory already. Any other may be handed in, also one whose
workers are on other machines, as long as they see the same files: those load the records first.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import posixpath
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from msgspec import Struct

from govkb.errors import StorageError
from govkb.mkdocs_plugin.aside import cores, may_fork
from govkb.mkdocs_plugin.kept_pages import KeptPage, KeptPages, place, stamp_of
from govkb.mkdocs_plugin.shells import Shells
from govkb.progress import Progress, silent
from govkb.reading import Record
from govkb.site.addresses import Addresses
from govkb.site.background import Background
from govkb.site.dependencies import Dependencies, Named
from govkb.site.markdown_writer import Words
from govkb.site.page import Page
from govkb.site.record_fields import text_of
from govkb.site.record_pages import RecordPages
from govkb.site.shell import Shell, ShellKey, key_of
from govkb.site.source_links import SourceLinks
from govkb.site.templating import PageTemplates
from govkb.workspace import Workspace
from govkb.workspace.excerpts import excerpts_of
from govkb.workspace.histories import histories_of

# Fewer are made sooner than a process is started.
_FEWEST_FOR_A_POOL = 200
# A task takes some tenths of a second, so that nobody waits long for the last one.
_PAGES_IN_A_TASK = 100


class Job(Struct, frozen=True):
    """What a worker must be told to make pages; `key` is this site's own."""

    key: str
    root: Path
    today: date
    addresses: Addresses
    shells: Mapping[ShellKey, Shell]
    sources: SourceLinks


class Task(Struct, frozen=True):
    """A page to make: its record, and the file that it goes to."""

    uri: str
    record_id: str
    file: str


class Made(Struct, frozen=True):
    """What is to be known of a page that was made; `page` is all of it where it isn't written.

    That is so where no shell fits, and where the disk refused.
    """

    uri: str
    title: str
    words: tuple[Words, ...]
    looked_up: frozenset[Named]
    page: Page | None


# What this process, or the one that it was forked from, makes the pages of a job with.
_ready: dict[str, RecordPages] = {}


def make_pages(job: Job, tasks: Sequence[Task]) -> list[Made]:
    """Makes pages; what an executor is asked to do. Raises StorageError where the disk fails."""
    pages = _ready.get(job.key)
    if pages is None:
        _ready.clear()
        pages = _ready[job.key] = _loaded(job)
    return [_made(pages, job.shells, task) for task in tasks]


def _loaded(job: Job) -> RecordPages:
    workspace = Workspace.at(job.root)
    base = workspace.load(today=job.today)
    excerpts = excerpts_of(base, workspace.fingerprint())
    background = Background(base, histories_of(base), job.sources, known=excerpts)
    return RecordPages(background, PageTemplates.of(workspace.templates), job.addresses)


def _made(pages: RecordPages, shells: Mapping[ShellKey, Shell], task: Task) -> Made:
    record = pages.base.records_by_id[task.record_id]
    page = pages.page(record, task.uri)
    # Nobody asks for its text again, and ten thousand are too much to hold.
    record.text.release()
    shell = shells.get(key_of(page))
    is_written = shell is not None and _is_written(task.file, shell.fill(page))
    return Made(page.uri, page.title, page.words, page.looked_up, None if is_written else page)


def _is_written(file: str, text: str) -> bool:
    try:
        _write(file, text)
    except OSError:
        return False
    return True


def _write(name: str, text: str) -> None:
    """Writes a new file: an older one may be part of an older site, and stays what it is there."""
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        temporary.write_bytes(text.encode("utf-8", "xmlcharrefreplace"))
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


@dataclass(slots=True)
class RecordWriting:
    """Writes the record pages of one site into its folder.

    `common` is what all pages depend on beside the records, `outlook` what they show of these but
    their texts. Without an `executor` a pool of processes is used where there are cores and pages
    enough, and where this one may be forked.
    """

    pages: RecordPages
    shells: Shells
    kept: KeptPages
    site: Path
    root: Path
    common: Sequence[bytes]
    outlook: bytes
    executor: Executor | None = None
    progress: Progress = silent
    made: int = 0

    def make(self, records: Mapping[str, Record]) -> dict[str, KeptPage]:
        """Makes the pages of records, by uri, that aren't kept; says what is known of each.

        What can't be kept is written into the site.
        """
        today, addresses = self.pages.base.today, self.pages.addresses
        sources = self.pages.background.sources
        job = Job(uuid.uuid4().hex, self.root, today, addresses, self._shells(records), sources)
        depends = self._dependencies(job.shells)
        known = self.kept.unchanged(records, depends)
        missing = {uri: record for uri, record in records.items() if uri not in known}
        self.made = len(missing)
        for number, made in enumerate(self._make(job, missing), 1):
            self.progress("Making the pages of records", number, len(missing))
            known[made.uri] = self._known(made, records[made.uri], depends)
        self.kept.keep({uri: page for uri, page in known.items() if page.digest}, depends)
        return {uri: known[uri] for uri in records}

    def finish(self, made: Mapping[str, KeptPage], site: Path) -> Iterator[Page]:
        """Puts kept pages into the site that is in a folder; yields what the search has to know."""
        for uri, known in made.items():
            file = self.kept.file(uri)
            if file is not None and known.digest:
                place(file, f"{site}/{self.pages.addresses.file(uri)}")
            yield Page(uri, known.title, "", (), known.words, None, None)

    def _shells(self, records: Mapping[str, Record]) -> dict[ShellKey, Shell]:
        """The shells of all pages with contents; of those without there are few.

        They also stand for all that the theme shows: whatever changes there changes them.
        """
        found = {(posixpath.dirname(u), bool(text_of(r, "summary"))) for u, r in records.items()}
        shells = {(f, True, s): self.shells.shell_for((f, True, s)) for f, s in sorted(found)}
        return {key: shell for key, shell in shells.items() if shell is not None}

    def _dependencies(self, shells: Mapping[ShellKey, Shell]) -> Dependencies:
        theme = (repr(shells).encode(), *self.shells.samples, *self.shells.own_templates())
        common = (*self.common, *theme)
        return Dependencies(self.pages.background, self.outlook, common, self.pages.beside)

    def _known(self, made: Made, record: Record, depends: Dependencies) -> KeptPage:
        file = self.kept.file(made.uri)
        if made.page is not None:
            text = self._filled(made.page)
            # A page that can't be kept goes straight into the site.
            if file is None or not _is_written(file, text):
                file = None
                _write(self._target(made.uri), text)
        elif stamp_of(file or self._target(made.uri)) is None:
            message = f"{made.uri}: a worker made this page where it can't be seen from here"
            raise StorageError(message, "give workers the same files under the same paths")
        stamp = stamp_of(file) if file is not None else None
        names = depends.unrelated(record, made.looked_up)
        # Without a digest it counts as changed the next time.
        digest = depends.of(record, names) if stamp else b""
        shown = depends.shown(record, names)
        return KeptPage(digest, shown, names, stamp or (0, 0), made.title, made.words)

    def _filled(self, page: Page) -> str:
        shell = self.shells.shell_for(key_of(page))
        return shell.fill(page) if shell else self.shells.rendered(page)

    def _target(self, uri: str) -> str:
        return f"{self.site}/{self.pages.addresses.file(uri)}"

    def _make(self, job: Job, records: Mapping[str, Record]) -> Iterator[Made]:
        tasks = (
            Task(uri, record.id, self.kept.file(uri) or self._target(uri))
            for uri, record in records.items()
        )
        _ready.clear()
        _ready[job.key] = self.pages
        try:
            with self._workers(len(records)) as executor:
                if executor is None:
                    for task in tasks:
                        yield _made(self.pages, job.shells, task)
                    return
                chunks = list(_chunks(tasks))
                for found in executor.map(make_pages, [job] * len(chunks), chunks):
                    yield from found
        finally:
            _ready.clear()

    @contextlib.contextmanager
    def _workers(self, pages: int) -> Iterator[Executor | None]:
        if self.executor is not None:
            yield self.executor
        elif not may_fork() or cores() < 2 or pages < _FEWEST_FOR_A_POOL:
            yield None
        else:
            # What is there stays where it is, and is shared.
            gc.freeze()
            context = multiprocessing.get_context("fork")
            try:
                with ProcessPoolExecutor(cores(), mp_context=context) as pool:
                    yield pool
            finally:
                gc.unfreeze()


def _chunks(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    remaining = iter(tasks)
    while chunk := list(islice(remaining, _PAGES_IN_A_TASK)):
        yield chunk
