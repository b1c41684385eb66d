"""From a name to what it means, in one fixed order and never by choosing among several."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

from msgspec.structs import replace

from govkb.graph.external import address_of, is_address, ticket_in
from govkb.graph.names import Names, without_extension
from govkb.graph.nearest import Nearest
from govkb.graph.parts import heading_of
from govkb.graph.references import Name, split_reference
from govkb.graph.resolution import (
    UNCHECKED,
    UNREADABLE,
    UNRESOLVED,
    Resolution,
    ResolutionKind,
    Resolved,
)
from govkb.graph.surroundings import Nothing, Surroundings
from govkb.reading import ReadResult, Record
from govkb.settings import ReferenceSettings

# What means the same wherever it is said: no path, no number of a ticket, no words.
_PLAIN = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
_OPTION = re.compile(r"[A-Z]-[a-z]", re.ASCII)
# How forges address lines: #L58, #L58-L60, #L58C3-L60C1
_LINES = re.compile(
    "L(?P<first>[0-9]{1,7})(?:C[0-9]+)?(?:-L?(?P<last>[0-9]{1,7})(?:C[0-9]+)?)?", re.ASCII
)
_PLACEHOLDER = re.compile(r"[{}<>]|\$\(|\.\.\.")


class Resolver:
    """Looks names up among the records of one knowledge base, and around it."""

    def __init__(
        self,
        results: Iterable[ReadResult],
        surroundings: Surroundings | None = None,
        settings: ReferenceSettings | None = None,
    ) -> None:
        self.names = Names(results)
        self.surroundings = surroundings or Nothing()
        self.settings = settings or ReferenceSettings()
        self._nearest = Nearest(self.names)
        # What means one thing wherever it is said, and has no part, by its text.
        self.plain: dict[str, Resolved] = {}

    def references(self, text: str, citing: Record) -> Sequence[Resolved]:
        """Everything that a reference names, and what each of it means where `citing` says it."""
        known = self.plain.get(text)
        if known is not None:
            return (known,)
        names = self.names
        if text in names.by_id or text in names.by_alias:
            found = [(Name(text), self.resolve(text, citing))]
        else:
            found = [(name, self._named(name, citing)) for name in split_reference(text)]
            if not _PLAIN.fullmatch(text) or text in names.by_scoped_alias or found[0][0].part:
                return found
        self.plain[text] = found[0]
        return found

    def _named(self, name: Name, citing: Record) -> Resolution:
        if name.lines is not None:
            return self._with_lines(self.file(name.target, citing))
        found = self.resolve(name.target, citing)
        if name.decoration is not None and found.record is not None:
            return replace(found, kind=ResolutionKind.DECORATED)
        return found

    def _with_lines(self, found: Resolution) -> Resolution:
        """The same with the number of lines; a file that has moved since isn't measured."""
        if found.path is None or found.kind is ResolutionKind.RENAMED:
            return found
        return replace(found, line_count=self.surroundings.line_count(found.path))

    def resolve_name(self, name: str) -> Resolution:
        """What `name` means where no record says it, as on a command line."""
        return self.resolve(name, None)

    def resolve(self, name: str, citing: Record | None) -> Resolution:
        """What `name` means where `citing` says it."""
        for kind, records in self._lookups(name, citing):
            if len(records) == 1:
                return Resolution(kind, records[0])
            if records:
                candidates = tuple(sorted(records, key=lambda record: record.path))
                return Resolution(ResolutionKind.AMBIGUOUS, candidates=candidates)
        return self._no_record(name, citing)

    def _lookups(
        self, name: str, citing: Record | None
    ) -> Iterator[tuple[ResolutionKind, Sequence[Record]]]:
        names = self.names
        yield ResolutionKind.ID, names.by_id.get(name, ())
        yield ResolutionKind.ALIAS, names.by_alias.get(name, ())
        yield ResolutionKind.ALIAS, self._scoped(name, citing)
        yield ResolutionKind.STEM, names.by_stem.get(_file_stem(name), ())
        yield ResolutionKind.PATH, self._at_path(name, citing)
        if name not in names.unreadable:
            yield ResolutionKind.SHORT_ID, names.beginning_with(name)
        yield ResolutionKind.README, self._readme(name, citing)

    def _scoped(self, name: str, citing: Record | None) -> Sequence[Record]:
        """Records whose short form this is; those of the citing record's own day come first."""
        if _OPTION.fullmatch(name):
            return self._with_option(name, citing)
        return _of_its_day(self.names.by_scoped_alias.get(name, ()), citing)

    def _with_option(self, name: str, citing: Record | None) -> Sequence[Record]:
        """Records with a part `F-a`; the letter is that of their id."""
        lettered = _of_its_day(self.names.by_letter.get(name[0], ()), citing)
        return [r for r in lettered if heading_of(r, Name(name, part=name[2])) is not None]

    def _at_path(self, name: str, citing: Record | None) -> Sequence[Record]:
        for path in self._places(name, citing):
            found = self.names.by_path.get(path)
            if found:
                return found
        return ()

    def _readme(self, name: str, citing: Record | None) -> Sequence[Record]:
        for path in self._places(name, citing) if name.strip("./") else ():
            found = self.names.by_folder.get(path)
            if found:
                return found
        return self.names.by_readme_id.get(name, ())

    def _no_record(self, name: str, citing: Record | None) -> Resolution:
        unreadable = self.names.unreadable
        if name in unreadable or without_extension(name) in unreadable:
            return UNREADABLE
        found = self._path_of(name, citing) or self._elsewhere(name, citing)
        if found is not None:
            return found
        contradiction = self.names.contradicting(_file_stem(name))
        if contradiction is not None:
            holders, meant = map(tuple, contradiction)
            kind = ResolutionKind.CONTRADICTING
            return Resolution(kind, candidates=holders, meant=meant)
        return UNRESOLVED

    def _path_of(self, name: str, citing: Record | None) -> Resolution | None:
        """The file of the repository that this is the path of, or was."""
        if not name or name.startswith("/"):
            return None
        for path in self._places(name, citing):
            if self.surroundings.has(path):
                return Resolution(ResolutionKind.FILE, path=path)
        return self._renamed(name, citing)

    def _renamed(self, name: str, citing: Record | None) -> Resolution | None:
        for path in self._places(name, citing) if self.settings.renamed else ():
            for old, new in self.settings.renamed.items():
                folder = old.rstrip("/")
                if path == folder or path.startswith(f"{folder}/"):
                    now = new.rstrip("/") + path[len(folder) :]
                    record = self.names.by_path.get(now, (None,))[0]
                    return Resolution(ResolutionKind.RENAMED, record, path=now)
        return None

    def _elsewhere(self, name: str, citing: Record | None) -> Resolution | None:
        if is_address(name):
            return Resolution(ResolutionKind.EXTERNAL, address=name)
        ticket = ticket_in(name)
        if ticket is None or ticket.repo in self.names.by_id:
            return None
        if not ticket.repo:
            own = citing.metadata.get("repo") if citing else None
            repo = own if isinstance(own, str) and own else self.settings.repo
            if not repo:
                return None
            ticket = ticket._replace(repo=repo)
        address = address_of(ticket, self.settings)
        return Resolution(ResolutionKind.EXTERNAL, address=address)

    def file(self, path: str, citing: Record) -> Resolution:
        """The record or file that a pointer with line numbers leads into.

        A bare file name could be any file of that name, so a missing one is no fault.
        """
        records = self._at_path(path, citing)
        if len(records) == 1:
            return Resolution(ResolutionKind.PATH, records[0], path=records[0].path)
        found = self._path_of(path, citing)
        if found is not None:
            return found
        return UNRESOLVED if "/" in path.removeprefix("./") else UNCHECKED

    def link(self, target: str, citing: Record) -> Resolved:
        """What a relative link leads to, read as a forge does: from the citing file's folder."""
        head, _, fragment = target.partition("#")
        head = unquote(head.partition("?")[0])
        name = Name(head, unquote(fragment) or None)
        if not head:
            return name, Resolution(ResolutionKind.PATH, citing, path=citing.path)
        folder = "" if head.startswith("/") else posixpath.dirname(citing.path)
        path = posixpath.normpath(posixpath.join(folder, head.lstrip("/")))
        if path.startswith("..") or _PLACEHOLDER.search(path):
            return name, UNCHECKED
        found = self._linked(path)
        if found is None:
            found = self._renamed(head, citing) or self._from_root(head) or UNRESOLVED
        lines = _LINES.fullmatch(fragment)
        if lines is None:
            return name, found
        first = int(lines["first"])
        name = Name(head, lines=(first, int(lines["last"] or first)))
        return name, self._with_lines(found)

    def _linked(self, path: str) -> Resolution | None:
        """What a link to this path, below the root, opens."""
        for kind, index in (
            (ResolutionKind.PATH, self.names.by_path),
            (ResolutionKind.README, self.names.by_folder),
        ):
            records = index.get(path, ())
            if len(records) == 1 and (kind is ResolutionKind.README or records[0].path == path):
                return Resolution(kind, records[0], path=records[0].path)
        if self.surroundings.has(path):
            return Resolution(ResolutionKind.FILE, path=path)
        return None

    def _from_root(self, head: str) -> Resolution | None:
        for path in self._places(head, None):
            found = self._linked(path)
            if found is not None:
                return replace(found, kind=ResolutionKind.ROOT_RELATIVE)
        return None

    def _places(self, name: str, citing: Record | None) -> list[str]:
        """Where a path can lead: from the root, from the records folders, from the citing file.

        A single word leads nowhere from a file, so that it means the same for all.
        """
        folders = ["", *self.names.records_folders]
        if citing is not None and not _PLAIN.fullmatch(name):
            folders.append(posixpath.dirname(citing.path))
        paths = [posixpath.normpath(posixpath.join(folder, name)) for folder in folders]
        return [path for path in dict.fromkeys(paths) if not path.startswith("..")]

    def likeliest(self, path: str) -> Sequence[Record]:
        """The few records whose file has the name that a path ends with, else the nearest ones."""
        same = self.names.by_stem.get(without_extension(posixpath.basename(path)), ())
        return same if 1 <= len(same) <= 3 else self.nearest(path)

    def nearest(self, name: str, limit: int = 3) -> list[Record]:
        """The records that somebody who wrote `name` may have meant, the likeliest first."""
        return self._nearest.to(name, limit)


def _file_stem(name: str) -> str:
    """A file name without `.md`; a path is no file name and stays as it is."""
    return name if "/" in name else without_extension(name)


def _of_its_day(records: Sequence[Record], citing: Record | None) -> Sequence[Record]:
    """Those whose id has the citing record's date, if any has; another date decides nothing."""
    day = citing.date if citing else None
    return [r for r in records if day and r.tokens.get("date") == day] or records
