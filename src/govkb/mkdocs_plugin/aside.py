"""Work done in a forked process while the build goes on with something else."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from govkb.errors import GovkbError


def may_fork() -> bool:
    """Whether this process may be forked: one with threads, as while MkDocs serves, must not."""
    return hasattr(os, "fork") and threading.active_count() == 1


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


class Aside:
    """A piece of work that has been begun. It does nothing but write files.

    Where there is one core only, or threads, it is done when somebody waits for it.
    """

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._error: Connection | None = None
        self._process: BaseProcess | None = None
        self._is_finished = False
        if may_fork() and cores() > 1:
            self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("fork")
        self._error, writer = context.Pipe(duplex=False)
        # What is there stays where it is, and is shared.
        gc.freeze()
        try:
            # It ends with this process, however that ends.
            self._process = context.Process(target=self._run, args=(writer,), daemon=True)
            self._process.start()
        finally:
            gc.unfreeze()
        writer.close()

    def _run(self, writer: Connection) -> None:
        try:
            self._work()
        except GovkbError as error:
            writer.send(error)
        else:
            writer.send(None)

    def finish(self) -> None:
        """Waits for the end of the work, if it hasn't come yet. Raises what the work raised."""
        if self._is_finished:
            return
        self._is_finished = True
        if self._error is None:
            self._work()
            return
        try:
            error = self._error.recv()
        except EOFError:
            error = GovkbError("a process that wrote a part of the site was stopped")
        self.stop()
        if error is not None:
            raise error

    def stop(self) -> None:
        """Has the work end, done or not; nobody wants it any more."""
        if self._process is not None:
            self._process.terminate()
            self._process.join()
            self._process = None
