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
    from govkb.record_types import TypeCatalogue

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
    root = _root()
    if root is None:
        return []
    known = dict(sorted(_names(root)))
    return _items(known.items(), incomplete)


def type_names(context: click.Context, parameter: click.Parameter, incomplete: str) -> Items:
    """The types in force whose names begin so."""
    from govkb.config import load_config
    from govkb.template_files import TemplateFiles

    root = _root()
    if root is None:
        return []
    config = load_config(root)
    files = TemplateFiles.for_repository(root / config.templates, config.types)
    return _items(((name, "") for name in files.type_names()), incomplete)


def states(context: click.Context, parameter: click.Parameter, incomplete: str) -> Items:
    """The statuses of the type that the record before has; of all types where none is known."""
    catalogue = _catalogue()
    if catalogue is None:
        return []
    of = catalogue.types.get(_kept_type(context.params.get("name")) or "")
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
    catalogue = _catalogue()
    relations = catalogue.vocabulary.relations.values() if catalogue else ()
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


def _root() -> Path | None:
    """The project that the current folder is in; None where there is none."""
    from govkb.config import find_root, load_config, settings_file

    root = find_root(Path.cwd().resolve())
    if settings_file(root) or (root / load_config(root).records).is_dir():
        return root
    return None


def _catalogue() -> TypeCatalogue | None:
    from govkb.config import load_config
    from govkb.record_types import load_catalogue
    from govkb.template_files import TemplateFiles

    root = _root()
    if root is None:
        return None
    config = load_config(root)
    return load_catalogue(TemplateFiles.for_repository(root / config.templates, config.types))


def _kept_type(name: object) -> str | None:
    """The type of the record with this id, as it was last time."""
    from govkb.kept import kept_names

    root = _root()
    known = kept_names(root).values() if root else ()
    return next((kept.type for kept in known if kept.id == name), None)


def _names(root: Path) -> Iterator[tuple[str, str]]:
    """The names of the records that are there now, with their titles."""
    from govkb.config import load_config
    from govkb.kept import kept_names

    kept = kept_names(root)
    there = set(_files(root, load_config(root).records, kept))
    for path, name in kept.items():
        if path in there:
            yield name.id or Path(path).stem, name.title
    new = sorted(path for path in there - kept.keys() if path.endswith(".md"))
    for path in new[:_MOST_NEW]:
        yield from _in_head(root / path)


def _files(root: Path, records: str, kept: Iterable[str]) -> Iterator[str]:
    """The files in every folder that had a record, in that of the records, and one below that."""
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
