"""A type's declaration as a RecordType."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from govkb.record_types.classifications import read_classifications
from govkb.record_types.consistency import check_consistency
from govkb.record_types.days import read_days
from govkb.record_types.declarations import Declaration
from govkb.record_types.decomposition import read_decomposition
from govkb.record_types.entitlements import read_entitlements
from govkb.record_types.executions import read_execution
from govkb.record_types.frontmatter_schema import (
    defaults_of,
    frontmatter_schema,
    validator_for,
)
from govkb.record_types.identities import (
    draft_form,
    read_aliases,
    read_forms,
    read_letter_rule,
    read_named_after,
    read_row_ids,
)
from govkb.record_types.item_declarations import read_items
from govkb.record_types.prompts import read_prompts
from govkb.record_types.record_type import DerivedFigure, Presentation, RecordType
from govkb.record_types.relations import read_relations
from govkb.record_types.sections import (
    headings_of,
    read_body_sources,
    read_body_updates,
    read_created_paths,
    read_sections,
)
from govkb.record_types.statuses import read_demands, read_statuses
from govkb.record_types.vocabularies import Vocabulary


def read_type(
    declaration: Declaration,
    vocabulary: Vocabulary,
    type_names: list[str],
    template: Path | None = None,
) -> RecordType | None:
    """The type that is declared, or None; then the declaration's faults say why.

    Its new records are made from `template`, where it has one.
    """
    data = declaration.data
    if declaration.faults:
        return None
    if data["type"] != declaration.type:
        message = f"type {data['type']!r} is in the folder {declaration.type!r}"
        declaration.fault(("type",), message, "give both the same name")
    relations = read_relations(declaration, vocabulary)
    sections = read_sections(declaration)
    schema = frontmatter_schema(declaration, vocabulary, relations)
    forms = read_forms(declaration)
    record_type = RecordType(
        name=data["type"],
        label=data["label"],
        plural=data.get("plural", data["label"] + "s"),
        purpose=data["purpose"],
        forms=forms,
        aliases=read_aliases(declaration),
        agrees={token: tuple(p.split(".")) for token, p in data.get("agrees", {}).items()},
        required=tuple(schema["required"]),
        fields=tuple(schema["properties"]),
        statuses=read_statuses(declaration),
        demands=read_demands(declaration),
        sections=sections,
        relations=relations.relations,
        inverses=relations.inverses,
        references=relations.references,
        derived=tuple(
            DerivedFigure(label, ends["from"], ends["to"])
            for label, ends in data.get("derived", {}).items()
        ),
        presentation=_presentation(data.get("site", {})),
        schema=schema,
        validator=None if declaration.faults else validator_for(declaration, schema),
        needs_frontmatter=data.get("frontmatter", "required") == "required",
        needs_known_fields=not schema["additionalProperties"],
        needs_section_order=data.get("section_order", False),
        is_numbered=data.get("numbered", False),
        alike=tuple(data.get("alike", ())),
        draft=draft_form(forms, data.get("agrees", {})),
        frozen_after=data.get("frozen_after"),
        uses=relations.uses,
        from_body=read_body_sources(declaration),
        spellings=vocabulary.spellings,
        letter_rule=read_letter_rule(declaration),
        row_ids=read_row_ids(declaration),
        created_paths=read_created_paths(declaration),
        defaults=defaults_of(schema),
        headings=headings_of(sections),
        due_sections=tuple(s for s in sections.values() if s.required or s.required_for),
        file=declaration.file,
        names=tuple(data.get("names", ())),
        classifications=read_classifications(declaration),
        append_only_body=data.get("append_only", False),
        updates=read_body_updates(declaration),
        items=read_items(declaration, schema["$defs"], vocabulary),
        prompts=read_prompts(template),
        decomposition=read_decomposition(declaration),
        entitlements=read_entitlements(declaration),
        execution=read_execution(declaration),
        named_after=read_named_after(declaration),
    )
    if not declaration.faults:
        check_consistency(declaration, record_type, vocabulary, type_names)
    return None if declaration.faults else record_type


def _presentation(data: dict[str, Any]) -> Presentation:
    days = {key: read_days(data.get(key, ())) for key in ("due", "review", "expires")}
    return Presentation(**{**data, **days})
