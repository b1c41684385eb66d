from __future__ import annotations

import shutil

import pytest

from govkb.config import Config
from govkb.template_files import shipped_templates
from govkb.workspace.revisions import templates_then


@pytest.fixture
def laid_out(tmp_path):
    """The shipped templates, as a commit of some project had them."""
    shutil.copytree(shipped_templates(), tmp_path / "templates")
    return Config(tmp_path)


def test_templates_of_govkbs_own_project_are_what_it_shipped_then(laid_out, checkout):
    files = templates_then(laid_out, laid_out.root, checkout)
    assert files.folders == (laid_out.root / "templates",)


def test_templates_of_any_other_project_stand_before_what_is_shipped(laid_out, project):
    files = templates_then(laid_out, laid_out.root, project().root)
    assert files.folders == (laid_out.root / "templates", shipped_templates())


def test_a_commit_without_templates_has_those_that_are_shipped(checkout, tmp_path):
    files = templates_then(Config(tmp_path), tmp_path, checkout)
    assert files.folders == (shipped_templates(),)
