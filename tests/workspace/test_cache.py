from __future__ import annotations

import os

import pytest

from govkb import checking
from govkb.kept import cache_file
from govkb.workspace import loading

GOOD = """---
id: {id}
title: {title}
severity: high
detected: 2026-04-18
{more}---

# {title}

## Summary

{text}
"""


def record(letter: str, title: str = "Zero backups", more: str = "", text: str = "None.") -> str:
    return GOOD.format(id=f"INC-20260418-{letter}", title=title, more=more, text=text)


@pytest.fixture
def cached(project, monkeypatch, tmp_path):
    """A project with two records, one of which cites a record that isn't there."""
    monkeypatch.setenv("GOVKB_CACHE_DIR", str(tmp_path / "cache"))
    return project(
        {
            "records/incidents/INC-20260418-B-x.md": record("B", text="See INC-20260418-C."),
            "records/incidents/INC-20260418-C-y.md": record("C", more="severty: low\n"),
        }
    )


@pytest.fixture
def reads(monkeypatch):
    """The paths that were read as records, in order."""
    paths = []
    original = loading.read_record

    def reading(path, *rest, **options):
        paths.append(path)
        return original(path, *rest, **options)

    monkeypatch.setattr(loading, "read_record", reading)
    return paths


def shown(project):
    return project.report()


def test_the_second_run_reads_no_record_and_says_the_same(cached, reads):
    cold = shown(cached)
    assert len(reads) == 2
    assert shown(cached) == cold
    assert len(reads) == 2
    assert "severty" in cold


def test_an_edit_is_read_and_nothing_else(cached, reads):
    shown(cached)
    cached.write({"records/incidents/INC-20260418-C-y.md": record("C", title="Other title")})
    reads.clear()
    assert "severty" not in shown(cached)
    assert reads == ["records/incidents/INC-20260418-C-y.md"]


def test_a_file_with_another_time_but_the_same_bytes_is_not_read_again(cached, reads):
    shown(cached)
    os.utime(cached.root / "records/incidents/INC-20260418-B-x.md", (1, 1))
    reads.clear()
    shown(cached)
    assert reads == []


@pytest.mark.parametrize(
    "files",
    [
        {"govkb.toml": 'exclude = ["nothing"]\n'},
        {"templates/vocabulary.yaml": "definitions: {colour: {enum: [red]}}\n"},
    ],
)
def test_other_settings_or_types_start_anew(cached, reads, files):
    shown(cached)
    reads.clear()
    cached.write(files)
    shown(cached)
    assert len(reads) == 2


def test_a_deleted_record_is_forgotten(cached):
    shown(cached)
    (cached.root / "records/incidents/INC-20260418-C-y.md").unlink()
    assert "INC-20260418-C" in shown(cached)  # cited, and not there any more


def test_what_a_folder_hands_down_is_part_of_what_is_kept(cached, reads):
    cached.write(
        {
            "govkb.toml": '[inheritance]\nfile = "metadata.yaml"\n',
            "records/incidents/metadata.yaml": "owner: platform\n",
        }
    )
    shown(cached)
    reads.clear()
    cached.write({"records/incidents/metadata.yaml": "owner: backup\n"})
    base = cached.load()
    assert len(reads) == 2
    assert {r.effective["owner"] for r in base.records if not r.sidecar} == {"backup"}


@pytest.mark.parametrize("data", [b"", b"\x00", b"\x92\xa1x\x80", b"{}", b"\xff" * 100])
def test_a_damaged_cache_is_as_good_as_none(cached, data):
    cold = shown(cached)
    file = cache_file(cached.root)
    assert file is not None and file.is_file()
    file.write_bytes(data)
    assert shown(cached) == cold


def test_a_cache_that_cannot_be_written_stops_nobody(cached, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("GOVKB_CACHE_DIR", str(tmp_path / "file"))
    assert "severty" in shown(cached)


def test_it_can_be_switched_off(cached, monkeypatch, reads):
    monkeypatch.setenv("GOVKB_CACHE_DIR", "")
    shown(cached)
    shown(cached)
    assert len(reads) == 4
    assert cache_file(cached.root) is None


def test_nothing_is_written_into_the_project(cached):
    before = sorted(path for path in cached.root.rglob("*"))
    checking.check(cached.load())
    assert sorted(path for path in cached.root.rglob("*")) == before


def test_texts_are_let_go_of_and_read_again_when_asked_for(cached):
    shown(cached)
    for result in cached.load().results:
        assert result.text._source is None
        assert result.source.data.startswith(b"---\nid: INC-20260418-")
