"""What `govkb check --write-baseline` writes and says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkb.counting import counted
from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.checking import Baseline
    from govkb.knowledge_base import KnowledgeBase


def freeze(base: KnowledgeBase, file: Path) -> Baseline:
    """Writes down all findings that can be, and returns them as they will be read.

    Raises UsageError where a file is there that is no baseline, not even a broken one.
    """
    from govkb.checking import Inquiry
    from govkb.checking.baseline import is_like_a_baseline, read_baseline, written
    from govkb.files import read_text, replace_bytes

    if file.exists() and not (file.is_file() and is_like_a_baseline(file.read_bytes())):
        raise UsageError(f"{file} is there already and is no baseline", "it was not touched")
    replace_bytes(file, written(Inquiry().findings(base)).encode())
    return read_baseline(read_text(file, str(file)))


def tell(baseline: Baseline, base: KnowledgeBase, file: Path) -> None:
    """Says what was written, and how to use it every time."""
    number = baseline.known.total()
    click.echo(f"{counted(number, 'finding')} written to {file}", err=True)
    named = base.config.rules.baseline
    if named is None or (base.config.root / named).resolve() != file.resolve():
        shown = os.path.relpath(file.resolve(), base.config.root)
        click.echo(f'to use it every time: baseline = "{shown}" under [rules]', err=True)
