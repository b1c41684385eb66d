"""Progress on a terminal: one line on standard error, which is gone when the work is done."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from govkb.progress import Progress, silent

if TYPE_CHECKING:
    from rich import progress as rich_progress

# What is over sooner needs no line that flickers, and no library that takes 0.1 s to import.
_PATIENCE = 1.0
_PAUSE = 0.1

_Command = TypeVar("_Command", bound=Callable[..., Any])


def quiet_option(command: _Command) -> _Command:
    """The option of every command that shows progress."""
    return click.option("--quiet", is_flag=True, help="Don't show progress on a terminal.")(command)


@contextmanager
def shown_progress(quiet: bool = False, started: float | None = None) -> Iterator[Progress]:
    """Shows what is reported to it, to people at a terminal and from the first second on.

    That is counted from when the command `started`, on the clock `time.perf_counter`.
    """
    if quiet or not _is_watched():
        yield silent
        return
    line = _Line(time.perf_counter() if started is None else started)
    try:
        yield line.report
    finally:
        line.close()


def _is_watched() -> bool:
    # Windows names no kind of terminal.
    is_dumb = os.environ.get("TERM", "" if os.name == "nt" else "dumb") in ("dumb", "unknown")
    return sys.stderr.isatty() and not is_dumb and not os.environ.get("CI")


class _Line:
    """The line, drawn only when something is reported.

    A thread that drew it in between would keep a build from forking its workers.
    """

    def __init__(self, started: float) -> None:
        self.next = started + _PATIENCE
        self.step = ""
        self.bar: rich_progress.Progress | None = None

    def report(self, step: str, done: int, of: int | None) -> None:
        now = time.perf_counter()
        # A step that can't be counted is reported once, and may be the one that takes long.
        if now < self.next and (self.bar is None or step == self.step):
            return
        bar = self.bar = self.bar or _bar()
        if step != self.step:
            for task in bar.task_ids:
                bar.remove_task(task)
            bar.add_task(step, total=of)
            self.step = step
        bar.update(bar.task_ids[0], completed=done, total=of)
        bar.refresh()
        self.next = now + _PAUSE

    def close(self) -> None:
        if self.bar is not None:
            self.bar.stop()


def _bar() -> rich_progress.Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    class Count(ProgressColumn):
        def render(self, task: Task) -> Text:
            counted = f"{task.completed:,.0f}" if task.completed or task.total else ""
            counted += f" of {task.total:,.0f}" if task.total else ""
            return Text(counted, style="progress.percentage")

    columns = (TextColumn("{task.description}"), BarColumn(), Count())
    # Reports go to standard output, which is left alone; what is logged stands above the line.
    bar = Progress(
        *columns,
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
    )
    bar.start()
    return bar
