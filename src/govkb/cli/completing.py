"""What may stand at a place of the command line, for the shell to offer while somebody types.

It has to answer before the next key, so nothing here reads the records: their names come from what
the last command kept, and from the heads of files that are newer.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from govkb.config import Config
    from govkb.record_types import TypeCatalogue
    from govkb.template_files import TemplateFiles

# Whatever the shell would take for more than a word is not offered.
_IS_WORD = re.compile(r"[\w.][\w./#@+,-]*").fullmatch
_HEAD = 2048
_ID = re.compile(r"^id: *[\"']?([^\s\"']+)", re.MULTILINE)
_TITLE = re.compile(r"^(?:title: |# ) *[\"']?(.+?)[\"']? *$", re.MULTILINE)
# A folder with more new files than that waits for the next command that reads them.
_MOST_NEW = 200

Items = list[CompletionItem[str]]


def record_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> Items:
    """The records whose ids begin so, with their titles."""
    config = _project()
    known = dict(sorted(_names(config))) if config is not None else {}
    return _items(known.items(), incomplete)


def type_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> Items:
    """The types in force whose names begin so."""
    config = _project()
    names = _template_files(config).type_names() if config is not None else ()
    return _items(((name, "") for name in names), incomplete)


def states(context: click.Context, parameter: click.Parameter, incomplete: str) -> Items:
    """The statuses of the type that the record before has; of all types where none is known."""
    config = _project()
    if config is None:
        return []
    catalogue = _catalogue(config)
    of = catalogue.types.get(_kept_type(config, context.params.get("name")) or "")
    types = [of] if of is not None else catalogue.types.values()
    found = dict.fromkeys(state for t in types for state in t.statuses.names)
    return _items(((state, "") for state in found), incomplete)


def rule_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> Items:
    """The rules whose names begin so: one file, one rule."""
    folder = Path(__file__).parents[1] / "rules"
    files = sorted(folder.glob("*/[a-z]*.py"))
    return _items(((file.stem.replace("_", "-"), "") for file in files), incomplete)


def relation_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> Items:
    """The relations, in both directions, that begin so."""
    config = _project()
    relations = _catalogue(config).vocabulary.relations.values() if config is not None else ()
    names = sorted({name for found in relations for name in (found.name, found.inverse)})
    return _items(((name, "") for name in names), incomplete)


def command_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> Items:
    """The commands whose names begin so."""
    top = context.find_root().command
    return top.shell_complete(context, incomplete) if isinstance(top, click.Group) else []


def _items(found: Iterable[tuple[str, str]], incomplete: str) -> Items:
    start = incomplete.casefold()
    return [
        CompletionItem(name, help=_one_line(said))
        for name, said in found
        if name.casefold().startswith(start) and _IS_WORD(name)
    ]


def _one_line(text: str) -> str | None:
    """A title as a shell can show it beside a name: printable, and on one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:80] or None


def _project() -> Config | None:
    """The settings of the project that the current folder is in; None where there is none."""
    from govkb.config import find_root, load_config

    config = load_config(find_root(Path.cwd().resolve()))
    return config if config.is_project else None


def _catalogue(config: Config) -> TypeCatalogue:
    from govkb.record_types import load_catalogue

    return load_catalogue(_template_files(config))


def _template_files(config: Config) -> TemplateFiles:
    from govkb.template_files import TemplateFiles

    return TemplateFiles.for_repository(config.root / config.templates, config.types)


def _kept_type(config: Config, name: object) -> str | None:
    """The type of the record with this id, as it was last time."""
    from govkb.kept import kept_names

    known = kept_names(config.root).values()
    return next((kept.type for kept in known if kept.id == name), None)


def _names(config: Config) -> Iterator[tuple[str, str]]:
    """The names of the records that are there now, with their titles."""
    from govkb.kept import kept_names

    kept = kept_names(config.root)
    there = set(_files(config, kept))
    for path, name in kept.items():
        if path in there:
            yield name.id or Path(path).stem, name.title
    new = sorted(path for path in there - kept.keys() if path.endswith(".md"))
    for path in new[:_MOST_NEW]:
        yield from _in_head(config.root / path)


def _files(config: Config, kept: Iterable[str]) -> Iterator[str]:
    """The files in every folder that had a record, in that of the records, and one below that."""
    root, records = config.root, config.records
    folders = {path.rpartition("/")[0] for path in kept} | {"" if records == "." else records}
    seen: set[str] = set()
    while folders - seen:
        below: set[str] = set()
        for folder in folders - seen:
            seen.add(folder)
            for entry in _entries(root / folder):
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_file(follow_symlinks=False):
                    yield path
                elif records == folder and not entry.name.startswith("."):
                    below.add(path)
        folders = below


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _in_head(file: Path) -> Iterator[tuple[str, str]]:
    """The name and the title that the first lines of a file give, if it can be a record."""
    try:
        with file.open(encoding="utf-8") as opened:
            head = opened.read(_HEAD)
    except (OSError, UnicodeDecodeError):
        return
    if file.stem.casefold() == "readme":
        return
    found, title = _ID.search(head), _TITLE.search(head)
    yield found[1] if found else file.stem, title[1] if title else ""
