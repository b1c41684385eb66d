"""`govkb registry`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.history.registries import RegistryChange

_SHOWN = 100


@click.group("registry", short_help="Compare JSON registries.")
def command() -> None:
    """Compare registries: JSON files that machines go by, such as one of all agents.

    \b
      govkb registry diff old.json new.json
    """


@command.command("diff", short_help="Say what differs between two JSON registries.")
@click.argument("old")
@click.argument("new")
@click.option("--at", metavar="PATH", default="", help="The object with the entries: agents, a.b.")
@click.option(
    "--only", metavar="KEY", multiple=True, help="An entry there that may be changed or added."
)
@click.option(
    "--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def diff(old: str, new: str, at: str, only: tuple[str, ...], style: str) -> int:
    """Say what differs between two JSON files, by value.

    The order of keys, blanks and the spelling of numbers and letters don't count. OLD and NEW are
    files, or REVISION:PATH in git.

    \b
      govkb registry diff old.json new.json
      govkb registry diff HEAD:AGENT-REGISTRY.json AGENT-REGISTRY.json \\
        --at agents --only generic-executor

    Ends with 1 where anything differs but the entries named with --only. Something that has become
    "unavailable" is always told of, and ends with 1 too. So does a file that is no JSON or in which
    a key stands twice.
    """
    from govkb.history.registries import registry_changes

    texts = {"old": _read(old), "new": _read(new)}
    values, faults = _values(texts, {"old": old, "new": new})
    if faults:
        click.echo(_faults_json(faults) if style == "json" else _faults_text(faults))
        return 1
    place = _place(at, values["old"], values["new"])
    changes = registry_changes(values["old"], values["new"], place, frozenset(only))
    if style == "json":
        click.echo(_json([_described(change) for change in changes], []))
    for change in changes if style == "text" else ():
        click.echo(_line(change))
    return int(bool(changes))


_Fault = tuple[str, int, str]


def _values(texts: dict[str, bytes], names: dict[str, str]) -> tuple[dict[str, Any], list[_Fault]]:
    """The values of both texts, or what is wrong with them: the name, the line and the fault."""
    from govkb.history.exact_json import JsonError, load

    values: dict[str, Any] = {}
    faults: list[_Fault] = []
    for side, data in texts.items():
        try:
            values[side] = load(data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            faults.append((names[side], line, f"not UTF-8 at byte {error.start}"))
        except JsonError as error:
            faults.append((names[side], error.line, error.message))
    return values, faults


def _place(at: str, old: Any, new: Any) -> tuple[str, ...]:
    """The place that `--at` names; one key may have dots in its name itself."""
    from govkb.history.registries import value_at

    if not at:
        return ()
    for place in ((at,), tuple(at.split("."))):
        found = [value_at(value, place) for value in (old, new)]
        if any(isinstance(value, dict) for value in found):
            return place
    keys = ", ".join(sorted(old)) if isinstance(old, dict) else "none"
    raise UsageError(f"--at {at}: neither file has an object there", f"keys of OLD: {keys}")


def _read(name: str) -> bytes:
    """The bytes of a file, or of a file in a git revision.

    Raises UsageError where there is none.
    """
    file = Path(name)
    if file.is_file():
        return file.read_bytes()
    revision, colon, path = name.partition(":")
    if not colon or not revision or not path or revision.startswith("-"):
        hint = "name a file, or a file of a git revision: HEAD:AGENT-REGISTRY.json"
        raise UsageError(f"{name}: there is no such file", hint)
    return _read_from_git(revision, path)


def _read_from_git(revision: str, path: str) -> bytes:
    """As `git show REVISION:PATH` has it: from the top, or with `./` from the folder here."""
    from govkb.history import open_repository

    repository = open_repository(Path.cwd())
    if path.startswith("./"):
        path = path.removeprefix("./")
    else:
        repository = replace(repository, prefix="")
    commit = f"{revision}^{{commit}}"
    if path not in repository.files(commit, path):
        raise UsageError(f"{revision}:{path}: there is no such file in that revision")
    return repository.read(commit, [path])[path]


def _line(change: RegistryChange) -> str:
    from govkb.record_types.fields import dotted
    from govkb.reporting.escaping import visible

    sides = [_shortened(side) for side in (change.old, change.new) if side is not None]
    place = visible(dotted(change.place)) or "."
    return f"{change.kind:<11}  {place}: {' → '.join(sides)}"


def _shortened(text: str) -> str:
    from govkb.reporting.escaping import visible

    return visible(text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…")


def _described(change: RegistryChange) -> dict[str, Any]:
    from govkb.reporting.escaping import encodable

    place = [encodable(part) if isinstance(part, str) else part for part in change.place]
    sides = {"old": change.old, "new": change.new}
    texts = {k: None if v is None else encodable(v) for k, v in sides.items()}
    return {"kind": change.kind.value, "path": place, **texts}


def _faults_text(faults: Iterable[_Fault]) -> str:
    return "\n".join(_fault_lines(faults))


def _fault_lines(faults: Iterable[_Fault]) -> Iterator[str]:
    from govkb.reporting.escaping import visible, visible_line

    for name, line, message in faults:
        yield f"{visible_line(name)}:{line}: {visible(message)}"


def _faults_json(faults: Iterable[_Fault]) -> str:
    from govkb.reporting.escaping import encodable

    listed = [
        {"file": encodable(name), "line": line, "message": encodable(message)}
        for name, line, message in faults
    ]
    return _json([], listed)


def _json(changes: list[dict[str, Any]], faults: list[dict[str, Any]]) -> str:
    from govkb.reporting.escaping import json_text

    return json_text({"version": 1, "changes": changes, "faults": faults}).removesuffix("\n")
