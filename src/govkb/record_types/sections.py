"""The sections of a type, and the fields whose values stand in the body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govkb.record_types.declarations import Declaration
from govkb.record_types.record_type import BodySource, SectionType


def read_sections(declaration: Declaration) -> dict[str, SectionType]:
    """The sections by name, in the order of the declaration."""
    declared = declaration.data.get("sections", {})
    sections = {name: _section(name, data or {}) for name, data in declared.items()}
    headings: dict[tuple[str | None, str], str] = {}
    for name, section in sections.items():
        _check_parent(declaration, section, sections)
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
    return {
        field: tuple(_body_source(s) for s in (sources if isinstance(sources, list) else [sources]))
        for field, sources in declared.items()
    }


def _body_source(data: dict[str, Any]) -> BodySource:
    after = data.get("after", ())
    phrases = (after,) if isinstance(after, str) else tuple(after)
    return BodySource(data.get("line"), data.get("section"), phrases, data.get("field"))


def _section(name: str, data: dict[str, Any]) -> SectionType:
    required = data.get("required", False)
    by_field = required if isinstance(required, dict) else {}
    given = {key: value for key, value in data.items() if key not in ("required", "aliases")}
    return SectionType(
        name,
        required=required is True,
        required_for={field: tuple(values) for field, values in by_field.items()},
        aliases=tuple(data.get("aliases", ())),
        **given,
    )


def _check_parent(
    declaration: Declaration, section: SectionType, sections: dict[str, SectionType]
) -> None:
    parent = section.within
    if parent is None:
        return
    where = ("sections", section.name, "within")
    if parent not in sections:
        declaration.fault(where, f"the section {parent!r} is not declared")
    elif section.append_only or section.cumulative or section.carry_forward or section.holds:
        message = "entries are kept in sections under `##` only, not in one that stands in another"
        declaration.fault(where, message, "leave out `within`")
    elif sections[parent].within is not None:
        message = f"{parent!r} stands in a section itself; sections are at most two deep"
        declaration.fault(where, message)
