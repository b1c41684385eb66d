"""The pages of records are byte for byte those that MkDocs and the theme would make of them."""

import pytest

from govkb.mkdocs_plugin import content
from govkb.mkdocs_plugin.running import build_site
from govkb.site.addresses import record_uri
from govkb.site.markdown_writer import Contents
from govkb.site.shell import Slotted, nested

HOSTILE = "</title><script>alert(1)</script> & 'quotes' \"\" {{ 7*7 }} &amp; <b> ümläut"
PLAIN = "site_name: Ours\nplugins: [govkb]\n"
FEATURES = """\
site_name: Ours & "theirs"
site_url: https://kb.example.org/below/
site_description: All of it
site_author: Somebody
copyright: Ours
repo_url: https://forge.example.org/us/kb
repo_name: us/kb
edit_uri: edit/main/docs/
plugins: [govkb]
extra_css: [own.css]
extra_javascript: [own.js]
extra:
  homepage: https://example.org
  social: [{icon: material/home, link: "https://example.org"}]
markdown_extensions:
  - toc: {title: On this page}
"""
THEME = "theme: {name: material, font: false}\n"
RICH = """\
theme:
  name: material
  language: de
  font: false
  logo: logo.png
  favicon: logo.png
  palette: {scheme: slate, primary: teal, accent: lime}
  features: [navigation.tabs, navigation.path, navigation.top, navigation.footer, toc.follow,
    content.action.edit, content.action.view, announce.dismiss, header.autohide]
"""
INTEGRATED = (
    "theme: {name: material, font: false, features: [toc.integrate, navigation.sections]}\n"
)
OVERRIDES = "theme: {name: material, font: false, custom_dir: overrides}\n"
BODY = """\
## Summary & <em>more</em> 'of' it

Text.

### Below "it"

#### Deeper `code`

### Beside

## Learnings

- A green job is no proof of a backup.
"""


@pytest.fixture
def sites(project, incident, monkeypatch, tmp_path):
    """The record pages of a project, and those that MkDocs's own loop makes of them."""

    def make(settings, files=None):
        path = "records/incidents/INC-20260418-{}-x.md"
        made = project(
            {
                "mkdocs.yml": settings,
                "docs/guide.md": "# Guide\n",
                "docs/logo.png": "",
                "docs/own.css": "",
                "docs/own.js": "",
                path.format("A"): incident(
                    "INC-20260418-A",
                    title=f"'{HOSTILE.replace(chr(39), chr(39) * 2)}'",
                    body=BODY,
                    extra="summary: 'Zero \"backups\" & <b>'\nrelates_to: INC-20260418-B\n",
                ),
                path.format("B"): incident("INC-20260418-B", body="Nothing.\n"),
                path.format("C"): incident("INC-20260418-C", body="## One\n\nx\n\n## Two\n\ny\n"),
                path.format("D"): incident("INC-20260418-D", body=""),
                **(files or {}),
            }
        )
        workspace = made.open()
        base = workspace.load()
        uris = [record_uri(record) for record in base.records]
        ours = build_site(workspace, base, tmp_path / "ours").folder
        monkeypatch.setattr(content, "named_in", lambda nav: uris)
        theirs = build_site(workspace, base, tmp_path / "theirs").folder
        return _pages(ours), _pages(theirs)

    return make


def _pages(site):
    return {f.relative_to(site).as_posix(): f.read_text() for f in sorted(site.rglob("*.html"))}


@pytest.mark.parametrize(
    "settings",
    [
        PLAIN + THEME,
        FEATURES + THEME,
        FEATURES + RICH,
        FEATURES + INTEGRATED,
        PLAIN + THEME + "use_directory_urls: false\n",
        PLAIN + THEME + "nav: [{Guide: guide.md}]\n",
    ],
    ids=["plain", "features", "rich", "integrated", "files", "nav"],
)
def test_a_filled_shell_is_what_mkdocs_and_the_theme_make(sites, settings):
    ours, theirs = sites(settings)
    assert ours == theirs
    assert sum("INC-" in name and not name.startswith("r/") for name in ours) == 4


def test_what_the_user_turns_on_shows_on_record_pages(sites):
    ours, _ = sites(FEATURES + RICH)
    page = ours["incidents/INC-20260418-A/index.html"]
    for shown in (
        'lang="de"',
        'data-md-color-primary="teal"',
        'src="../../logo.png"',
        'href="../../own.css"',
        'src="../../own.js"',
        "https://forge.example.org/us/kb",
        '<link rel="canonical" href="https://kb.example.org/below/incidents/INC-20260418-A/">',
    ):
        assert shown in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "override",
    [
        '{% extends "base.html" %}{% block htmltitle %}<title>{{ page.title | length }}</title>'
        "{% endblock %}",
        '{% extends "base.html" %}{% block htmltitle %}<title>{{ page.meta.title | e if page }}'
        "</title>{% endblock %}",
        '{% extends "base.html" %}{% block announce %}{{ page.toc | list | length }}{% endblock %}',
        '{% extends "base.html" %}{% block announce %}{{ page.content | length }}{% endblock %}',
    ],
)
def test_templates_that_ask_for_more_than_slots_are_filled_for_each_page(sites, override):
    ours, theirs = sites(PLAIN + OVERRIDES, {"overrides/main.html": override})
    assert ours == theirs


def test_templates_of_the_user_show_on_record_pages(sites):
    banner = '{% extends "base.html" %}{% block announce %}Read {{ page.url }}!{% endblock %}'
    ours, theirs = sites(PLAIN + OVERRIDES, {"overrides/main.html": banner})
    assert ours == theirs
    assert "Read incidents/INC-20260418-A/!" in ours["incidents/INC-20260418-A/index.html"]


def test_a_slot_is_filled_wherever_its_token_stands():
    found = Slotted.of("a ONE b TWO ONE", {"ONE": "x", "TWO": "y"})
    assert found.fill({"x": "1", "y": "2"}) == "a 1 b 2 1"


def test_of_tokens_that_hold_one_another_the_longest_counts():
    found = Slotted.of("#ONE ONE", {"ONE": "x", "#ONE": "y"})
    assert found.fill({"x": "1", "y": "2"}) == "2 1"


def test_a_value_with_a_token_in_it_is_not_filled_again():
    found = Slotted.of("ONE TWO", {"ONE": "x", "TWO": "y"})
    assert found.fill({"x": "TWO", "y": "2"}) == "TWO 2"


def test_contents_are_nested_under_the_nearest_higher_heading():
    levels = [2, 4, 3, 2, 3, 4, 4]
    tree = nested(Contents(str(n), str(n), level) for n, level in enumerate(levels))

    def shape(entries):
        return [(entry.contents.title, shape(entry.children)) for entry in entries]

    assert shape(tree) == [
        ("0", [("1", []), ("2", [])]),
        ("3", [("4", [("5", []), ("6", [])])]),
    ]
