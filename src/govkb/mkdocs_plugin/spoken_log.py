"""What MkDocs logs, as lines that govkb says on standard error."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.exceptions import BuildError

from govkb.reporting.escaping import visible

# What is said beside warnings that a person wants to read.
_WANTED = ("Serving on", "govkb: search:")
_TIME = re.compile(r"\A\[\d\d:\d\d:\d\d\] ")


@contextmanager
def spoken_log() -> Iterator[None]:
    """Has warnings and errors printed, one line each, and a few remarks."""
    logger = logging.getLogger("mkdocs")
    handler = _Speaker()
    handler.setFormatter(_Line())
    handler.addFilter(_is_wanted)
    before = logger.level, logger.propagate
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before[0])
        logger.propagate = before[1]


class _Speaker(logging.Handler):
    """Writes to what standard error is at the time: a line of progress has it while it is shown."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(f"{self.format(record)}\n")
        sys.stderr.flush()


class _Line(logging.Formatter):
    """An entry on one line, and never a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        message = _TIME.sub("", record.getMessage()).removeprefix("govkb: ")
        return f"govkb: {visible(' '.join(message.split()))}"


def _is_wanted(entry: logging.LogRecord) -> bool:
    if entry.levelno < logging.WARNING:
        return _TIME.sub("", entry.getMessage()).startswith(_WANTED)
    # These are raised as well, and whoever catches them says them once and better.
    return not isinstance(sys.exc_info()[1], BuildError | OSError)
