"""Which documents are records of which type."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.id_shapes import id_shapes

REST = "document"
_MIN_DECLARED = 2
_MIN_SHAPED = 2
_USUAL = 0.9
_INDEX = frozenset({"index", "_index", "toc", "overview"})
_TYPE_NAME = re.compile(r"[a-z][a-z0-9-]*")
_HEADS = {
    "adr": "adr",
    "cl": "changelog",
    "dec": "decision",
    "inc": "incident",
    "pm": "incident",
    "rb": "runbook",
}
# What Nygard and MADR call the sections that every decision record has.
_DECISION = (
    frozenset({"context", "decision"}),
    frozenset({"context and problem statement", "decision outcome"}),
)


class Group(Struct, frozen=True):
    """Documents of one type, by path, and what makes them one."""

    name: str
    documents: tuple[Document, ...]
    reason: str

    @property
    def with_frontmatter(self) -> list[Document]:
        """Those that have any metadata of their own."""
        return [document for document in self.documents if document.metadata is not None]


class Grouping(Struct, frozen=True):
    """Every type that was found, by name, and the documents that none could be found for."""

    groups: tuple[Group, ...]
    unplaced: tuple[tuple[Document, str], ...]

    def indexes(self) -> list[Document]:
        """Those that merely list the records of another type, in whose folder they are."""
        folders = {d.folder for g in self.groups if g.name != REST for d in g.documents}
        rest = (d for g in self.groups if g.name == REST for d in g.documents)
        return [d for d in rest if d.folder in folders and d.stem.lower() in _INDEX]

    def without(self, documents: Collection[Document]) -> Grouping:
        """The same, these documents left out."""
        paths = {document.path for document in documents}
        kept = (
            replace(g, documents=tuple(d for d in g.documents if d.path not in paths))
            for g in self.groups
        )
        return Grouping(tuple(g for g in kept if g.documents), self.unplaced)


def group(documents: Sequence[Document], listed: Collection[str]) -> Grouping:
    """The documents by type. `listed` are type names that the repository has written down.

    Where nearly every document has frontmatter, those without don't lack a type but frontmatter.
    """
    by_name: dict[str, list[Document]] = defaultdict(list)
    reasons: dict[str, str] = {}
    unplaced: list[tuple[Document, str]] = []
    declared = Counter(d.declared_type for d in documents if d.declared_type)
    undeclared: list[Document] = []
    with_frontmatter = sum(1 for document in documents if document.metadata is not None)
    is_usual = with_frontmatter >= _USUAL * len(documents)
    for document in documents:
        name = document.declared_type
        if "{" in document.path or "}" in document.path:
            unplaced.append((document, "braces in the path, which no pattern can say"))
        elif document.metadata is None and is_usual:
            unplaced.append((document, "no frontmatter"))
        elif name is None:
            undeclared.append(document)
        elif not _TYPE_NAME.fullmatch(name):
            unplaced.append((document, f"`type: {name}` can't be the name of a type"))
        elif declared[name] >= _MIN_DECLARED or name in listed or len(documents) < 10:
            by_name[name].append(document)
            reasons[name] = f"their `type` is {name}"
        else:
            unplaced.append((document, f"no other file has `type: {name}`"))
    for name, reason, members in _by_shape(undeclared):
        by_name[name] += members
        reasons.setdefault(name, reason)
    groups = (
        Group(name, tuple(sorted(members, key=lambda d: d.path)), reasons[name])
        for name, members in sorted(by_name.items())
    )
    return Grouping(tuple(groups), tuple(unplaced))


def _by_shape(documents: Iterable[Document]) -> Iterable[tuple[str, str, list[Document]]]:
    """Documents that don't say what they are, by folder and by how their names look."""
    rest: list[Document] = []
    by_folder: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        by_folder[document.folder].append(document)
    for folder, members in sorted(by_folder.items()):
        for name, reason, found in _in_folder(folder, members):
            if name == REST:
                rest += found
            else:
                yield name, reason, found
    if rest:
        yield REST, "nothing says what else they are", rest


def _in_folder(folder: str, members: list[Document]) -> Iterable[tuple[str, str, list[Document]]]:
    left = {document.path: document for document in members}
    for shape in id_shapes(document.id for document in members):
        found = [d for d in left.values() if d.id in shape.ids]
        head = re.split(r"[{]", shape.template)[0].rstrip("-_").lower()
        name = _type_name(folder, head, found)
        if shape.is_bare or len(found) < _MIN_SHAPED or name is None:
            continue
        yield name, f"their names are like {found[0].id}, in {folder or 'the top folder'}", found
        for document in found:
            del left[document.path]
    decisions = [d for d in left.values() if _is_decision(d)]
    if len(decisions) >= _MIN_SHAPED:
        yield "adr", "they have the sections of decision records", decisions
        for document in decisions:
            del left[document.path]
    yield REST, "", list(left.values())


def _type_name(folder: str, head: str, documents: list[Document]) -> str | None:
    """What to call the type of documents whose ids begin alike."""
    if sum(map(_is_decision, documents)) * 2 >= len(documents):
        return "adr"
    name = _HEADS.get(head, head.replace("_", "-"))
    if not name:
        name = _singular(folder.rpartition("/")[2].lower())
    name = re.sub(r"[^a-z0-9-]+", "-", name).strip("-0123456789")
    return name if _TYPE_NAME.fullmatch(name) and name not in ("doc", REST) else None


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _is_decision(document: Document) -> bool:
    sections = {section.strip().lower() for section in document.sections}
    return any(wanted <= sections for wanted in _DECISION)
