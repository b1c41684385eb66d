"""`govkb completion`."""

from __future__ import annotations

import click

from govkb.cli.shells import SHELLS


@click.command("completion", short_help="Print the script that completes commands in a shell.")
@click.argument("shell", metavar="bash|zsh|fish", type=click.Choice(list(SHELLS)))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script with which a shell completes commands, options and the ids of records.

    \b
      govkb completion bash >> ~/.bashrc
      govkb completion zsh > ~/.zfunc/_govkb
      govkb completion fish > ~/.config/fish/completions/govkb.fish

    It takes effect in the next shell. zsh looks into ~/.zfunc where ~/.zshrc says so, before
    compinit: fpath+=~/.zfunc; autoload -Uz compinit; compinit.

    Ids are offered as the last command found them, so that no key has to wait; a record that was
    written since is among them.
    """
    click.echo(SHELLS[shell].source_of(context.find_root().command), nl=False)
