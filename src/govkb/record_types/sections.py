"""The sections of a type, and the fields whose values stand in the body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from govkb.record_types.body_sources import BodySource, CreatedPaths
from govkb.record_types.declarations import Declaration, Where
from govkb.record_types.record_type import SectionType, UpdateShape

# What can be asked of entries, and thus of `##` sections only.
_OF_ENTRIES = ("append_only", "cumulative", "carry_forward", "holds", "updates", "cites", "counts")
_HEADING = re.compile(r"\w.*\{timestamp\}")


def read_sections(declaration: Declaration) -> dict[str, SectionType]:
    """The sections by name, in the order of the declaration."""
    declared = declaration.data.get("sections", {})
    sections = {name: _section(name, data or {}) for name, data in declared.items()}
    headings: dict[tuple[str | None, str], str] = {}
    for name, section in sections.items():
        _check_parent(declaration, section, sections)
        _check_growth(declaration, section)
        for heading in (name, *section.aliases):
            other = headings.setdefault((section.within, heading.casefold()), name)
            if other != name:
                message = f"the heading {heading!r} means both {other!r} and {name!r}"
                declaration.fault(("sections", name), message)
    return sections


def headings_of(sections: Mapping[str, SectionType]) -> dict[tuple[str | None, str], SectionType]:
    """The section that each heading means, by the section it stands in and its casefolded text."""
    return {
        (section.within, heading.casefold()): section
        for section in sections.values()
        for heading in (section.name, *section.aliases)
    }


def read_body_sources(declaration: Declaration) -> dict[str, tuple[BodySource, ...]]:
    """Where in the body each field's value is; of several places the first that is there counts."""
    declared = declaration.data.get("from_body", {})
    for field, sources in declared.items():
        for source in sources if isinstance(sources, list) else [sources]:
            if "split" in source and "after" in source:
                message = "what follows a phrase is one word or link, and has no parts"
                declaration.fault(("from_body", field), message, "keep either `after` or `split`")
    return {
        field: tuple(_body_source(s) for s in (sources if isinstance(sources, list) else [sources]))
        for field, sources in declared.items()
    }


def _body_source(data: dict[str, Any]) -> BodySource:
    after = data.get("after", ())
    phrases = (after,) if isinstance(after, str) else tuple(after)
    split = tuple(data.get("split", ()))
    return BodySource(data.get("line"), data.get("section"), phrases, data.get("field"), split)


def read_created_paths(declaration: Declaration) -> CreatedPaths | None:
    """The words by which records say that a path was created; None where nothing is said."""
    data = declaration.data.get("created_paths")
    if data is None:
        return None
    return CreatedPaths(tuple(data["said_by"]), tuple(data.get("excused_by", ())))


def read_body_updates(declaration: Declaration) -> UpdateShape | None:
    """How updates of the whole body must look; None where nothing is said, or it never grows."""
    updates = _updates(declaration.data.get("updates"))
    _check_heading(declaration, updates, ("updates", "heading"))
    if updates is not None and not declaration.data.get("append_only", False):
        message = "updates are what is appended, and the body is not append-only"
        declaration.fault(("updates",), message, "add `append_only: true`, or say it of a section")
    return updates


def _updates(data: dict[str, Any] | None) -> UpdateShape | None:
    if data is None:
        return None
    return UpdateShape(data["heading"], tuple(data.get("demands", ())))


def _section(name: str, data: dict[str, Any]) -> SectionType:
    required = data.get("required", False)
    by_field = required if isinstance(required, dict) else {}
    apart = ("required", "aliases", "updates")
    given = {key: value for key, value in data.items() if key not in apart}
    return SectionType(
        name,
        required=required is True,
        required_for={field: tuple(values) for field, values in by_field.items()},
        aliases=tuple(data.get("aliases", ())),
        updates=_updates(data.get("updates")),
        **given,
    )


def _check_heading(declaration: Declaration, shape: UpdateShape | None, where: Where) -> None:
    if shape is not None and not _HEADING.fullmatch(shape.heading):
        message = f"the heading {shape.heading!r} is no word that a moment comes after"
        declaration.fault(where, message, "write it as `Update - {timestamp}`")


def _check_growth(declaration: Declaration, section: SectionType) -> None:
    where = ("sections", section.name)
    if section.carried_at_most is not None and not section.carry_forward:
        message = "no item of this section is carried forward"
        declaration.fault((*where, "carried_at_most"), message, "add `carry_forward: true`")
    _check_heading(declaration, section.updates, (*where, "updates", "heading"))
    if declaration.data.get("append_only", False):
        if section.append_only:
            message = "the whole body is append-only, and this section with it"
            declaration.fault((*where, "append_only"), message, "leave it out here")
        elif section.updates is not None:
            message = "the whole body is append-only, and its updates may stand anywhere"
            declaration.fault((*where, "updates"), message, "move `updates` to the top")
    elif section.updates is not None and not section.append_only:
        message = "updates are what is appended, and this section is not append-only"
        declaration.fault((*where, "updates"), message, "add `append_only: true`")


def _check_parent(
    declaration: Declaration, section: SectionType, sections: dict[str, SectionType]
) -> None:
    parent = section.within
    if parent is None:
        return
    where = ("sections", section.name, "within")
    if parent not in sections:
        declaration.fault(where, f"the section {parent!r} is not declared")
    elif any(getattr(section, promise) for promise in _OF_ENTRIES):
        message = "entries are kept in sections under `##` only, not in one that stands in another"
        declaration.fault(where, message, "leave out `within`")
    elif sections[parent].within is not None:
        message = f"{parent!r} stands in a section itself; sections are at most two deep"
        declaration.fault(where, message)
