import importlib.util
import json
import shutil
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
SCRIPT = "govkb-graph.js"


@pytest.fixture
def hook():
    spec = importlib.util.spec_from_file_location("hatch_build", CHECKOUT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path):
    """The sources of the scripts, with a bundle that was made from others."""
    ignored = shutil.ignore_patterns("dist", "node_modules")
    copy = Path(shutil.copytree(CHECKOUT / "browser", tmp_path / "browser", ignore=ignored))
    (copy / "dist").mkdir()
    (copy / "dist" / SCRIPT).write_text("old")
    (copy / "dist" / "made-from.txt").write_text("other sources")
    return copy


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """Puts programs of these names on PATH, and nothing else."""

    def put(**texts):
        programs = tmp_path / "programs"
        programs.mkdir()
        for name, text in texts.items():
            (programs / name).write_text(f"#!/bin/sh\n{text}\n")
            (programs / name).chmod(0o755)
        monkeypatch.setenv("PATH", str(programs))
        monkeypatch.delenv("GOVKB_WITHOUT_NPM", raising=False)

    return put


def test_the_lock_pins_every_package_and_names_no_registry():
    text = (CHECKOUT / "browser" / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert "resolved" not in text
    assert {name for name, entry in packages.items() if "integrity" not in entry} == {""}


def test_without_npm_the_installation_goes_on_and_leaves_no_stale_script(hook, folder, npm):
    npm()
    assert hook._bundled(folder) == "npm is not on PATH"
    assert not (folder / "dist").exists()


def test_offline_the_installation_goes_on_and_says_what_npm_said(hook, folder, npm):
    npm(npm="echo 'npm error code ECONNREFUSED' >&2; exit 1", node="exit 1")
    assert hook._bundled(folder) == "`npm ci` failed: npm error code ECONNREFUSED"
    assert not (folder / "dist" / SCRIPT).exists()


def test_what_is_made_from_the_same_sources_is_not_made_again(hook, folder, npm):
    npm(npm="exit 0", node=f"echo new >dist/{SCRIPT}")
    assert hook._bundled(folder) is None
    assert (folder / "dist" / SCRIPT).read_text() == "new\n"
    (folder / "dist" / SCRIPT).write_text("kept")
    assert hook._bundled(folder) is None
    assert (folder / "dist" / SCRIPT).read_text() == "kept"
    (folder / "src" / "graph.js").write_text("changed")
    assert hook._bundled(folder) is None
    assert (folder / "dist" / SCRIPT).read_text() == "new\n"


@pytest.mark.packaging
@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not on PATH")
def test_the_wheel_holds_the_script_with_the_licences_of_what_is_in_it(built):
    script = zipfile.ZipFile(built.wheel).read(f"govkb/browser/{SCRIPT}").decode()
    for name in ("sigma", "graphology", "graphology-utils", "events"):
        assert f"\n{name} " in script
    assert script.count("Permission is hereby granted") == 4
    assert "eval(" not in script
    assert "new Function" not in script


@pytest.mark.packaging
def test_nothing_that_npm_fetched_is_in_the_wheel_or_made_a_part_of_it(built):
    found = zipfile.ZipFile(built.wheel).namelist()
    assert [name for name in found if "node_modules" in name] == []
    browser = [name for name in found if name.startswith("govkb/browser/")]
    assert browser in ([], [f"govkb/browser/{SCRIPT}"])
