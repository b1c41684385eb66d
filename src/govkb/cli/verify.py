"""`govkb verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from govkb.counting import counted

if TYPE_CHECKING:
    from govkb.history.log import LogEvent
    from govkb.knowledge_base import KnowledgeBase

_MOST = 20
_file = click.Path(path_type=Path, exists=True, dir_okay=False)


def _file_or_address(ctx: click.Context, option: click.Parameter, value: str) -> Path | str:
    """A file that is there, or an address, which stays a text."""
    from govkb.history.fetching import is_address

    if is_address(value):
        return value
    found: Path = _file.convert(value, option, ctx)
    return found


@click.command("verify", short_help="Hold the ledgers against a published checkpoint.")
@click.option(
    "--against",
    metavar="FILE-OR-URL",
    required=True,
    callback=_file_or_address,
    help="A checkpoint or log kept before, or the https address of one.",
)
@click.option(
    "--log",
    "log_file",
    metavar="FILE",
    type=_file,
    help="The log that should have the checkpoint's events; by default that of the ledgers.",
)
@click.option(
    "--allowed-signers",
    metavar="FILE",
    type=_file,
    help="Demand a signature, FILE.sig or URL.sig, by one of these (see ssh-keygen(1)).",
)
def command(against: Path | str, log_file: Path | None, allowed_signers: Path | None) -> int:
    """Prove that nothing which was published is missing now.

    Every site has `ledger/log.txt` and `ledger/checkpoint.txt`. Keep them anywhere that whoever can
    change the repository can't reach, and hold any later state against them. A log says exactly
    what is missing; a checkpoint only that something is.

    \b
      govkb verify --against kept/log.txt
      govkb verify --against https://kb.example.org/ledger/log.txt
      govkb verify --against kept/checkpoint.txt --log site/ledger/log.txt
      govkb verify --against kept/checkpoint.txt --allowed-signers owners
    """
    from govkb.files import read_bytes
    from govkb.history.log import is_log, read_log
    from govkb.history.signatures import signer_of
    from govkb.workspace import Workspace

    data = _data(against)
    if allowed_signers is not None:
        signature = _data(_signature_of(against))
        click.echo(f"signed by {signer_of(data, signature, allowed_signers)}")
    base = Workspace.open(Path.cwd()).load()
    text = data.decode("utf-8", "replace")
    later = read_log(read_bytes(log_file).decode("utf-8", "replace")) if log_file else None
    if is_log(text):
        holds = _holds_log(base, read_log(text), later)
    else:
        holds = _holds_checkpoint(base, text, later)
    return int(not (_shows_what_is_sealed(base) and holds))


def _data(source: Path | str) -> bytes:
    from govkb.files import read_bytes
    from govkb.history.fetching import fetch

    return fetch(source) if isinstance(source, str) else read_bytes(source)


def _signature_of(source: Path | str) -> Path | str:
    if isinstance(source, Path):
        return source.with_name(f"{source.name}.sig")
    parts = urlsplit(source)
    return parts._replace(path=f"{parts.path}.sig").geturl()


def _holds_log(base: KnowledgeBase, log: list[LogEvent], later: list[LogEvent] | None) -> bool:
    """Whether every event of a log is in the ledgers, and in a later log in the same places."""
    from govkb.history.log import missing_from

    lost = missing_from(base.ledgers, log)
    for event in lost[:_MOST]:
        line = event.line
        name = f"L-{line.digest[:8]}"
        click.echo(
            f"missing: {line.event} {name} of {event.record_id} ({line.day}, {line.section})"
        )
    if len(lost) > _MOST:
        click.echo(f"and {len(lost) - _MOST:,} more")
    extends = later is None or later[: len(log)] == log
    if not extends:
        click.echo("the later log doesn't begin with the events of the earlier one")
    if not lost and extends:
        click.echo(f"nothing is missing: {counted(len(log), 'event')}, in their order")
    return not lost and extends


def _holds_checkpoint(base: KnowledgeBase, text: str, later: list[LogEvent] | None) -> bool:
    """Whether the events that a checkpoint stands for are the first of the log of now."""
    from govkb.history.log import checkpoint_of, log_of, missing_from, read_checkpoint

    checkpoint = read_checkpoint(text)
    log = later if later is not None else log_of(base.ledgers)
    if later is not None and (lost := missing_from(base.ledgers, later)):
        click.echo(f"the ledgers lack {counted(len(lost), 'event')} of the log, first {lost[0]}")
        return False
    if len(log) < checkpoint.size:
        lack = checkpoint.size - len(log)
        click.echo(
            f"{counted(lack, 'event')} of the {checkpoint.size:,} of the checkpoint are missing"
        )
        return False
    if checkpoint_of("", log[: checkpoint.size]).root != checkpoint.root:
        click.echo(f"the first {counted(checkpoint.size, 'event')} aren't those of the checkpoint")
        if later is None:
            hint = "give the log that was published last (--log), or verify against the log itself"
            click.echo(f"  = events of a later merge may stand among older ones: {hint}")
        return False
    events = counted(checkpoint.size, "event")
    click.echo(f"nothing is missing: {events} of {checkpoint.origin}, in their order")
    return True


def _shows_what_is_sealed(base: KnowledgeBase) -> bool:
    """Whether the records show what the ledgers say, so that the ledgers prove anything."""
    from govkb.history import ChangeKind

    broken = [change for change in base.changes if change.kind is not ChangeKind.UNSEALED]
    faulty = [ledger for ledger in base.ledgers.values() if ledger.faults]
    if broken or faulty:
        number = len(broken) + sum(len(ledger.faults) for ledger in faulty)
        place = counted(number, "place")
        click.echo(f"the records don't show what the ledgers say in {place}: run `govkb check`")
    return not broken and not faulty
