"""Disks that are full or read-only, and caches that can't be had: rows 63 to 65."""

import hashlib
import os
import subprocess
import sys

import pytest

PATH = "records/incidents/INC-20260418-B-zero-backups.md"
PAGE = "incidents/INC-20260418-B/index.html"
SETTINGS = "site_name: Ours\ntheme: {name: material, font: false}\nplugins: [govkb]\n"


@pytest.fixture
def disk(tmp_path):
    """A small disk of its own; skipped where none may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(*options):
        command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(place)]
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip("there is no program that mounts")
        if done.returncode:
            pytest.skip("nothing may be mounted here")
        return place

    yield mount
    while os.path.ismount(place):
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def kb(project, incident):
    """Three incidents."""
    text = incident(body="## Summary\n\nx\n")
    more = {
        f"records/incidents/INC-20260419-{n}-zero-backups.md": incident(
            f"INC-20260419-{n}", body="## Summary\n\nx\n"
        )
        for n in "AB"
    }
    return project({"mkdocs.yml": SETTINGS, PATH: text, **more})


def contents(folder):
    """Every file below a folder, with a digest of what is in it."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def size_of(folder):
    files = (file for file in folder.rglob("*") if file.is_file())
    return sum(-(-file.stat().st_size // 4096) * 4 + 4 for file in files)


def refused(done):
    """Whether a run ended with 4 and a line that says why."""
    line, *hint = done.stderr.splitlines()
    assert line.startswith("govkb: ")
    assert not [more for more in hint if not more.startswith("  = ")]
    return done.code == 4


def test_63_a_disk_that_is_full_keeps_the_old_site(kb, disk, run_govkb, tmp_path):
    assert run_govkb("build", cwd=kb.root).code == 0
    place = disk(f"size={size_of(kb.root / 'site') * 3 // 2}k")
    target = place / "site"
    first = run_govkb("build", "--site-dir", str(target), cwd=kb.root)
    assert first.code == 0, first.stderr
    before = contents(target)
    kb.write({PATH: (kb.root / PATH).read_text().replace("Zero", "No")})
    done = run_govkb("build", "--site-dir", str(target), cwd=kb.root)
    assert refused(done)
    assert "No space left" in done.stderr
    assert contents(target) == before
    assert [file.name for file in place.iterdir()] == ["site"]


def test_64_a_site_on_a_disk_that_is_read_only_stays_and_its_project_can_be_read(
    kb, disk, run_govkb, tmp_path
):
    place = disk("size=64m")
    root = place / "kb"
    for file in ("mkdocs.yml", PATH):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes((kb.root / file).read_bytes())
    assert run_govkb("build", cwd=root).code == 0
    before = contents(root)
    disk("remount", "ro")
    assert refused(run_govkb("build", cwd=root))
    assert contents(root) == before
    assert run_govkb("check", cwd=root).code == 0
    elsewhere = tmp_path / "elsewhere/site"
    assert run_govkb("build", "--site-dir", str(elsewhere), cwd=root).code == 0
    assert contents(elsewhere) == contents(root / "site")


@pytest.mark.parametrize("options", [("size=1m", "ro"), ("size=8k",)], ids=["read-only", "full"])
def test_a_cache_that_takes_nothing_is_no_reason_to_fail(kb, disk, run_govkb, options, tmp_path):
    without = run_govkb("build", cwd=kb.root, env={"GOVKB_CACHE_DIR": ""})
    assert without.code == 0
    expected = contents(kb.root / "site")
    place = disk(*options)
    for _ in range(2):
        done = run_govkb("build", cwd=kb.root, env={"GOVKB_CACHE_DIR": str(place)})
        assert (done.code, done.stderr) == (0, "")
        assert contents(kb.root / "site") == expected
    assert not [name for name in contents(place) if "/." in f"/{name}"]


def test_a_cache_that_has_become_read_only_serves_what_it_has(kb, disk, run_govkb):
    place = disk("size=8m")
    cache = {"GOVKB_CACHE_DIR": str(place)}
    assert run_govkb("build", cwd=kb.root, env=cache).code == 0
    kept = contents(place)
    disk("remount", "ro")
    (kb.root / "records/incidents/INC-20260419-A-zero-backups.md").unlink()
    kb.write({PATH: (kb.root / PATH).read_text().replace("Zero", "No")})
    done = run_govkb("build", cwd=kb.root, env=cache)
    assert (done.code, done.stderr) == (0, "")
    built = contents(kb.root / "site")
    assert contents(place) == kept
    assert run_govkb("build", cwd=kb.root, env={"GOVKB_CACHE_DIR": ""}).code == 0
    assert contents(kb.root / "site") == built


@pytest.mark.parametrize("place", ["file", "file/below", "missing/far/below"])
def test_a_cache_folder_that_is_none(kb, run_govkb, tmp_path, place):
    (tmp_path / "file").write_text("x")
    done = run_govkb("build", cwd=kb.root, env={"GOVKB_CACHE_DIR": str(tmp_path / place)})
    assert (done.code, done.stderr) == (0, "")
    assert (kb.root / "site" / PAGE).is_file()
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("options", [("size=8k",), ("size=1m", "ro")], ids=["full", "read-only"])
def test_a_folder_for_temporary_files_that_takes_nothing(kb, disk, run_govkb, options):
    assert run_govkb("build", cwd=kb.root).code == 0
    before = contents(kb.root / "site")
    place = disk(*options)
    done = run_govkb("build", cwd=kb.root, env={"TMPDIR": str(place)})
    assert done.code == 0 or refused(done)
    assert contents(kb.root / "site") == before
    assert sorted(file.name for file in kb.root.iterdir()) == ["mkdocs.yml", "records", "site"]
    assert list(place.iterdir()) == []


def test_two_builds_at_once_end_well_or_say_that_the_other_is_at_it(kb):
    command = [sys.executable, "-m", "govkb", "build"]
    both = [
        subprocess.Popen(command, cwd=kb.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    ends = [(*(text.decode() for text in child.communicate()), child.returncode) for child in both]
    assert 0 in [code for _, _, code in ends]
    for _, errors, code in ends:
        assert code == 0 or (code == 4 and "another build is writing it" in errors)
    assert (kb.root / "site" / PAGE).is_file()
    assert sorted(file.name for file in kb.root.iterdir()) == ["mkdocs.yml", "records", "site"]
