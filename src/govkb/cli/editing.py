"""A text that somebody writes in their editor."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from govkb.cli.output import tell
from govkb.errors import StorageError, UsageError


@contextmanager
def edited_by_author(name: str, text: str) -> Iterator[str]:
    """The text as its author leaves it; where anything fails from then on, it is kept in a file.

    Raises UsageError where there is no editor or nothing is left, StorageError where the editor
    fails.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise UsageError("no editor is known", "set $VISUAL or $EDITOR to one")
    descriptor, path = tempfile.mkstemp(prefix=f"govkb-{name[:40]}-", suffix=".md")
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(text.encode())
    file = Path(path)
    try:
        yield _edited(editor, file)
    except BaseException:
        _keep(file, text)
        raise
    file.unlink()


def _edited(editor: str, file: Path) -> str:
    try:
        click.edit(filename=str(file), editor=editor)
    except click.ClickException as error:
        name = (shlex.split(editor) or [editor])[0]
        raise StorageError(f"the editor {name} failed; nothing was written") from error
    try:
        said = file.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise UsageError("the text isn't UTF-8; nothing was written") from error
    except OSError as error:
        raise StorageError(f"{file}: can't be read: {error.strerror}") from error
    if not said.strip():
        raise UsageError("the text is empty; nothing was written")
    return said


def _keep(file: Path, text: str) -> None:
    """Leaves a text where its author finds it, if there is anything of theirs in it."""
    try:
        said = file.read_bytes()
        if said.strip() and said != text.encode():
            tell(f"your text is in {file}")
        else:
            file.unlink()
    except OSError:
        return
