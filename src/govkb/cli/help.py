"""`govkb help`."""

from __future__ import annotations

from pathlib import Path

import click

from govkb.cli.completing import command_names
from govkb.errors import UsageError


@click.command("help", short_help="Explain a command.")
@click.argument("names", metavar="[COMMAND]...", nargs=-1, shell_complete=command_names)
@click.option(
    "--markdown",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page about all commands.",
)
@click.option(
    "--man",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the manual page govkb(1).",
)
@click.pass_context
def command(
    context: click.Context, names: tuple[str, ...], markdown: Path | None, man: Path | None
) -> None:
    """Explain COMMAND as its --help does, or list all commands.

    \b
      govkb help
      govkb help list
      govkb help registry diff
    """
    top = context.find_root()
    assert isinstance(top.command, click.Group)
    if markdown is None and man is None:
        click.echo(_help(top, top.command, names))
        return
    if names:
        raise UsageError("a page is about all commands: leave out COMMAND")
    from govkb.cli.manual import manual
    from govkb.cli.reference import page

    all_names = top.command.list_commands(top)
    named = ((name, top.command.get_command(top, name)) for name in all_names)
    found = {name: command for name, command in named if command is not None}
    if markdown is not None:
        _write(markdown, page(found), len(found))
    if man is not None:
        _write(man, manual(top.command, found), len(found))


def _write(file: Path, text: str, number: int) -> None:
    from govkb.files import replace_bytes

    replace_bytes(file, text.encode())
    click.echo(f"{number} commands written to {file}")


def _help(context: click.Context, found: click.Command, names: tuple[str, ...]) -> str:
    """The help of the command that is inside of others by these names.

    Raises UsageError where there is none.
    """
    for name in names:
        member = found.get_command(context, name) if isinstance(found, click.Group) else None
        if member is None:
            message = f"{context.command_path} has no command {name!r}"
            raise UsageError(message, f"`{context.command_path} --help` says what there is")
        context = click.Context(member, parent=context, info_name=name)
        found = member
    return found.get_help(context)
