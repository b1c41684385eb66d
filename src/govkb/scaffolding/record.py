"""The text of a new record, from its type's `record.md.j2` where it has one."""

from __future__ import annotations

from datetime import date

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from govkb.errors import ConfigurationError
from govkb.knowledge_base import KnowledgeBase
from govkb.reading import Record, Section
from govkb.record_types import RecordType, SectionType
from govkb.scaffolding.default_record import default_record
from govkb.scaffolding.escaping import heading_text, yaml_scalar
from govkb.template_files import TemplateFiles


def new_record(
    base: KnowledgeBase,
    templates: TemplateFiles,
    record_type: RecordType,
    record_id: str,
    title: str,
    day: date,
) -> str:
    """A complete record that `govkb check` has nothing to say about.

    What the type declares as cumulative or carried forward comes from the newest record before it.
    Raises ConfigurationError where the type's template can't be used.
    """
    previous = _previous(base, record_type, day)
    carried = _carried(record_type, previous)
    environment = SandboxedEnvironment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in templates.folders]),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.filters["yaml"] = yaml_scalar
    environment.filters["heading"] = heading_text
    name = f"{record_type.name}/record.md.j2"
    if templates.find(name) is None:
        return default_record(record_type, record_id, title, day)
    try:
        text = environment.get_template(name).render(
            id=record_id,
            title=title,
            date=day.isoformat(),
            status=record_type.statuses.initial,
            previous=previous.id if previous else None,
            carried=carried,
            newest_group=_newest_group(record_type, previous),
        )
        return text.rstrip() + "\n"
    except jinja2.TemplateError as error:
        raise ConfigurationError(f"{name}: {error}") from error


def _previous(base: KnowledgeBase, record_type: RecordType, day: date) -> Record | None:
    """The newest record of a type that follows one on another, as of a day."""
    if "previous" not in record_type.relations:
        return None
    earlier = [r for r in base.of_type(record_type.name) if (r.date or "") <= day.isoformat()]
    return max(earlier, key=lambda record: (record.date or "", record.id), default=None)


def _carried(record_type: RecordType, previous: Record | None) -> dict[str, str]:
    carried = {}
    for name, section_type in record_type.sections.items():
        section = _section_of(previous, section_type) if previous else None
        if previous is None or section is None:
            carried[name] = ""
        elif section_type.cumulative:
            carried[name] = _without_html(previous, section)
        elif section_type.carry_forward:
            carried[name] = _open_items(previous, section)
        else:
            carried[name] = ""
    return carried


def _section_of(record: Record, section_type: SectionType) -> Section | None:
    """The section by its name or one of its aliases."""
    named = (record.body.section(name) for name in (section_type.name, *section_type.aliases))
    return next((section for section in named if section is not None), None)


def _without_html(record: Record, section: Section) -> str:
    """The text of a section, word for word but for comments: those were meant for its author."""
    pieces = []
    at = section.heading.end
    for block in section.blocks:
        if block.kind == "html":
            pieces.append(record.source.text(at, block.start).strip())
            at = block.end
    pieces.append(record.source.text(at, section.end).strip())
    return "\n\n".join(piece for piece in pieces if piece)


def _open_items(record: Record, section: Section) -> str:
    """The items of a section that aren't checked off, as they stand."""
    items = [b for b in section.blocks if b.kind == "item" and b.checked is not True]
    return "\n".join(record.source.text(item.start, item.end).rstrip() for item in items)


def _newest_group(record_type: RecordType, previous: Record | None) -> str | None:
    """The day of the last group in the cumulative section that is carried on."""
    for section_type in record_type.sections.values():
        if previous is None or not section_type.cumulative:
            continue
        section = _section_of(previous, section_type)
        if section is not None:
            inside = [
                h.text
                for h in previous.body.headings
                if section.heading.end <= h.start < section.end
            ]
            return inside[-1][:10] if inside else None
    return None
