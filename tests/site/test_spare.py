"""A spare that was brought up to date is what would have been made from nothing."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govkb.errors import ConfigurationError, StorageError
from govkb.files import write_below
from govkb.mkdocs_plugin import site_folder
from govkb.mkdocs_plugin.spare import Spare

SETTINGS = "site_name: Ours\ntheme: {name: material, font: false}\nplugins: [govkb]\n"
A, B = "records/incidents/INC-20260418-A-x.md", "records/incidents/INC-20260418-B-x.md"
PAGE = "incidents/INC-20260418-A/index.html"
OTHER = "incidents/INC-20260418-B/index.html"
RECORD = "records/INC-20260418-A.json"
NAMES = st.sampled_from(["a", "b", "a/a", "a/b", "b/a", "a/a/a", "c"])
CONTENTS = st.sampled_from([b"", b"one", b"two", b"onetwo"])


def held(folder):
    """The files below a folder with what is in them, and the folders."""
    found = sorted(folder.rglob("*"))
    files = {f.relative_to(folder).as_posix(): f.read_bytes() for f in found if f.is_file()}
    return files, [f.relative_to(folder).as_posix() for f in found if f.is_dir()]


def renewed(folder, site, pieces, others=()):
    """What is in the spare when it holds the pieces."""
    renewal = Spare(folder, site).renewal()
    renewal.write(pieces)
    renewal.remove_rest(others)
    return held(folder)


def clash(paths):
    """Whether one is the folder of another."""
    return any(one != other and other.startswith(f"{one}/") for one in paths for other in paths)


@settings(max_examples=300, deadline=None)
@given(
    before=st.dictionaries(NAMES, CONTENTS).filter(lambda files: not clash(files)),
    pieces=st.lists(st.tuples(NAMES, CONTENTS)).filter(lambda p: not clash([n for n, _ in p])),
)
def test_whatever_was_there_only_the_pieces_are(tmp_path_factory, before, pieces):
    folder = tmp_path_factory.mktemp("spare")
    spare, site, fresh = folder / "spare", folder / "site", folder / "fresh"
    for each in (spare, site, fresh):
        each.mkdir()
    write_below(spare, before.items())
    write_below(fresh, pieces)
    assert renewed(spare, site, pieces) == held(fresh)
    shutil.rmtree(folder)


@pytest.fixture
def spare(tmp_path):
    """An empty spare beside an empty site."""
    for name in ("spare", "site"):
        (tmp_path / name).mkdir()
    return tmp_path / "spare"


def test_what_is_right_stays_the_file_that_it_was(spare):
    write_below(spare, [("x/one", b"1"), ("x/two", b"2")])
    before = (spare / "x/one").stat()
    pieces = [("x/one", b"1"), ("x/two", b"3"), ("y", b"4")]
    assert renewed(spare, spare.with_name("site"), pieces)[0] == dict(pieces)
    assert os.path.samestat((spare / "x/one").stat(), before)


def test_a_file_with_another_name_elsewhere_is_not_written_to(spare, tmp_path):
    write_below(spare, [("one", b"1")])
    os.link(spare / "one", tmp_path / "copy")
    renewed(spare, spare.with_name("site"), [("one", b"2")])
    assert ((spare / "one").read_bytes(), (tmp_path / "copy").read_bytes()) == (b"2", b"1")


def test_links_and_what_is_no_file_go_and_lead_nowhere(spare, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "one").write_bytes(b"mine")
    (spare / "x").symlink_to(outside)
    (spare / "one").symlink_to(outside / "one")
    os.mkfifo(spare / "pipe")
    pieces = [("x/one", b"1"), ("one", b"mine"), ("pipe", b"3")]
    assert renewed(spare, spare.with_name("site"), pieces) == (dict(pieces), ["x"])
    assert not (spare / "one").is_symlink()
    assert held(outside) == ({"one": b"mine"}, [])


def test_permissions_are_those_that_new_files_get(spare):
    pieces = [("x/one", b"1"), ("two", b"2")]
    write_below(spare, pieces)
    spare.chmod(0o700)
    (spare / "x").chmod(0o500)
    (spare / "x/one").chmod(0o600)
    (spare / "two").chmod(0o777)
    renewed(spare, spare.with_name("site"), pieces)
    fresh = spare.with_name("fresh")
    fresh.mkdir()
    write_below(fresh, pieces)
    for name in (".", "x", "x/one", "two"):
        assert stat.filemode((spare / name).stat().st_mode) == stat.filemode(
            (fresh / name).stat().st_mode
        )


def test_places_of_others_stay_and_what_came_before_is_gone(spare):
    write_below(spare, [("p/1/index.html", b"1"), ("p/2/index.html", b"2"), ("old/x/y", b"3")])
    found = renewed(spare, spare.with_name("site"), [("one", b"1")], ["p/1/index.html", "p/3/x"])
    assert found == ({"p/1/index.html": b"1", "one": b"1"}, ["p", "p/1"])


def test_what_mkdocs_made_takes_the_places_of_what_was_there(spare):
    site = spare.with_name("site")
    write_below(spare, [("x/page", b"ours"), ("y", b"ours")])
    write_below(site, [("x/index.html", b"mkdocs"), ("y", b"mkdocs"), ("z/z/z", b"mkdocs")])
    (site / "latest").symlink_to("z")
    Spare(spare, site).take_over()
    assert (site / "latest").readlink() == Path("z")
    (site / "latest").unlink()
    assert held(site) == (
        {"x/page": b"ours", "x/index.html": b"mkdocs", "y": b"mkdocs", "z/z/z": b"mkdocs"},
        ["x", "z", "z/z"],
    )
    assert not spare.exists()


def test_a_place_that_is_taken_by_a_folder_is_said(spare):
    site = spare.with_name("site")
    write_below(spare, [("x/page", b"ours")])
    write_below(site, [("x", b"mkdocs")])
    with pytest.raises(StorageError, match="can't be renewed"):
        Spare(spare, site).take_over()


@pytest.fixture
def kb(project, incident):
    """Two incidents, and a page of the user's own."""
    texts = {path: incident(path[18:32]) for path in (A, B)}
    return project({"mkdocs.yml": SETTINGS, "docs/guide.md": "# Guide\n", **texts})


def append(kb, path, text):
    (kb.root / path).write_text(f"{(kb.root / path).read_text()}\n{text}\n")


def rewrite(site):
    file = site / PAGE
    file.unlink()
    file.write_text("nonsense")


def turn_outside(site):
    outside = site.with_name("outside")
    shutil.move(site / "incidents", outside)
    (site / "incidents").symlink_to(outside)


TAMPERING = {
    "nothing": lambda site: None,
    "a page is written to": lambda site: (site / PAGE).write_text("nonsense"),
    "a page is another file": rewrite,
    "a page is another page": lambda site: (site / OTHER).replace(site / PAGE),
    "a file for programs is written to": lambda site: (site / RECORD).write_text("{}"),
    "files more": lambda site: (site / "incidents/x.html").write_text("nonsense"),
    "files of another kind": lambda site: os.mkfifo(site / "incidents/pipe"),
    "a page is gone": lambda site: shutil.rmtree((site / PAGE).parent),
    "all is gone": lambda site: [shutil.rmtree(p) for p in site.iterdir() if p.is_dir()],
    "a folder leads elsewhere": turn_outside,
    "a folder can't be entered": lambda site: (site / PAGE).parent.chmod(0),
    "a file is a folder": lambda site: ((site / RECORD).unlink(), (site / RECORD).mkdir()),
    "a folder is a file": lambda site: (
        shutil.rmtree(site / "records"),
        (site / "records").write_text(""),
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("what", TAMPERING)
def test_whatever_somebody_did_to_a_site_the_one_after_the_next_is_right(kb, tmp_path, built, what):
    site, cache = tmp_path / "site", tmp_path / "cache"
    built(kb.root, site, cache)
    shutil.copytree(site, tmp_path / "copy", copy_function=os.link)
    TAMPERING[what](site)
    copied = held(tmp_path / "copy")
    outside = tmp_path / "outside"
    left = held(outside) if outside.exists() else None
    append(kb, A, "A sentence more.")
    second, _ = built(kb.root, site, cache)
    append(kb, A, "And one more.")
    third, _ = built(kb.root, site, cache)
    assert third == built(kb.root, tmp_path / "cold", None)[0] != second
    assert held(tmp_path / "copy") == copied
    assert left is None or held(outside) == left


@pytest.mark.long
def test_the_site_before_the_last_is_used_up(kb, tmp_path, built):
    """The page that nobody edited is the same file as in every site before."""
    site, cache = tmp_path / "site", tmp_path / "cache"
    inodes = []
    for number in range(4):
        built(kb.root, site, cache)
        inodes.append((site / RECORD.replace("-A", "-B")).stat().st_ino)
        append(kb, A, f"Sentence {number}.")
    assert inodes[0] == inodes[2] != inodes[1] == inodes[3]
    assert not list(tmp_path.glob(".site*"))


def test_a_page_of_the_users_own_takes_the_place_of_a_records(kb, tmp_path, built):
    site, cache = tmp_path / "site", tmp_path / "cache"
    for _ in range(2):
        built(kb.root, site, cache)
    kb.write({"docs/incidents/INC-20260418-A.md": "# Mine\n"})
    made, _ = built(kb.root, site, cache)
    assert b"Mine" in made[PAGE]
    assert made == built(kb.root, tmp_path / "cold", None)[0]


@pytest.mark.long
def test_another_folder_may_have_it_too(kb, tmp_path, built):
    cache = tmp_path / "cache"
    for folder in ("one", "two", "one", "two", "two"):
        append(kb, A, f"For {folder}.")
        made, _ = built(kb.root, tmp_path / folder, cache)
    assert made == built(kb.root, tmp_path / "cold", None)[0]


def test_where_the_cache_is_on_another_disk_there_is_none(kb, tmp_path, built, monkeypatch):
    moved = site_folder.Path.rename

    def rename(self, target):
        if "spare" in (self.name, target.name):
            raise OSError(18, "Invalid cross-device link")
        return moved(self, target)

    monkeypatch.setattr(site_folder.Path, "rename", rename)
    site, cache = tmp_path / "site", tmp_path / "cache"
    for number in range(3):
        append(kb, A, f"Sentence {number}.")
        made, _ = built(kb.root, site, cache)
    assert made == built(kb.root, tmp_path / "cold", None)[0]
    assert not list(cache.rglob("spare"))


@pytest.mark.long
@pytest.mark.parametrize("fault", [StorageError, ConfigurationError])
def test_a_build_that_fails_with_a_spare_leaves_the_site_and_the_next_is_right(
    kb, tmp_path, built, monkeypatch, fault
):
    """The next build has it too, unless it may be what the disk refused."""
    site, cache = tmp_path / "site", tmp_path / "cache"
    for number in range(2):
        append(kb, A, f"Sentence {number}.")
        before, _ = built(kb.root, site, cache)
    append(kb, A, "One more.")

    def refuse(self):
        raise fault("no more of this")

    with monkeypatch.context() as patched:
        patched.setattr(Spare, "take_over", refuse)
        with pytest.raises(fault, match="no more of this"):
            built(kb.root, site, cache)
    assert held(site)[0] == before
    assert bool(list(cache.rglob("spare"))) == (fault is not StorageError)
    assert built(kb.root, site, cache)[0] == built(kb.root, tmp_path / "cold", None)[0]
