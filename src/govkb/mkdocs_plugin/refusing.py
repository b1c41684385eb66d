"""Errors of govkb as MkDocs reports them: one line, and no traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.exceptions import PluginError

from govkb.errors import GovkbError
from govkb.reporting.escaping import visible


@contextmanager
def refusals() -> Iterator[None]:
    """Has MkDocs give up where govkb does. Raises PluginError for each GovkbError."""
    try:
        yield
    except GovkbError as error:
        hint = f" ({error.hint})" if error.hint else ""
        raise PluginError(visible(f"{error.message}{hint}")) from error
