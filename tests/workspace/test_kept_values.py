from __future__ import annotations

import pytest

from govkb.kept import cache_file
from govkb.workspace import places
from govkb.workspace.kept_values import kept_value
from govkb.workspace.places import places_of

TEXT = "---\nid: {}\ntitle: T\nstatus: open\n---\n\n# T\n\nWords.\n"


@pytest.fixture
def made():
    """The values that were made, in order."""
    return []


def kept(root, key, made):
    def make():
        made.append(key)
        return {"value": len(made)}

    return kept_value(root, "name", key, dict[str, int], make)


def test_a_value_is_made_once_for_each_key(tmp_path, made):
    assert [kept(tmp_path, key, made)["value"] for key in "aabba"] == [1, 1, 2, 2, 3]
    assert made == ["a", "b", "a"]


@pytest.mark.parametrize("content", [b"", b"\xff", b"\x92\xa1a\x05", b"no msgpack at all"])
def test_what_is_damaged_or_of_another_shape_is_made_anew(tmp_path, made, content):
    kept(tmp_path, "a", made)
    cache_file(tmp_path).with_name("name.msgpack").write_bytes(content)
    assert kept(tmp_path, "a", made) == {"value": 2}
    assert kept(tmp_path, "a", made) == {"value": 2}


def test_without_a_cache_a_value_is_made_each_time(tmp_path, made, monkeypatch):
    monkeypatch.setenv("GOVKB_CACHE_DIR", "")
    kept(tmp_path, "a", made)
    kept(tmp_path, "a", made)
    assert made == ["a", "a"]


def test_a_cache_that_takes_nothing_is_no_reason_to_fail(tmp_path, made, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("GOVKB_CACHE_DIR", str(tmp_path / "file" / "below"))
    assert kept(tmp_path, "a", made) == {"value": 1}


def test_places_are_found_again_only_where_a_relation_or_a_record_changes(project, monkeypatch):
    one, two = "records/incidents/a.md", "records/incidents/b.md"
    texts = {one: TEXT.format("INC-20260418-A"), two: TEXT.format("INC-20260419-A")}
    project_made = project(texts)
    found = []
    layout = places.layout
    monkeypatch.setattr(places, "layout", lambda *a: found.append(a) or layout(*a))
    first = places_of(project_made.load())
    project_made.write({one: texts[one] + "\nMore words.\n"})
    assert places_of(project_made.load()) == first
    assert len(found) == 1
    project_made.write({one: texts[one] + "\nSee INC-20260419-A.\n"})
    places_of(project_made.load())
    (project_made.root / two).unlink()
    assert len(places_of(project_made.load())) == 1
    assert len(found) == 3
