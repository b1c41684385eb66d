"""JSON Schemas that people write: compiled so that they can't run away, and held against names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import jsonschema_rs

from govkb.record_types.declarations import Declaration, Where
from govkb.record_types.likeness import did_you_mean

DEFINITIONS = "#/$defs/"
_MAX_PATTERN_BYTES = 1_000_000


class SchemaError(ValueError):
    """A schema that can't be used."""


def compiled(schema: dict[str, Any]) -> Any:
    """A validator. Its patterns take linear time, whatever they are and whatever they meet.

    Raises SchemaError where the schema can't be used; the engine knows no look-around and no
    backreferences, and refuses patterns that would grow too large.
    """
    try:
        return jsonschema_rs.validator_for(
            schema,
            validate_formats=True,
            offline=True,
            pattern_options=jsonschema_rs.RegexOptions(size_limit=_MAX_PATTERN_BYTES),
        )
    except (ValueError, jsonschema_rs.ReferencingError) as error:
        raise SchemaError(_reason(str(error).strip().splitlines()[0])) from error


def _reason(message: str) -> str:
    pattern, is_pattern, _ = message.partition(' is not a "regex"')
    if not is_pattern:
        return message
    reason = "it has a mistake, or look-around, backreferences or very large repeats"
    return f"the pattern {pattern} can't be used: {reason}"


def check_names(declaration: Declaration, where: Where, value: Any, known: Iterable[str]) -> None:
    """Notes every `$ref` in a value of a declaration that leads to nothing anybody declared."""
    names = sorted(known)
    for place, reference in _references(value, where):
        name = reference.removeprefix(DEFINITIONS)
        if name == reference:
            message = f"`$ref` can't lead to {reference!r}"
            declaration.fault(place, message, f"write `{DEFINITIONS}NAME`, and declare NAME")
        elif name not in names:
            message = f"no vocabulary is called {name!r}"
            declaration.fault(place, message, did_you_mean(name, names))


def named_definitions(value: Any) -> Iterator[tuple[Where, str]]:
    """Every `$ref` to a named definition in a value, with its place."""
    for place, reference in _references(value, ()):
        if reference.startswith(DEFINITIONS):
            yield place, reference.removeprefix(DEFINITIONS)


def _references(value: Any, where: Where) -> Iterator[tuple[Where, str]]:
    """Every `$ref` in a value, with its place."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("$ref", "$dynamicRef") and isinstance(inner, str):
                yield (*where, key), inner
            yield from _references(inner, (*where, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _references(inner, (*where, number))
