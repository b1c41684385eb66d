"""Records that are also in MkDocs's own folder, and sites in a repository checked in place."""

from __future__ import annotations

import pytest

from govkb.errors import UsageError
from govkb.mkdocs_plugin.running import build_site

DECISION = """\
# Use Postgres

## Context

We need a database.

## Decision

We use Postgres.
"""


@pytest.fixture
def in_place(project):
    """A repository whose decisions are read where they are, below the folder of the documents."""
    files = {
        "docs/decisions/0001-use-postgres.md": DECISION,
        "docs/guide.md": "# Guide\n\nWhy: [Postgres](decisions/0001-use-postgres.md#decision).\n",
        "govkb.toml": 'records = "."\ninclude = ["/docs/decisions/"]\ntypes = ["adr"]\n',
    }
    return project(files)


def built(project, folder=None):
    workspace = project.open()
    return build_site(workspace, workspace.load(), folder)


def pages(site):
    return {file.parent.relative_to(site).as_posix() for file in site.rglob("index.html")}


def test_a_site_in_a_repository_that_is_checked_in_place(in_place):
    for _ in range(2):
        assert built(in_place).folder == in_place.root / "site"
        assert in_place.report() == ""


@pytest.mark.parametrize("folder", [".", "docs", "docs/decisions", "docs/site"])
def test_a_site_never_takes_the_place_of_its_sources(in_place, folder):
    with pytest.raises(UsageError):
        built(in_place, in_place.root / folder)
    assert (in_place.root / "docs/decisions/0001-use-postgres.md").read_text() == DECISION


def test_a_site_never_takes_the_place_of_a_folder_with_records(in_place):
    in_place.write({"govkb.toml": 'records = "."\ntypes = ["adr"]\n', "adr/0002-x.md": DECISION})
    in_place.write({"adr/404.html": "looks like a site\n"})
    with pytest.raises(UsageError, match="sources"):
        built(in_place, in_place.root / "adr")


def test_a_record_among_the_documents_has_one_page_and_links_lead_there(in_place):
    site = built(in_place).folder
    assert "adr/0001-use-postgres" in pages(site)
    assert not {page for page in pages(site) if page.startswith("decisions")}
    assert 'href="../adr/0001-use-postgres/#decision"' in (site / "guide/index.html").read_text()


def test_a_record_whose_page_has_the_address_of_its_file_is_not_hidden(in_place, capsys):
    file = in_place.root / "docs/decisions/0001-use-postgres.md"
    file.rename(in_place.write({"docs/adr/x.md": ""}).root / "docs/adr/0001-use-postgres.md")
    (in_place.root / "docs/adr/x.md").unlink()
    in_place.write({"govkb.toml": 'records = "."\ninclude = ["/docs/adr/"]\ntypes = ["adr"]\n'})
    in_place.write({"docs/guide.md": "# Guide\n\n[Postgres](adr/0001-use-postgres.md)\n"})
    site = built(in_place).folder
    assert "hides" not in capsys.readouterr().err
    assert "govkb" in (site / "adr/0001-use-postgres/index.html").read_text()
    assert 'href="../adr/0001-use-postgres/"' in (site / "guide/index.html").read_text()
