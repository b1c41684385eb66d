"""`govkb new`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click
from msgspec import Struct

from govkb.cli.completing import record_ids, type_names
from govkb.cli.editing import edited_by_author
from govkb.cli.naming import named
from govkb.cli.output import tell, write_json
from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.diagnostics import Diagnostic
    from govkb.record_types import TypeCatalogue
    from govkb.workspace import Workspace
    from govkb.workspace.creating import Started
    from govkb.workspace.likeness import Alike


class _Order(Struct, frozen=True):
    """What somebody wants to have written."""

    type_name: str
    title: str | None
    day: date
    fields: tuple[tuple[str, str], ...]
    body: str | None
    source: str | None
    is_draft: bool

    @property
    def is_plain(self) -> bool:
        """Whether nothing goes into the record that its template doesn't have."""
        return not (self.fields or self.body is not None or self.source)


@click.command("new", short_help="Start a record.")
@click.argument("type_name", metavar="TYPE", required=False, shell_complete=type_names)
@click.argument("title", required=False)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to file it under; today if left out.",
)
@click.option(
    "--field",
    "fields",
    metavar="NAME=VALUE",
    multiple=True,
    help="A field and its value; lists as a,b or by giving it again, parts as {name: value}.",
)
@click.option("--body", type=click.File("rb"), help="The text below the frontmatter; - is stdin.")
@click.option(
    "--from",
    "source",
    metavar="BRIEF#A",
    shell_complete=record_ids,
    help="The bullet that it answers.",
)
@click.option("--edit", is_flag=True, help="Open it in $VISUAL or $EDITOR before it is written.")
@click.option("--draft", is_flag=True, help="An id without a number; `govkb number` gives it one.")
@click.option("--dry-run", is_flag=True, help="Show the file, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Tell of it as JSON.")
def command(
    type_name: str | None,
    title: str | None,
    day: datetime | None,
    fields: tuple[str, ...],
    body: IO[bytes] | None,
    source: str | None,
    edit: bool,
    draft: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Start a record of TYPE with the next free id, and print its path.

    The file is complete: `govkb check` has nothing to say about it. A file that is there already is
    never touched. A new handoff carries every learning of the last one, and its open items. What
    looks like a new incident, finding or pitfall already is named: a repeat belongs there.

    \b
      govkb new incident "Vault sealed after reboot"
      govkb new incident "Vault sealed" --field severity=high --field tags=vault,dns
      govkb new decision "Rotate tokens monthly" --date 2026-04-21 --edit
      govkb new decision --from BRIEF-20260421-decisions-sought#D
      govkb new finding "Soft guards" --body - --json < text.md
      govkb new incident "Vault sealed" --draft
      govkb new handoff
    """
    from govkb.workspace import Workspace, local_today

    workspace = Workspace.open(Path.cwd())
    if draft and source is not None:
        raise UsageError("a record has the letter of a bullet, or waits for its number")
    if type_name is None:
        workspace.require_types()
        raise UsageError("of which type?", _listed(workspace.catalogue))
    order = _Order(
        type_name,
        title,
        day.date() if day else local_today(),
        tuple(map(_pair, fields)),
        _text(body) if body is not None else None,
        source,
        draft,
    )
    make = _edited if edit else _made
    started, came, alike = make(workspace, order, dry_run)
    _tell(started, came, alike, dry_run, as_json)


_Made = tuple["Started", "Iterable[Diagnostic]", "list[Alike]"]


def _made(workspace: Workspace, order: _Order, dry_run: bool) -> _Made:
    from govkb.workspace.creating import create, refuse_findings
    from govkb.workspace.sealing import writing

    with nullcontext() if dry_run else writing(workspace):
        started = _started(workspace, order)
        came = () if order.is_plain else refuse_findings(workspace, started)
        alike = _alike(workspace, started)
        if not dry_run:
            create(workspace, started)
    _tell_of(alike)
    return started, came, alike


def _edited(workspace: Workspace, order: _Order, dry_run: bool) -> _Made:
    """What comes of it when its author has a look; nobody else has to wait meanwhile."""
    from govkb.workspace.creating import again, create, findings
    from govkb.workspace.sealing import writing

    started = _started(workspace, order)
    alike = _alike(workspace, started)
    _tell_of(alike)
    with (
        edited_by_author(started.id, started.text) as text,
        nullcontext() if dry_run else writing(workspace),
    ):
        started = again(workspace, started, _started(workspace, order), text)
        came = findings(workspace, started)
        if not dry_run:
            create(workspace, started)
    return started, came, alike


def _alike(workspace: Workspace, started: Started) -> list[Alike]:
    """What looks like it, where its type asks for that; most types don't."""
    record = started.record(workspace)
    if record is None or record.type is None or not record.type.alike:
        return []
    from govkb.workspace.likeness import alike_to

    summary = record.metadata.get("summary")
    texts = [record.title, *([summary] if isinstance(summary, str) else [])]
    return alike_to(workspace, started.base, record.type, texts)


def _tell_of(alike: list[Alike]) -> None:
    if alike:
        tell("this looks like what is recorded already:")
    for found in alike:
        tell(f"  {found.record.id}  {found.record.title}")
        if found.section is not None:
            tell(f'    once more? govkb learn {found.record.id} "…" adds it to {found.section}')


def _started(workspace: Workspace, order: _Order) -> Started:
    from govkb.scaffolding.bullets import bullet_fields, bullets_of
    from govkb.scaffolding.field_texts import field_values, refuse_allotted
    from govkb.workspace.creating import start, with_body, with_fields

    record_type = workspace.known_type(order.type_name)
    given: dict[str, Any] = {}
    title, letter, base = order.title, None, None
    if order.source is not None:
        name, sign, letter = order.source.rpartition("#")
        if not (name and sign and letter):
            message = f"{order.source!r} names no bullet"
            raise UsageError(message, "write the brief, # and the letter: BRIEF-20260421-sought#A")
        base = workspace.load(today=order.day)
        brief = named(base, name)
        given = bullet_fields(record_type, brief, letter)
        title = title or bullets_of(brief)[letter]
    refuse_allotted(name for name, _ in order.fields)
    given |= field_values(record_type, order.fields)
    started = start(
        workspace, order.type_name, title, order.day, letter, base, is_draft=order.is_draft
    )
    started = with_fields(workspace, started, given)
    return started if order.body is None else with_body(workspace, started, order.body)


def _tell(
    started: Started,
    came: Iterable[Diagnostic],
    alike: list[Alike],
    dry_run: bool,
    as_json: bool,
) -> None:
    if as_json:
        said: dict[str, Any] = {"id": started.id, "path": started.path, "written": not dry_run}
        records = (found.record for found in alike)
        said["similar"] = [{"id": r.id, "title": r.title, "path": r.path} for r in records]
        write_json({**said, "text": started.text} if dry_run else said)
    else:
        click.echo(_shown(started.file))
        if dry_run:
            click.echo(f"\n{started.text}", nl=False)
    for found in came:
        hint = f"; {found.hint}" if found.hint else ""
        tell(f"{found.path}: {found.code} {found.message}{hint}")


def _listed(catalogue: TypeCatalogue) -> str:
    """The types with what each is for, in the order of the site."""
    types = sorted(catalogue.types.values(), key=lambda t: (t.presentation.place, t.name))
    width = max((len(t.name) for t in types), default=0)
    return "\n".join(f"{t.name:{width}}  {t.purpose}" for t in types)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name.strip() and sign):
        raise UsageError(f"{text!r} is no field with a value", "write NAME=VALUE")
    if not value.isprintable():
        raise UsageError(f"the value of `{name.strip()}` has control characters in it")
    return name.strip(), value.strip()


def _text(file: IO[bytes]) -> str:
    try:
        return file.read().decode()
    except UnicodeDecodeError as error:
        raise UsageError("the body isn't UTF-8; nothing was written") from error


def _shown(file: Path) -> str:
    current = Path.cwd().resolve()
    return str(file.relative_to(current)) if file.is_relative_to(current) else str(file)
