"""Which type a record is of, where folders and ids leave room for doubt."""

from __future__ import annotations

import pytest

from govkb.record_types import load_catalogue
from govkb.template_files import TemplateFiles, shipped_templates

NOTE = """\
type: {name}
label: {name}
purpose: For a test.
id: "{id}"
path: {paths}
"""


@pytest.fixture
def catalogue(tmp_path):
    """Makes a catalogue of types given as `name: (id, paths)`, without those that govkb ships."""

    def make(**types):
        for name, (record_id, *paths) in types.items():
            folder = tmp_path / name
            folder.mkdir()
            shown = "[" + ", ".join(f'"{path}"' for path in paths) + "]"
            (folder / "type.yaml").write_text(NOTE.format(name=name, id=record_id, paths=shown))
        for name in (
            "type.schema.yaml",
            "item.schema.yaml",
            "vocabulary.schema.yaml",
            "vocabulary.yaml",
        ):
            (tmp_path / name).write_bytes((shipped_templates() / name).read_bytes())
        made = load_catalogue(TemplateFiles((tmp_path,)))
        assert made.faults == ()
        return made

    return make


def name_of(catalogue, path, record_id=None, declared=None):
    found = catalogue.type_of(declared, path, record_id)
    return found.name if found else None


def test_what_a_record_declares_counts_before_its_folder_and_its_id(catalogue):
    made = catalogue(adr=("ADR-{seq:4}", "adrs/{id}.md"), prd=("PRD-{seq:4}", "prds/{id}.md"))
    assert name_of(made, "adrs/ADR-0001.md", "ADR-0001", "prd") == "prd"
    assert name_of(made, "adrs/ADR-0001.md", "ADR-0001", "prds") is None
    assert name_of(made, "adrs/PRD-0001.md", "PRD-0001") == "adr"
    assert name_of(made, "elsewhere/PRD-0001.md", "PRD-0001") == "prd"
    assert name_of(made, "elsewhere/PRD-0001.md") == "prd"
    assert name_of(made, "elsewhere/PRD-001.md", "PRD-001") is None


def test_of_types_in_one_folder_the_id_decides_then_how_it_begins(catalogue):
    made = catalogue(adr=("ADR-{seq:4}", "docs/{id}.md"), prd=("PRD-{seq:4}", "docs/{id}.md"))
    assert name_of(made, "docs/PRD-0001.md", "PRD-0001") == "prd"
    assert name_of(made, "docs/PRD-1.md", "PRD-1") == "prd"
    assert name_of(made, "docs/PRD-1.md") == "prd"
    assert name_of(made, "docs/other.md", "other") is None


def test_the_nearest_of_nested_folders_counts_unless_the_id_is_of_the_other(catalogue):
    made = catalogue(
        adr=("ADR-{seq:4}", "docs/adrs/{folders}{id}.md"),
        document=("{text}", "docs/{folders}{id}.md"),
    )
    assert name_of(made, "docs/adrs/old/ADR-1.md", "ADR-1") == "document"
    assert name_of(made, "docs/adrs/old/ADR-0001.md", "ADR-0001") == "adr"
    assert name_of(made, "docs/adrs/ADR 1.md", "ADR 1") == "adr"
    assert name_of(made, "docs/guide/start.md", "start") == "document"
    assert name_of(made, "guide/start.md", "start") is None


def test_a_path_that_fits_everywhere_is_no_folder_of_its_own(catalogue):
    made = catalogue(
        phase=("phase-{slug}", "{folders}{id}.md"), adr=("ADR-{seq:4}", "adrs/{id}.md")
    )
    assert name_of(made, "a/b/phase-one.md", "phase-one") == "phase"
    assert name_of(made, "phase-one.md", "phase-one") == "phase"
    assert name_of(made, "a/ADR-0001.md", "ADR-0001") == "adr"
    assert name_of(made, "a/readme.md", "readme") is None


def test_the_second_path_of_a_type_is_a_folder_of_it_too(catalogue):
    made = catalogue(adr=("ADR-{seq:4}", "adrs/{id}.md", "old/{year}/{id}.md"))
    assert name_of(made, "old/2024/whatever.md", "whatever") == "adr"
    assert name_of(made, "old/then/whatever.md", "whatever") is None


def test_of_two_prefixes_the_longer_one_counts(catalogue):
    made = catalogue(a=("X-{text}", "a/{id}.md"), b=("X-Y-{text}", "b/{id}.md"))
    assert made.by_id("X-Y-1").name == "b"
    assert made.by_id("X-Z-1").name == "a"
    assert made.by_id("Y-1") is None


def test_a_bare_slug_is_nobodys(catalogue):
    assert catalogue(a=("{slug}", "a/{id}.md")).by_id("look-twice") is None


def test_types_that_share_a_folder_have_pages_apart(catalogue):
    made = catalogue(
        adr=("ADR-{seq:4}", "docs/{id}.md"),
        prd=("PRD-{seq:4}", "Docs/{folders}{id}.md"),
        note=("N-{seq:4}", "prd/{id}.md"),
        graph=("G-{seq:4}", "graph/{id}.md"),
        phase=("P-{seq:4}", "{folders}{id}.md"),
        own=("O-{seq:4}", "a/b/{id}.md"),
    )
    assert {name: found.site_folder for name, found in made.types.items()} == {
        "adr": "adr",
        "prd": "prd-records",
        "note": "prd",
        "graph": "graph-records",
        "phase": "phase",
        "own": "a/b",
    }
