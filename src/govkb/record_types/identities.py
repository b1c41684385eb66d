"""The ids of a type and where its records are."""

from __future__ import annotations

from collections.abc import Mapping

from govkb.record_types.declarations import Declaration, Where
from govkb.record_types.id_patterns import IdPattern, PatternError
from govkb.record_types.record_type import Form, LetterRule, RowIds

_ALLOTTED = frozenset({"letter", "seq", "int"})


def read_forms(declaration: Declaration) -> tuple[Form, ...]:
    """The forms of the ids, each with its paths."""
    data = declaration.data
    declared = data.get("forms") or [{"id": data["id"], "path": data["path"]}]
    forms = []
    for number, form in enumerate(declared):
        where: Where = ("forms", number) if "forms" in data else ()
        paths = [form["path"]] if isinstance(form["path"], str) else form["path"]
        place = (*where, "path")
        for path in paths:
            if path.startswith("/") or ".." in path.split("/"):
                message = f"the path {path!r} leads out of the records folder"
                declaration.fault(place, message)
        patterns = tuple(p for path in paths if (p := _pattern(declaration, path, place)))
        record_id = _name_pattern(declaration, form["id"], (*where, "id"))
        if record_id is not None and patterns:
            forms.append(Form(record_id, patterns))
    return tuple(forms)


def draft_form(forms: tuple[Form, ...], agrees: Mapping[str, object]) -> Form | None:
    """The form of an id that waits for its letter or number: `INC-DRAFT-{slug}`.

    None where ids are not allotted one after the other, or have no fixed beginning.
    """
    first = forms[0] if forms else None
    if first is None or not first.id.prefix or not _ALLOTTED & set(first.id.tokens) - set(agrees):
        return None
    folder = first.paths[0].fixed_folder
    path = f"{folder}/{{id}}.md" if folder else "{id}.md"
    return Form(IdPattern(f"{first.id.prefix}DRAFT-{{slug}}"), (IdPattern(path),))


def read_aliases(declaration: Declaration) -> tuple[IdPattern, ...]:
    """The short forms that records may be called by."""
    texts = enumerate(declaration.data.get("aliases", ()))
    found = (_name_pattern(declaration, text, ("aliases", number)) for number, text in texts)
    return tuple(pattern for pattern in found if pattern is not None)


def read_named_after(declaration: Declaration) -> dict[str, tuple[IdPattern, ...]]:
    """The fields that name something after the record, each with the forms of such names."""
    found = {}
    for field, given in declaration.data.get("named_after", {}).items():
        texts = [given] if isinstance(given, str) else given
        forms = (_name_pattern(declaration, text, ("named_after", field)) for text in texts)
        found[field] = tuple(pattern for pattern in forms if pattern is not None)
    return found


def read_letter_rule(declaration: Declaration) -> LetterRule | None:
    """From how many ids of one day and one field on letters are due."""
    data = declaration.data.get("letter_rule")
    return LetterRule(tuple(data["field"].split(".")), data["at_least"]) if data else None


def read_row_ids(declaration: Declaration) -> RowIds | None:
    """The table whose rows can be cited."""
    data = declaration.data.get("row_ids")
    return RowIds(data["column"], tuple(data["cited_as"])) if data else None


def _pattern(declaration: Declaration, template: str, where: Where) -> IdPattern | None:
    try:
        return IdPattern(template)
    except PatternError as error:
        declaration.fault(where, str(error))
        return None


def _name_pattern(declaration: Declaration, template: str, where: Where) -> IdPattern | None:
    """The pattern of an id or an alias, which can't have folders in it."""
    pattern = _pattern(declaration, template, where)
    if pattern is not None and {"id", "folders"} & set(pattern.tokens):
        declaration.fault(where, f"{template!r}: {{id}} and {{folders}} are for paths only")
    return pattern
