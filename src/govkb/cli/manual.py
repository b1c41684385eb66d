"""The manual page govkb(1), made from what `--help` says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import click

import govkb
from govkb.cli.reference import paragraphs

_ENVIRONMENT = {
    "GOVKB_CACHE_DIR": "The folder for what is kept from one run to the next; empty for none.",
    "GOVKB_TRACEBACK": "Anything: an internal error shows where it happened.",
    "SOURCE_DATE_EPOCH": "The day, in seconds since 1970, as of which records are checked and "
    "shown.",
    "VISUAL, EDITOR": "The editor of govkb new --edit.",
}
_FILES = {
    "govkb.toml": "The settings of a project; [tool.govkb] in pyproject.toml is the same.",
    "records/": "The records, where the settings name no other folder.",
    "records/.govkb/ledger/": "What was sealed.",
    "templates/TYPE/type.yaml": "A type of record of the project's own.",
    "~/.cache/govkb/": "What is kept from one run to the next; safe to delete.",
}
_EXITS = {
    "0": "Clean.",
    "1": "Findings.",
    "2": "Usage or configuration.",
    "3": "Cannot verify: no base, no history.",
    "4": "I/O or internal error.",
}


def manual(top: click.Command, commands: Mapping[str, click.Command]) -> str:
    """The page in the language of man(7), with the commands in their order."""
    lines = [
        '.\\" Written by `govkb help --man FILE`; edit the commands, not this page.',
        f'.TH GOVKB 1 "" "govkb {_roff(govkb.__version__)}" "User Commands"',
        ".SH NAME",
        "govkb \\- keep governance records as a knowledge base that can be trusted",
        ".SH SYNOPSIS",
        ".B govkb",
        ".I COMMAND",
        "[\\fIOPTIONS\\fR] [\\fIARGUMENTS\\fR]",
        ".SH DESCRIPTION",
        *_body((top.help or "").partition("Exit codes:")[0]),
        ".SH COMMANDS",
    ]
    for name, command in commands.items():
        lines += _command(f"govkb {name}", command)
    for title, said in (
        ("EXIT STATUS", _EXITS),
        ("ENVIRONMENT", _ENVIRONMENT),
        ("FILES", _FILES),
    ):
        lines += [f".SH {title}", *(line for item in said.items() for line in _item(*item))]
    return "\n".join([*lines, ".SH SEE ALSO", ".BR git (1),", ".BR man (1)"]) + "\n"


def _command(path: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=path)
    usage = " ".join(command.collect_usage_pieces(context))
    yield f".SS {_roff(path)} {_roff(usage)}"
    yield from _body(command.help or "")
    for option in command.params:
        found = option.get_help_record(context) if isinstance(option, click.Option) else None
        if found is not None:
            yield from _item(*found)
    for name, member in getattr(command, "commands", {}).items():
        yield from _command(f"{path} {name}", member)


def _body(text: str) -> Iterator[str]:
    for place, (paragraph, is_as_it_is) in enumerate(paragraphs(text)):
        if place:
            yield ".PP"
        if is_as_it_is:
            yield from (".RS 4", ".nf", *map(_line, paragraph.split("\n")), ".fi", ".RE")
        else:
            yield _line(" ".join(paragraph.split()))


def _item(name: str, said: str) -> Iterator[str]:
    yield ".TP"
    yield f"\\fB{_roff(name)}\\fR"
    yield _line(said)


def _line(text: str) -> str:
    """A line of text, which no sign at its beginning makes a request."""
    safe = _roff(text)
    return f"\\&{safe}" if safe.startswith((".", "'")) else safe


def _roff(text: str) -> str:
    """A text in which nothing is a request; what isn't ASCII has a name that old programs know."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"[^\x00-\x7f]", lambda match: f"\\[u{ord(match[0]):04X}]", escaped)
