"""Changes that list their files, and what git says of them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from govkb.diagnostics import Diagnostic
from govkb.gating import Change
from govkb.graph import ResolutionKind
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record
from govkb.reading.listed_files import FileList, read_file_list
from govkb.record_types import TypeCatalogue
from govkb.rules.change_bodies import ChangeBody
from govkb.rules.labels import shown
from govkb.rules.rule import Rule
from govkb.rules.sections import extent, section_of

_MOST_NAMED = 10


class Listing(Struct, frozen=True):
    """A section that lists files, of a record or of the change itself, and what was changed.

    `start` and `end` are the bytes of its heading in the record.
    """

    section: str
    files: FileList
    changed: frozenset[str]
    place: str
    record: Record | None = None
    start: int = 0
    end: int = 0

    def fault(self, rule: Rule, message: str, hint: str) -> Diagnostic:
        """A fault of the whole list."""
        if self.record is None:
            return rule.at_file(self.place, message, hint=hint)
        return rule.at_offsets(self.record, self.start, self.end, message, hint=hint)


def listings(base: KnowledgeBase) -> Iterator[Listing]:
    """That of the change alone where one is asked about, else of the records that name a commit.

    What nobody told of is left out: a change without text or files, and commits of elsewhere.
    """
    if base.change is None:
        yield from _of_records(base)
        return
    found = listed_in(base.change, base.past.terms.catalogue if base.past else base.catalogue)
    if found is not None and base.change.touched:
        name, files = found
        changed = frozenset(p for p in base.change.touched if not _is_ledger(p, base))
        yield Listing(name, files, changed, base.change.place)


def listed_in(change: Change, catalogue: TypeCatalogue) -> tuple[str, FileList] | None:
    """The section of a change's text in which some type has files listed, with these."""
    names = {
        heading.casefold()
        for of in catalogue.types.values()
        for section in of.sections.values()
        if section.lists_files
        for heading in (section.name, *section.aliases)
    }
    found = ChangeBody(change.body).extent_of(names) if change.body and names else None
    if found is None:
        return None
    name, data, start, end = found
    return name, read_file_list(data, start, end)


def named(paths: list[str]) -> str:
    """The first of some paths, and how many more there are."""
    more = len(paths) - _MOST_NAMED
    return ", ".join(map(shown, paths[:_MOST_NAMED])) + (f" and {more:,} more" if more > 0 else "")


def _of_records(base: KnowledgeBase) -> Iterator[Listing]:
    commits: dict[str, tuple[Record, list[str]]] = {}
    for resolved in base.graph.resolved_as(ResolutionKind.COMMIT):
        citation = resolved.citation
        of = citation.record.type
        if citation.is_declared and of is not None and of.lists_files:
            _, named_commits = commits.setdefault(citation.record.path, (citation.record, []))
            named_commits.append(citation.text)
    surroundings = base.graph.resolver.surroundings
    known = surroundings.files_of_commits([c for _, names in commits.values() for c in names])
    for record, names in commits.values():
        if all(name in known for name in names):
            yield from _in_record(record, frozenset().union(*(known[name] for name in names)), base)


def _in_record(record: Record, changed: frozenset[str], base: KnowledgeBase) -> Iterator[Listing]:
    assert record.type is not None
    for declared in record.type.sections.values():
        section = section_of(record, declared) if declared.lists_files else None
        if section is not None:
            files = read_file_list(record.source.data, section.heading.end, section.end)
            place = extent(record, section)
            yield Listing(section.name, files, changed, record.path, record, *place)
    record.text.release()


def _is_ledger(path: str, base: KnowledgeBase) -> bool:
    """Whether govkb itself wrote a file, as it does where entries are sealed."""
    return path.startswith(f"{base.config.ledger_folder}/")
