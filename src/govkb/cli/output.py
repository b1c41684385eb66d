"""How commands that list records write: for people at a terminal, and for programs."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from govkb.workspace.fixing import Mended

VERSION = 1


def write_table(
    headings: Sequence[str], rows: Iterable[Sequence[str]], spare: Sequence[str] = ()
) -> None:
    """A table that fits the terminal; elsewhere its rows divided by tabs, without headings.

    The columns that are `spare` are left out, one by one, where there is no room for them.
    """
    from govkb.reporting import tables

    listed = list(rows)
    if not listed:
        return
    if sys.stdout.isatty():
        columns = shutil.get_terminal_size().columns
        click.echo(tables.aligned(headings, listed, columns, spare), nl=False)
    else:
        click.echo(tables.divided(listed), nl=False)


def write_pairs(pairs: Iterable[tuple[Sequence[str], str]]) -> None:
    """At a terminal, a line for each with a remark below it; elsewhere rows divided by tabs."""
    from govkb.reporting import tables
    from govkb.reporting.escaping import visible

    listed = list(pairs)
    if not sys.stdout.isatty():
        rows = ((*row, remark) for row, remark in listed)
        click.echo(tables.divided(rows), nl=False)
        return
    columns = shutil.get_terminal_size().columns
    for row, remark in listed:
        click.echo(tables.cut("  ".join(visible(cell) for cell in row if cell), columns))
        if remark:
            click.echo(tables.cut(f"    {visible(remark)}", columns))


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """The rows as CSV."""
    from govkb.reporting import tables

    click.echo(tables.comma_separated(headings, rows), nl=False)


def write_json(document: Mapping[str, Any]) -> None:
    """A document for programs, with the version of its shape; fields are only ever added."""
    text = json.dumps({"version": VERSION, **document}, indent=2, ensure_ascii=False, default=str)
    click.echo(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


NO_RECORDS = 'there are no records yet; `govkb new incident "…"` starts one'


def tell(message: str) -> None:
    """A remark for people, apart from what the command answers."""
    click.echo(message, err=True)


def write_difference(mended: Mended) -> None:
    """What becomes of files, as a patch; at a terminal nothing in it can act on that."""
    for path, after in sorted(mended.after.items()):
        write_patch(path, mended.before[path], after)


def write_patch(path: str, before: bytes | None, after: bytes) -> None:
    """What becomes of a file, which isn't there yet if `before` is None; see write_difference."""
    from govkb.reporting import unified_diff
    from govkb.reporting.escaping import visible

    sys.stdout.flush()
    patch = unified_diff.render(path, before, after)
    if sys.stdout.isatty():
        patch = "".join(f"{visible(line)}\n" for line in patch.splitlines())
    sys.stdout.buffer.write(patch.encode("utf-8", "surrogateescape"))
    sys.stdout.flush()
