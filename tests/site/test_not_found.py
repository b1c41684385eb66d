"""The page that answers where an address leads nowhere."""

import json
import re

import pytest

from govkb.mkdocs_plugin.running import build_site

SETTINGS = "site_name: Ours\nplugins: [govkb]\n"
THEME = "theme: {name: material, font: false}\n"
PATH = "records/incidents/INC-20260418-B-x.md"


@pytest.fixture
def built(project, incident):
    """The folder of the site of one incident with these settings and files."""

    def make(settings="", files=None, theme=THEME):
        given = f"{SETTINGS}{theme}{settings}"
        made = project({PATH: incident(), "mkdocs.yml": given, **(files or {})})
        workspace = made.open()
        return build_site(workspace, workspace.load()).folder

    return make


def test_it_says_where_to_go_on_and_knows_every_id(built):
    site = built()
    html = (site / "404.html").read_text()
    assert "404 - Not found" not in html
    assert "<h1>Not found</h1>" in html
    assert '<a href="/">' in html
    place = re.search(r'data-ids="/([^"]+)"', html)[1]
    assert json.loads((site / place).read_text()) == {
        "ending": "/",
        "ids": {"incidents": ["INC-20260418-B"]},
    }


def test_its_links_begin_where_the_site_does(built):
    settings = "site_url: https://example.org/kb\nuse_directory_urls: false\n"
    site = built(settings, {"docs/index.md": "# Ours\n"})
    html = (site / "404.html").read_text()
    assert 'data-root="/kb/"' in html
    assert '<a href="/kb/records/index.html">' in html
    assert json.loads((site / "assets/ids.json").read_text())["ending"] == ".html"


def test_a_page_of_the_users_own_stays(built):
    own = '{% extends "main.html" %}{% block content %}<h1>Gone</h1>{% endblock %}'
    theme = "theme: {name: material, font: false, custom_dir: ours}\n"
    site = built("", {"ours/404.html": own}, theme)
    html = (site / "404.html").read_text()
    assert "<h1>Gone</h1>" in html
    assert "govkb-missing" not in html
