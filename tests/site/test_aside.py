from __future__ import annotations

import os
import threading
import time

import pytest

from govkb.errors import StorageError
from govkb.mkdocs_plugin import aside
from govkb.mkdocs_plugin.aside import Aside


@pytest.fixture(params=["one core", "two cores"])
def machine(request, monkeypatch):
    """The work is done in this process, or in another."""
    number = 1 if request.param == "one core" else 2
    monkeypatch.setattr(aside, "cores", lambda: number)
    monkeypatch.setattr(aside, "may_fork", lambda: True)
    return number


def test_the_work_is_done_when_it_is_finished(tmp_path, machine):
    file = tmp_path / "process"
    work = Aside(lambda: file.write_text(str(os.getpid())) and None)
    work.finish()
    assert (int(file.read_text()) == os.getpid()) == (machine == 1)


def test_what_the_work_raises_is_raised_when_it_is_finished(machine):
    def work():
        raise StorageError("the disk is full")

    with pytest.raises(StorageError, match="the disk is full"):
        Aside(work).finish()


@pytest.mark.parametrize("machine", ["two cores"], indirect=True)
def test_a_process_that_dies_is_told_of(machine):
    with pytest.raises(Exception, match="was stopped"):
        Aside(lambda: os._exit(9)).finish()


@pytest.mark.parametrize("machine", ["two cores"], indirect=True)
def test_work_that_is_not_wanted_any_more_ends(tmp_path, machine):
    def work():
        time.sleep(0.5)
        (tmp_path / "late").touch()

    begun = Aside(work)
    begun.stop()
    begun.stop()
    time.sleep(0.7)
    assert not (tmp_path / "late").exists()


def test_a_process_with_threads_is_not_forked():
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        assert not aside.may_fork()
    finally:
        waiting.set()
        thread.join()
