"""`govkb` itself: finds commands by their files and turns errors into one line and an exit code."""

from __future__ import annotations

import difflib
import gc
import importlib
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

import govkb
from govkb.errors import GovkbError, UsageError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_COMMANDS = {
    "init": "Begin a project, or add to one.",
    "check": "Check every record.",
    "build": "Check the records and build the site.",
    "serve": "Show the site and follow edits.",
    "new": "Start a record.",
    "status": "Give a record another status.",
    "reclassify": "Judge the severity of a record anew.",
    "move": "Give a record another id.",
    "number": "Give drafts their numbers.",
    "supersede": "Say that one record takes the place of another.",
    "learn": "Add a learning to a record, and seal it.",
    "seal": "Add new entries to the ledger.",
    "redact": "Take an entry's text out, visibly.",
    "verify": "Hold the ledgers against a published checkpoint.",
    "diff": "Say what a change means.",
    "check-change": "Hold a change against the gates.",
    "history": "Audit what became of entries in git.",
    "adopt": "Fit govkb to records that are there already.",
    "links": "List references, or offer relations to declare.",
    "show": "Show what is known of a record.",
    "list": "List records by what their fields say.",
    "search": "Find records by their words.",
    "items": "List gates, criteria, actions and other items.",
    "due": "List the days by which records want attention.",
    "related": "List what a record is related to.",
    "path": "Show how two records hang together.",
    "impact": "List what stands on a record.",
    "orphans": "List records that nothing is related to.",
    "graph": "Write the graph for other programs.",
    "rule": "Explain a rule.",
    "types": "List the record types, or explain one.",
    "schema": "Print the JSON Schema of a type's frontmatter.",
    "registry": "Compare JSON registries.",
    "help": "Explain a command.",
    "completion": "Print the script that completes commands in a shell.",
}

_HELP = """Keep governance records as a knowledge base that can be trusted.

\b
Records are Markdown files under records/, each of a type: incidents,
decisions, findings, pitfalls, handoffs and more (`govkb types` lists them).

\b
  govkb new incident "Vault sealed after reboot"
  govkb check
  govkb serve

Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 cannot verify,
4 I/O or internal error.
"""


class Commands(click.Group):
    """Commands that are imported only when they run, so that `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order in which people need them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"govkb.cli.{cmd_name.replace('-', '_')}")
        found: click.Command = module.command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; a mistyped one is answered with the nearest."""
        is_mistyped = args and args[0] not in _COMMANDS and not args[0].startswith("-")
        if is_mistyped and not ctx.resilient_parsing:
            near = difflib.get_close_matches(args[0], _COMMANDS, 1)
            hint = f"did you mean `govkb {near[0]}`?" if near else "`govkb --help` lists them"
            raise UsageError(f"no command is called {args[0]!r}", hint)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The commands that begin so, found without importing one; options after a dash."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        named = (item for item in _COMMANDS.items() if item[0].startswith(incomplete))
        return [CompletionItem(name, help=said) for name, said in named]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help, written without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(govkb.__version__, prog_name="govkb", message="%(prog)s %(version)s")
def cli() -> None:
    """All commands."""


def main() -> NoReturn:
    """Runs the command line and ends the process with its exit code."""
    gc.disable()  # a command ends before cycles could matter, and looking for them is dear
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that can't show a character must not keep anyone from what there is to say.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        if "_GOVKB_COMPLETE" in os.environ:
            from govkb.cli import shells

            shells.offer()
        result = cli.main(prog_name="govkb", standalone_mode=False)
        _leave(result if isinstance(result, int) else 0)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        _complain(*_misuse(error))
        sys.exit(2)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _complain("stopped")
        sys.exit(130)
    except GovkbError as error:
        _complain(error.message, error.hint)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader has seen enough; without this Python complains again while it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        if _is_nowhere():
            _complain("the current folder isn't there any more", "go to one that is: `cd FOLDER`")
        else:
            _complain(f"{error.filename or 'the file system'}: {error.strerror}")
        sys.exit(4)
    except Exception as error:  # the one place where an internal error meets a user
        if os.environ.get("GOVKB_TRACEBACK"):
            raise
        reason = f"{type(error).__name__}: {error}"
        _complain(f"internal error: {reason}", "GOVKB_TRACEBACK=1 shows where; please report it")
        sys.exit(4)


def _leave(code: int) -> NoReturn:
    """Ends the process at once: giving back a million values one by one would take a while."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _misuse(error: click.ClickException) -> tuple[str, str | None]:
    """What is wrong with the command line, and what helps, in the words of all other errors."""
    options = list(getattr(error, "possibilities", None) or ())
    near = difflib.get_close_matches(getattr(error, "option_name", ""), options, 1, 0)
    message = error.message if options else error.format_message()
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "govkb"
    said = " ".join(f"{message[:1].lower()}{message[1:]}".removesuffix(".").split())
    more = f"`{path} --help` says what can be given"
    if isinstance(error, click.MissingParameter) and (example := _example(context)):
        more = f"for example: {example}\n{more}"
    return said, f"did you mean {near[0]!r}?\n{more}" if near else more


def _example(context: click.Context | None) -> str | None:
    """The first example of a command in its help."""
    if context is None:
        return None
    lines = (line.strip() for line in (context.command.help or "").splitlines())
    return next((line for line in lines if line.startswith(f"{context.command_path} ")), None)


def _is_nowhere() -> bool:
    """Whether somebody has deleted the current folder."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _complain(message: str, hint: str | None = None) -> None:
    from govkb.reporting.escaping import visible

    click.echo(f"govkb: {visible(message)}", err=True)
    for line in hint.split("\n") if hint else ():
        click.echo(f"  = {visible(line)}", err=True)
