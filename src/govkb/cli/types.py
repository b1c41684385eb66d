"""`govkb types`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govkb.cli.completing import type_names

if TYPE_CHECKING:
    from govkb.knowledge_base import KnowledgeBase
    from govkb.record_types import RecordType
    from govkb.workspace import Workspace


@click.command("types", short_help="List the record types, or explain one.")
@click.argument("name", metavar="[TYPE]", required=False, shell_complete=type_names)
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="text or json."
)
def command(name: str | None, output: str) -> None:
    """List the types of records with what they are for, or say everything that is known of TYPE.

    \b
      govkb types
      govkb types incident
      govkb types --format json

    A type is a folder with a `type.yaml`: those of the project stand beside govkb's own.
    """
    from govkb.workspace import Workspace

    workspace = Workspace.open(Path.cwd())
    base = workspace.load()
    if output == "json":
        click.echo(_as_json(workspace, base, name), nl=False)
    elif name is None:
        _list(workspace, base)
    else:
        click.echo("\n".join(_page(workspace, base, workspace.known_type(name))))


def _as_json(workspace: Workspace, base: KnowledgeBase, name: str | None) -> str:
    import json

    def described(record_type: RecordType) -> dict[str, Any]:
        from govkb.record_types.description import describe

        origin = {"file": _own_file(workspace, record_type)}
        records = len(base.of_type(record_type.name))
        return {**describe(record_type), **origin, "records": records}

    if name is not None:
        document: dict[str, Any] = {"version": 1, "type": described(workspace.known_type(name))}
    else:
        types = [described(t) for t in workspace.catalogue.types.values()]
        document = {"version": 1, "types": types, "broken": sorted(workspace.catalogue.broken)}
    return json.dumps(document, ensure_ascii=True, indent=2) + "\n"


def _list(workspace: Workspace, base: KnowledgeBase) -> None:
    from govkb.reporting.escaping import visible

    workspace.require_types()
    catalogue = workspace.catalogue
    width = max(len(name) for name in (*catalogue.types, *catalogue.broken))
    for name, record_type in catalogue.types.items():
        own = _own_file(workspace, record_type)
        number = len(base.of_type(name))
        click.echo(f"{name:{width}} {number:6,}  {visible(record_type.purpose)}")
        if own is not None:
            click.echo(f"{'':{width}} {'':6}  from {own}")
    for name in catalogue.broken:
        click.echo(f"{name:{width}} {'':6}  can't be used; `govkb check` says why")


def _page(workspace: Workspace, base: KnowledgeBase, record_type: RecordType) -> list[str]:
    from govkb.cli.type_page import type_page

    origin = _own_file(workspace, record_type) or "govkb's own"
    return type_page(record_type, origin, len(base.of_type(record_type.name)))


def _own_file(workspace: Workspace, record_type: RecordType) -> str | None:
    """The project's own file that declares a type, None for those that govkb brings along."""
    file, root = record_type.file, workspace.config.root
    own = root / workspace.config.templates
    if file is None or not file.is_relative_to(own) or len(workspace.templates.folders) < 2:
        return None
    return file.relative_to(root).as_posix()
