from __future__ import annotations

import os

import pytest

from govkb.errors import ConfigurationError, StorageError


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('records = "nope"', "govkb.toml: `records` names 'nope', which isn't there"),
        ('templates = "nope"', "govkb.toml: `templates` names 'nope', which isn't there"),
        ('records = "file"', "govkb.toml: `records` names 'file', which is no folder"),
    ],
)
def test_a_folder_that_the_settings_name_must_be_there(project, run_govkb, command, setting, said):
    made = project({"govkb.toml": f"{setting}\n", "file": ""})
    outcome = run_govkb(command, cwd=made.root)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert said in outcome.stderr


def test_with_settings_no_folder_has_to_be_there(project, run_govkb):
    assert run_govkb("check", cwd=project({"govkb.toml": ""}).root).code == 0


def test_the_first_record_makes_the_folder_that_the_settings_name(project, run_govkb):
    made = project({"govkb.toml": 'records = "notes"\n'})
    assert run_govkb("new", "incident", "T", cwd=made.root).code == 0
    assert run_govkb("check", cwd=made.root).code == 0


def test_a_file_in_the_place_of_the_records_ends_with_2(tmp_path, run_govkb):
    (tmp_path / "records").write_text("")
    outcome = run_govkb("check", cwd=tmp_path)
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "records: it must be a folder, and is a file" in outcome.stderr


def test_records_that_cannot_be_listed_are_named_by_the_folder(project, monkeypatch):
    made = project()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StorageError, match=r"^records: the folder can't be read") as raised:
        made.load()
    assert raised.value.hint == "check its permissions"


def test_a_folder_among_records_that_cannot_be_listed_is_named_from_the_root(project, monkeypatch):
    made = project({"records/incidents/x.md": ""})
    scandir = os.scandir

    def refusing(path):
        if str(path).endswith("incidents"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(StorageError, match=r"^records/incidents: the folder can't be read: Perm"):
        made.load()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ('include = ["["]', "`include` holds '['"),
        ('exclude = ["ok/**", "!"]', "`exclude` holds '!'"),
        ('exclude = ["[z-a]"]', "`exclude` holds '[z-a]'"),
        ('[rules.per_path]\n"[" = ["REF"]', "`rules.per_path` names '['"),
        ('[exemption]\nprotected = ["a["]', "`exemption.protected` holds 'a['"),
    ],
)
def test_a_glob_that_fits_nothing_is_refused(project, settings, named):
    made = project({"govkb.toml": f"{settings}\n"})
    with pytest.raises(ConfigurationError) as raised:
        made.open()
    assert raised.value.message == f"govkb.toml: {named}, which can't be used as a glob"


def test_every_usual_glob_is_accepted(project):
    globs = ["docs/**", "*.md", "!records/x.md", "a[bc]d", "**/old/", "/top", "a b", "[!x]*"]
    made = project({"govkb.toml": f"include = {globs}\n"})
    assert list(made.open().config.include) == globs
