"""The files for programs in a built site, whoever builds it."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from govkb.errors import StorageError
from govkb.files import write_below
from govkb.mkdocs_plugin import sitemap
from govkb.mkdocs_plugin.running import build_site

PATH = "records/incidents/INC-20260418-B-x.md"
SETTINGS = "site_name: Ours\ntheme: {name: material, font: false}\nplugins: [govkb]\n"
ADDRESS = "https://kb.example.org/team/"
WITH_ADDRESS = f"{SETTINGS}site_url: {ADDRESS}\n"
OURS = {
    "graph.json",
    "graph.schema.json",
    "learnings.atom",
    "learnings.json",
    "llms.txt",
    "newest.atom",
    "newest.json",
    "r/INC-20260418-B/index.html",
    "records.json",
    "records.schema.json",
    "records/INC-20260418-B.json",
}


@pytest.fixture
def one(project, incident):
    """A project with one incident and these files."""

    def make(files=None, **record):
        record.setdefault("body", "## Summary\n\nx\n\n## Learnings\n\n- Test restores.\n")
        return project({PATH: incident(**record), **(files or {})})

    return make


def built(project):
    workspace = project.open()
    return build_site(workspace, workspace.load()).folder


def test_a_site_has_the_files(one):
    site = built(one())
    assert all((site / path).is_file() for path in OURS)
    assert json.loads((site / "records.json").read_text())["site"]["address"] is None


def test_mkdocs_by_itself_makes_the_same_files(one):
    project = one({"mkdocs.yml": WITH_ADDRESS, "docs/guide.md": "# Guide\n"})
    site = built(project)
    kept = {path: (site / path).read_bytes() for path in (*OURS, "sitemap.xml")}
    shutil.rmtree(site)
    build(load_config(str(project.root / "mkdocs.yml")))
    assert {path: (project.root / "site" / path).read_bytes() for path in kept} == kept


def test_a_second_build_into_the_same_folder_appends_to_nothing(one):
    project = one({"mkdocs.yml": SETTINGS, "docs/guide.md": "# Guide\n"})
    for dirty in (False, True, False):
        build(load_config(str(project.root / "mkdocs.yml")), dirty=dirty)
        json.loads((project.root / "site/records.json").read_text())


def test_a_file_of_the_users_own_stays(one):
    site = built(one({"mkdocs.yml": SETTINGS, "docs/llms.txt": "# Mine\n", "docs/i.md": "# I\n"}))
    assert (site / "llms.txt").read_text() == "# Mine\n"
    assert (site / "graph.json").is_file()


def test_a_sitemap_with_more_addresses_than_one_may_have_is_an_index(one, monkeypatch):
    whole = (built(one({"mkdocs.yml": WITH_ADDRESS})) / "sitemap.xml").read_text()
    addresses = re.findall("<loc>(.*?)</loc>", whole)
    monkeypatch.setattr(sitemap, "MOST", 4)
    site = built(one({"mkdocs.yml": WITH_ADDRESS}))
    index = ElementTree.fromstring((site / "sitemap.xml").read_text())
    assert index.tag.endswith("}sitemapindex")
    names = [node.text.removeprefix(ADDRESS) for node in index.iter() if node.tag.endswith("}loc")]
    assert names == [f"sitemap-{n}.xml" for n in range(1, -(-len(addresses) // 4) + 1)]
    assert (
        gzip.decompress((site / "sitemap.xml.gz").read_bytes())
        == (site / "sitemap.xml").read_bytes()
    )
    found = []
    for name in names:
        part = ElementTree.fromstring((site / name).read_text())
        assert part.tag.endswith("}urlset")
        found.append([node.text for node in part.iter() if node.tag.endswith("}loc")])
    assert max(map(len, found)) == 4
    assert [place for part in found for place in part] == addresses


def test_the_sitemap_has_every_record_once(one):
    found = (built(one({"mkdocs.yml": WITH_ADDRESS})) / "sitemap.xml").read_text()
    assert found.count(f"<loc>{ADDRESS}incidents/INC-20260418-B/</loc>") == 1
    assert "lastmod" not in found


def test_the_sitemap_of_a_site_without_an_address_is_empty_or_the_users_own(one):
    empty = (built(one({"mkdocs.yml": SETTINGS})) / "sitemap.xml").read_text()
    assert empty.endswith('sitemap/0.9"></urlset>\n')
    own = {"mkdocs.yml": SETTINGS, "docs/sitemap.xml": "mine", "docs/i.md": "# I\n"}
    assert (built(one(own)) / "sitemap.xml").read_text() == "mine"


def test_readers_of_feeds_find_them_from_the_pages_of_the_navigation(one):
    site = built(one())
    for page in ("index.html", "learnings/index.html", "incidents/index.html"):
        html = (site / page).read_text()
        head = html[: html.index("</head>")]
        links = re.findall(
            r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="(.+?)">', head
        )
        assert len(links) == 4
        for kind, title, href in links:
            assert kind in ("application/atom+xml", "application/feed+json")
            assert title in ("Learnings", "Newest records")
            assert (site / page).parent.joinpath(href).is_file()
    feed = feedparser.parse((site / "learnings.atom").read_bytes())
    assert [entry.title for entry in feed.entries] == ["Test restores."]


@pytest.mark.parametrize("folder", ["r", "records"])
def test_a_type_whose_folder_is_called_like_ours_gets_in_nobodys_way(one, folder):
    declared = f'type: note\nid: "N-{{seq:2}}"\npath: "{folder}/{{id}}.md"\nrequired: [title]\n'
    note = "---\nid: N-01\ntitle: T\n---\n\nx\n"
    files = {"templates/note/type.yaml": declared, f"records/{folder}/N-01.md": note}
    site = built(one(files))
    record = json.loads((site / "records/N-01.json").read_text())["record"]
    assert "<h1>T</h1>" in (site / record["page"] / "index.html").read_text()
    assert 'http-equiv="refresh"' in (site / record["permanent"] / "index.html").read_text()


def test_a_path_that_comes_again_goes_on_where_it_was(tmp_path):
    write_below(tmp_path, [("a/x", b"1"), ("y", b"2"), ("a/x", b"3")])
    assert (tmp_path / "a/x").read_bytes() == b"13"
    write_below(tmp_path, [("a/x", b"4")])
    assert (tmp_path / "a/x").read_bytes() == b"4"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_is_an_error_that_says_which_file(tmp_path):
    (tmp_path / "x").symlink_to("/dev/full")
    with pytest.raises(StorageError, match="x: can't be written: No space left"):
        write_below(tmp_path, [("x", b"1")])


def test_a_place_that_is_no_folder_is_an_error_that_says_which(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(StorageError, match="can't be made"):
        write_below(tmp_path, [("a/x", b"1")])


# In a browser


@pytest.mark.browser
@pytest.mark.parametrize(
    ("asked", "scripts", "arrives"),
    [
        ("r/INC-20260418-B/", True, "incidents/INC-20260418-B/"),
        ("r/old-id/#learnings", True, "incidents/INC-20260418-B/#learnings"),
        ("r/old-id/", False, "incidents/INC-20260418-B/"),
    ],
)
def test_a_short_address_leads_to_the_page(visit, served, one, asked, scripts, arrives):
    home = served(built(one(extra="aliases: [old-id]\n")))
    page = visit(home, java_script_enabled=scripts).go(asked).page
    page.wait_for_url(home + arrives)
