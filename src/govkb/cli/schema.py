"""`govkb schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from govkb.cli.completing import type_names
from govkb.errors import UsageError


@click.command("schema", short_help="Print the JSON Schema of a type's frontmatter.")
@click.argument("arguments", metavar="TYPE | diff OLD NEW", nargs=-1, shell_complete=type_names)
def command(arguments: tuple[str, ...]) -> int:
    """Print the JSON Schema (2020-12) of a type's frontmatter, for editors and other programs.

    \b
      govkb schema incident > incident.schema.json
      govkb schema diff old.json new.json

    `diff` says what changed between two such files, and ends with 1 where records that fitted the
    old one may not fit the new: fields renamed, required or gone, values gone.
    """
    if len(arguments) == 3 and arguments[0] == "diff":
        return _compare(Path(arguments[1]), Path(arguments[2]))
    if len(arguments) != 1:
        hint = "for example: govkb schema incident, or: govkb schema diff old.json new.json"
        raise UsageError("name one type, or two schemas to compare", hint)
    click.echo(_schema_of(arguments[0]))
    return 0


def _schema_of(name: str) -> str:
    import json

    from govkb.record_types.editor_schema import editor_schema
    from govkb.workspace import Workspace

    workspace = Workspace.open(Path.cwd())
    inheritance = workspace.config.inheritance
    handed_down = inheritance.never if inheritance.file is not None else None
    schema = editor_schema(workspace.known_type(name), handed_down)
    return json.dumps(schema, ensure_ascii=False, indent=2)


def _compare(old: Path, new: Path) -> int:
    from govkb.record_types.schema_changes import schema_changes
    from govkb.reporting.escaping import visible

    changes = schema_changes(_read(old), _read(new))
    for change in changes:
        grade = "breaking" if change.is_breaking else "additive"
        click.echo(f"{grade}  {visible(change.path)}: {visible(change.message)}")
    return int(any(change.is_breaking for change in changes))


def _read(file: Path) -> dict[str, Any]:
    import json

    try:
        value = json.loads(file.read_text("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"{file}: not JSON: {error}", "print it with `govkb schema TYPE`"
        ) from error
    if not isinstance(value, dict):
        raise UsageError(f"{file}: it must be a JSON Schema, which is an object")
    return value
