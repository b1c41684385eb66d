"""A crash at any moment leaves what was there or what was to be, and nothing between.

Each command runs in a process of its own that is killed at the first thing it does to the disk, at
the second, and so on; then the same with a disk that is full, broken, or can't be written.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import traceback
from datetime import date
from importlib import import_module

import pytest

from govkb.checking import check
from govkb.cli.main import main
from govkb.errors import StorageError
from govkb.history import digest_of
from govkb.workspace import Workspace
from govkb.workspace.sealing import save, seal, writing

pytestmark = pytest.mark.long

for needed in ("cli.learn", "cli.move", "cli.new", "cli.redact", "cli.seal", "scaffolding"):
    import_module(f"govkb.{needed}")  # so that not each fork has to

FIRST = "A green job is no proof of a backup."
INCIDENT = "records/incidents/INC-20260418-B-zero-backups.md"
HANDOFF = "records/handoffs/HANDOFF-2026-04-18.md"
TEXTS = {
    # Reading the declarations of all types takes most of the time otherwise.
    "govkb.toml": 'types = ["incident", "handoff"]\n',
    INCIDENT: "---\nid: INC-20260418-B\ntitle: Zero backups\nseverity: high\n"
    "detected: 2026-04-18\n---\n\n# Zero backups\n\n## Summary\n\nNone was written.\n\n"
    f"## Learnings\n\n- {FIRST}\n- Restore from it once a month.\n",
    HANDOFF: "---\nid: HANDOFF-2026-04-18\ntitle: T\ndate: 2026-04-18\n---\n\n# T\n\n"
    "## Key Learnings\n\n### 2026-04-18\n\n1. Probe before you classify.\n",
}
LEARN = ("learn", "INC-20260418-B", "Only a restore proves it.", "--date", "2026-04-21")
NAME = f"L-{digest_of('INC-20260418-B', 'Learnings', FIRST)[:8]}"
REDACT = ("redact", NAME, "--reason", "names a customer", "--date", "2026-04-21")
NEW = ("new", "handoff", "--date", "2026-04-21")
SEAL = ("seal",)
MOVE = ("move", "INC-20260418-B", "INC-20260418-D")
COMMANDS = {
    "learn": LEARN,
    "learn first": LEARN,
    "redact": REDACT,
    "new": NEW,
    "seal": SEAL,
    "move": MOVE,
}
KILLED = 99
# What changes a disk. `write` stands for what is written to a temporary file.
TOUCHING = ("mkdir", "open", "write", "fsync", "chmod", "replace", "rename", "link", "unlink")
FILLING = ("mkdir", "open", "write", "fsync")


leave = os._exit


class Disk:
    """Counts what is done to a project's disk, and does something else at the n-th time."""

    def __init__(self, names, at, instead):
        self.names, self.at, self.instead, self.count = names, at, instead, 0

    def put_in(self):
        for name in set(self.names) - {"write"}:
            setattr(os, name, self._counting(name, getattr(os, name)))
        if "write" in self.names:
            os.fdopen = self._opening(os.fdopen)

    def touch(self):
        self.count += 1
        if self.at in (self.count, 0):
            self.instead()

    def _counting(self, name, real):
        def call(*arguments, **options):
            if name != "open" or arguments[1] & os.O_CREAT:
                self.touch()
            return real(*arguments, **options)

        return call

    def _opening(self, real):
        def fdopen(descriptor, mode="r", *more, **options):
            stream = real(descriptor, mode, *more, **options)
            return _Stream(stream, self) if "w" in mode else stream

        return fdopen


class _Stream:
    """A file of which only a half gets onto the disk when it is interrupted."""

    def __init__(self, stream, disk):
        self.stream, self.disk = stream, disk

    def write(self, data):
        self.stream.write(data[: len(data) // 2])
        self.stream.flush()
        self.disk.touch()
        return self.stream.write(data[len(data) // 2 :])

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stream.close()


def run(root, command, disk=None):
    """Runs `govkb` in a fork of this process; its exit code, and what it said."""
    said = root.parent / f"{root.name}.said"
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = _inside(root, command, disk, said)
        except BaseException:  # noqa: BLE001 - the fork must end here
            traceback.print_exc()
        finally:
            leave(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said.read_text("utf-8")


def _inside(root, command, disk, said):
    os.chdir(root)
    stream = said.open("w", encoding="utf-8")
    os.dup2(stream.fileno(), 1)
    os.dup2(stream.fileno(), 2)
    sys.stdout = sys.stderr = stream
    sys.argv = ["govkb", *command]
    os.environ["GOVKB_CACHE_DIR"] = ""
    if disk is not None:
        disk.put_in()
    os._exit = sys.exit  # which is how main leaves
    try:
        main()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else int(error.code is not None)
    stream.flush()
    # So many times the disk was touched: the next attempt would come after the end.
    return 98 if disk is not None and 0 < disk.count < disk.at and code == 0 else code


def state(root):
    """Every file and folder of a project but what a killed run left behind."""
    found = {}
    for path in sorted(root.rglob("*")):
        if not is_litter(path):
            found[path.relative_to(root).as_posix()] = path.read_bytes() if path.is_file() else None
    return found


def files(found):
    return {path: data for path, data in found.items() if data is not None}


def is_litter(path):
    return path.name.endswith(".unfinished") or path.name == "unfinished.json"


def litter(root):
    return [path.name for path in root.rglob("*") if is_litter(path)]


@pytest.fixture(params=list(COMMANDS))
def work(request, project, tmp_path):
    """A command, what was there before it, and what is there when it has come to its end."""
    made = project(TEXTS)
    if request.param != "learn first":
        assert run(made.root, SEAL)[0] == 0
    if request.param == "seal":
        grown = {path: f"{TEXTS[path]}- One more.\n" for path in (INCIDENT, HANDOFF)}
        made.write(grown)
    command = COMMANDS[request.param]
    before = tmp_path / "before"
    shutil.copytree(made.root, before)
    code, said = run(made.root, command)
    assert code == 0, said
    old, new = state(before), state(made.root)
    assert old != new

    def attempt(disk):
        root = tmp_path / f"{disk.at}"
        shutil.copytree(before, root)
        return root, *run(root, command, disk)

    return attempt, old, new


def attempts(attempt, make, most=200):
    """The command with every disk that `make` makes, until one lets it come to its end."""
    for at in range(1, most):
        root, code, said = attempt(make(at))
        yield root, code, said
        shutil.rmtree(root)
        if code == 98:
            assert at > 5  # the disk was touched, and this test saw it
            return
    raise AssertionError("it never came to its end")


def test_a_killed_run_leaves_old_or_new_and_nothing_between(work):
    attempt, old, new = work

    def make(at):
        return Disk(TOUCHING, at, lambda: leave(KILLED))

    for root, code, said in attempts(attempt, make):
        assert code in (KILLED, 98), said
        is_clear(root, old, new)


def is_clear(root, old, new):
    """Fails unless reading tells of what is half done, and the next command finishes it."""
    workspace = Workspace.at(root)
    try:
        workspace.load()
    except StorageError as error:
        assert "govkb seal" in error.hint
    else:
        assert files(state(root)) in (files(old), files(new))
    with writing(workspace):
        sealed = seal(workspace.load(), {}, date(2026, 4, 21), ["INC-20260418-B"])
        save(workspace, (found.ledger for found in sealed.done.values()))
    assert sealed.refused == {}
    assert litter(root) == []
    # Where the command hadn't got so far, sealing did its own work.
    finished, began = files(state(root)), files(old)
    assert finished == files(new) or records(finished) == records(began)
    faults = {d.code for d in check(workspace.load()) if d.code.startswith("APP")}
    assert faults <= {"APP007"}  # of the other record, which is none of its business


def records(found):
    return {path: data for path, data in found.items() if not path.endswith(".ledger")}


def test_what_is_half_done_is_told_of_by_a_check(project):
    made = project(TEXTS)
    assert run(made.root, SEAL)[0] == 0
    journal = made.root / "records/.govkb/unfinished.json"
    journal.write_text("{}", "utf-8")
    code, said = run(made.root, ("check",))
    assert (code, "govkb seal" in said) == (4, True)
    assert run(made.root, SEAL)[0] == 0
    assert not journal.exists()


def test_a_full_disk_is_told_of_and_changes_nothing(work):
    attempt, old, new = work

    def full():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for root, code, said in attempts(attempt, lambda at: Disk(FILLING, at, full)):
        assert litter(root) == []
        if code == 4:
            assert os.strerror(errno.ENOSPC) in said
            assert "None" not in said
            assert state(root) == old
        else:
            # A name that can't be made durable is there all the same.
            assert code in (0, 98), said
            assert state(root) == new


def test_a_disk_that_breaks_once_leaves_old_or_new(work):
    attempt, old, new = work

    def broken():
        raise OSError(errno.EIO, os.strerror(errno.EIO), "a file")

    for root, code, said in attempts(attempt, lambda at: Disk(TOUCHING, at, broken)):
        assert code in (0, 4, 98), said
        assert "internal error" not in said
        is_clear(root, old, new)


def test_a_folder_that_can_not_be_written_is_told_of_and_loses_nothing(work):
    attempt, old, _ = work

    def refuse():
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), "a file")

    root, code, said = attempt(Disk(TOUCHING, 0, refuse))
    assert code == 4
    assert os.strerror(errno.EROFS) in said
    assert (state(root), litter(root)) == (old, [])


def test_of_many_who_learn_at_once_nobody_loses_anything(project):
    made = project(TEXTS)
    assert run(made.root, SEAL)[0] == 0
    texts = [f"Learned by number {number} of several." for number in range(6)]
    command = [sys.executable, "-m", "govkb", "learn", "INC-20260418-B"]
    runs = [subprocess.Popen([*command, text], cwd=made.root, stdout=-3) for text in texts]
    assert [done.wait() for done in runs] == [0] * len(texts)
    shown = (made.root / INCIDENT).read_text("utf-8")
    assert [text for text in texts if text not in shown] == []
    assert [code for code in made.codes() if code.startswith("APP")] == []
    assert litter(made.root) == []


def test_what_is_only_called_like_it_stays(project):
    made = project({**TEXTS, "records/incidents/.notes.md": "mine", "unfinished.json": "{}"})
    assert run(made.root, SEAL)[0] == 0
    assert (made.root / "records/incidents/.notes.md").read_text("utf-8") == "mine"
    assert (made.root / "unfinished.json").exists()
