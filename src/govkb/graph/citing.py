"""Every citation of every record, with what it leads to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from govkb.graph.mentions import Mention, MentionKind
from govkb.graph.parts import has_anchor, heading_of, skips
from govkb.graph.references import (
    Citation,
    Name,
    Path,
    ReferenceFields,
    declared_references,
    is_commit_name,
    reference_fields,
)
from govkb.graph.resolution import (
    UNCHECKED,
    UNRESOLVED,
    Resolution,
    ResolutionKind,
    Resolved,
)
from govkb.graph.resolver import Resolver
from govkb.graph.rows import Rows
from govkb.reading import Heading, Record
from govkb.record_types import RecordType

# Looking a member up in its class is not for free, and this is asked for every citation.
_NAME = MentionKind.NAME.value
_COMMIT = Resolution(ResolutionKind.COMMIT)
_AT_FAULT = (
    ResolutionKind.UNRESOLVED,
    ResolutionKind.AMBIGUOUS,
    ResolutionKind.CONTRADICTING,
    ResolutionKind.DECORATED,
)
# Words of prose are joined by dashes and slashes too; only what has these is certainly a name.
_GROUP = re.compile("/[A-Z](?:/|$)", re.ASCII)
_CERTAIN = re.compile("[0-9A-Z_]", re.ASCII)
_CERTAIN_PATH = re.compile(r".*\.md(?:\W.*)?|.*/[^/.]*[0-9_-][^/.]*", re.ASCII)


class ResolvedCitation(NamedTuple):
    """A citation and what it leads to.

    `heading` is the part of the record that is meant; `misses_part` says that the record is there,
    but not the part of it that is named.
    """

    citation: Citation
    resolution: Resolution
    heading: Heading | None = None
    misses_part: bool = False


class CitationReader:
    """Reads the citations of records, and asks once for all what is dear to ask."""

    def __init__(
        self, resolver: Resolver, rows: Rows, mentions: Callable[[Record], Sequence[Mention]]
    ) -> None:
        self._resolver = resolver
        self._rows = rows
        self._mentions = mentions
        self._fields: dict[str, ReferenceFields] = {}
        self._found: list[ResolvedCitation] = []
        self._commits: list[int] = []
        self._covered = 0

    def read(self, records: Iterable[Record]) -> list[ResolvedCitation]:
        """All citations, record by record: first the declared ones, then the text's."""
        for record in records:
            if record.type is not None:
                self._declared(record, record.type)
            self._covered = 0
            for mention in self._mentions(record):
                if mention.start >= self._covered:
                    self._mentioned(record, mention)
        self._check_commits()
        return self._found

    def _declared(self, record: Record, record_type: RecordType) -> None:
        fields = self._fields.get(record_type.name)
        if fields is None:
            fields = self._fields[record_type.name] = reference_fields(record_type)
        found, plain = self._found, self._resolver.plain
        for text, relation, is_inverse, key, note in declared_references(record, fields):
            known = plain.get(text)
            if relation is None:
                self._commit(record, text, key)
            elif known is not None:
                citation = Citation(record, text, known[0], relation, is_inverse, key, note)
                found.append(ResolvedCitation(citation, known[1]))
            else:
                named = self._rows.named(text, record) or self._resolver.references(text, record)
                for name, resolution in named:
                    citation = Citation(record, text, name, relation, is_inverse, key, note)
                    found.append(self._whole(citation, resolution))

    def _mentioned(self, record: Record, mention: Mention) -> None:
        kind, text, start, end = mention
        known = self._resolver.plain.get(text) if kind == _NAME else None
        if known is not None and known[1].record is not None:
            citation = Citation(record, text, known[0], None, False, (), None, kind, start, end)
            self._found.append(ResolvedCitation(citation, known[1]))
            return
        if kind == MentionKind.COMMIT:
            self._commits.append(len(self._found))
        for name, resolution in self._meanings(kind, text, record):
            citation = Citation(record, text, name, None, False, (), None, kind, start, end)
            found = self._whole(citation, resolution)
            if not (_is_own_title(citation, resolution) or self._is_said(found)):
                self._found.append(found)
            if kind == MentionKind.LINK and resolution.record is not None:
                # What its text names is what it leads to.
                self._covered = end

    def _meanings(self, kind: str, text: str, record: Record) -> Iterable[Resolved]:
        """What a mention names; nothing where it turns out to be no name after all."""
        references = self._resolver.references
        if kind == MentionKind.NAME:
            return _if_meant(text, references(text, record))
        if kind == MentionKind.WORD:
            return self._known_word(text, record)
        if kind == MentionKind.LINK:
            return (self._resolver.link(text, record),)
        if kind == MentionKind.ROWS:
            return self._rows.named(text, record)
        if kind == MentionKind.COMMIT:
            return ((Name(text), UNCHECKED),)
        if kind == MentionKind.CREATED:
            place = self._resolver.file(text, record)
            return ((Name(text), place),) if place.kind is ResolutionKind.UNRESOLVED else ()
        found = references(text, record)
        if kind == MentionKind.CODE:
            return [(n, r) for n, r in found if r.record is not None]
        if kind == MentionKind.TICKET:
            return [(n, r) for n, r in found if r.kind is not ResolutionKind.UNRESOLVED]
        return found

    def _known_word(self, text: str, record: Record) -> Iterable[Resolved]:
        """A word is a name only where a record declares it, or it is the path of one."""
        if text in self._resolver.names.by_alias:
            return self._resolver.references(text, record)
        if text.endswith(".md"):
            resolution = self._resolver.resolve(text, record)
            if resolution.record is not None:
                return ((Name(text), resolution),)
        return ()

    def _whole(self, citation: Citation, resolution: Resolution) -> ResolvedCitation:
        """A citation with what it leads to, and with the part of it that is meant."""
        record, name = resolution.record, citation.name
        if name.lines is not None and resolution.line_count is not None:
            first, last = name.lines
            is_there = 1 <= first <= last <= resolution.line_count
            return ResolvedCitation(citation, resolution, misses_part=not is_there)
        if record is None or name.lines is not None or not name.has_part:
            return ResolvedCitation(citation, resolution)
        if name.row is not None:
            return ResolvedCitation(
                citation, resolution, misses_part=not self._rows.has(record, name.row)
            )
        heading = heading_of(record, name)
        is_missing = heading is None and not (
            name.fragment is not None and name.label is None and has_anchor(record, name.fragment)
        )
        # `INC-20260418-B Track A` in a sentence may just be two things after each other.
        is_words = name.label is not None and "§" not in citation.text
        if is_missing and citation.kind and is_words:
            is_missing = skips(record, name.label or "")
        if citation.kind == MentionKind.CODE:
            is_missing = False
        return ResolvedCitation(citation, resolution, heading, is_missing)

    def _is_said(self, found: ResolvedCitation) -> bool:
        """Whether a fault in the text is one of a field that was taken from that very place.

        Where that is a link, the field's citation becomes one.
        """
        citation = found.citation
        record_type = citation.record.type
        if record_type is None or not record_type.from_body or not _is_at_fault(found):
            return False
        number = self._taken_from(citation)
        if number is None:
            return False
        declared = self._found[number]
        is_nowhere = declared.resolution.kind is ResolutionKind.UNRESOLVED
        if citation.kind == MentionKind.LINK and is_nowhere:
            as_link = declared.citation._replace(kind=citation.kind)
            self._found[number] = declared._replace(citation=as_link)
        return _is_at_fault(declared)

    def _taken_from(self, mention: Citation) -> int | None:
        """The number of the declared citation whose field was taken from the place of a mention."""
        record = mention.record
        for number in range(len(self._found) - 1, -1, -1):
            citation = self._found[number].citation
            if citation.record is not record:
                break
            if citation.is_declared:
                start, end = record.extent_of(citation.key, value=True)
                if start <= mention.start < end:
                    return number
        return None

    def _commit(self, record: Record, text: str, key: Path) -> None:
        resolution = UNRESOLVED
        if is_commit_name(text):
            resolution = UNCHECKED
            self._commits.append(len(self._found))
        citation = Citation(record, text, Name(text), None, False, key, None, MentionKind.COMMIT)
        self._found.append(ResolvedCitation(citation, resolution))

    def _check_commits(self) -> None:
        """Asks for all commits at once; those of other repositories can't be asked for."""
        asked = {n: self._found[n] for n in self._commits if self._is_own(self._found[n].citation)}
        names = sorted({resolved.citation.text for resolved in asked.values()})
        unknown = self._resolver.surroundings.unknown_commits(names) if names else None
        if unknown is None:
            return
        for number, resolved in asked.items():
            is_known = resolved.citation.text not in unknown
            resolution = _COMMIT if is_known else UNRESOLVED
            self._found[number] = resolved._replace(resolution=resolution)

    def _is_own(self, citation: Citation) -> bool:
        """Whether a commit should be one of this repository.

        In prose that is certain only where the settings say which repository this is.
        """
        own = self._resolver.settings.repo
        named = citation.record.metadata.get("repo")
        if citation.is_declared and not named:
            return True
        return own is not None and named in (None, "", own)


def _if_meant(text: str, found: Sequence[Resolved]) -> Sequence[Resolved]:
    if not any(r.kind is ResolutionKind.UNRESOLVED for _, r in found):
        return found
    is_path = "/" in text and not _GROUP.search(text)
    is_certain = _CERTAIN_PATH.fullmatch(text) if is_path else _CERTAIN.search(text)
    return found if is_certain else ()


def _is_at_fault(found: ResolvedCitation) -> bool:
    """Whether there is something to say about where it leads."""
    return found.misses_part or found.resolution.kind in _AT_FAULT


def _is_own_title(citation: Citation, resolution: Resolution) -> bool:
    """Whether a name that several records share stands in the title of one of them."""
    record, headings = citation.record, citation.record.outline.headings
    if resolution.kind is not ResolutionKind.AMBIGUOUS or not headings:
        return False
    titles = (headings[0], next((h for h in headings if h.level == 1), headings[0]))
    is_in_title = any(h.start <= citation.start and citation.end <= h.end for h in titles)
    return is_in_title and any(candidate is record for candidate in resolution.candidates)
