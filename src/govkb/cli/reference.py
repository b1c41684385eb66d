"""The page of all commands, made from what `--help` says."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping

import click

_HEAD = """\
# Commands

<!-- Written by `govkb help --markdown docs/commands.md`; edit the commands, not this page. -->

What `govkb COMMAND --help` says, on one page. A record is named by anything that a reference can
be: its id, an alias, its file name or path, or the beginning of its id where no other begins so. An
unknown name is answered with the nearest ones.

Tables fit the terminal. Anywhere else, in a pipe or a file, each row is a line with its cells
divided by tabs, without headings and never cut. Remarks, such as that nothing was found, go to
standard error, so that what is piped is only the answer. What `--format json` holds is told in
[output formats](output-formats.md#answers-of-other-commands).

Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 cannot verify (no base, no history),
4 I/O or internal.
"""


def page(commands: Mapping[str, click.Command]) -> str:
    """The page, with the commands in their order; groups are followed by their members."""
    parts = [_HEAD, _contents(commands)]
    for name, command in commands.items():
        parts += _sections(f"govkb {name}", command)
    return "\n".join(parts)


def _contents(commands: Mapping[str, click.Command]) -> str:
    lines = ["| command | does |", "|---|---|"]
    for name, command in commands.items():
        lines.append(
            f"| [`govkb {name}`](#govkb-{name}) | {_cell(command.get_short_help_str(80))} |"
        )
    return "\n".join(lines) + "\n"


def _sections(path: str, command: click.Command, level: int = 2) -> Iterator[str]:
    context = click.Context(command, info_name=path)
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    yield f"{'#' * level} {path}\n"
    yield f"```text\n{usage}\n```\n"
    yield from _paragraphs(command.help or "")
    options = [o for o in command.params if isinstance(o, click.Option)]
    if options:
        records = filter(None, (option.get_help_record(context) for option in options))
        rows = [f"| `{_cell(name)}` | {_cell(said)} |" for name, said in records]
        yield "\n".join(["| option | does |", "|---|---|", *rows]) + "\n"
    for name, member in getattr(command, "commands", {}).items():
        yield from _sections(f"{path} {name}", member, level + 1)


def paragraphs(text: str) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a help text; those that are to stay as they are, such as examples."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b\n"):
            yield "\n".join(line.removeprefix("  ") for line in paragraph.split("\n")[1:]), True
        elif paragraph:
            yield paragraph, False


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph, is_as_it_is in paragraphs(text):
        if is_as_it_is:
            yield f"```console\n{_examples(paragraph)}\n```\n"
        else:
            yield f"{_prose(paragraph)}\n"


def _examples(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"$ {line}" if line.startswith("govkb ") else line for line in lines)


def _prose(text: str) -> str:
    """A paragraph in which nothing is HTML or a table, and no word is taken for emphasis."""
    return text.replace("<", "\\<").replace("*", "\\*").replace("|", "\\|")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
