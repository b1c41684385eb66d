import hashlib
import json
import logging
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from govkb.errors import ConfigurationError
from govkb.mkdocs_plugin.running import build_site

MKDOCS_YML = "site_name: Ours\ntheme: {name: material, font: false}\nplugins: [govkb]\n"
PATH = "records/incidents/INC-20260418-B-x.md"
PAGE = "incidents/INC-20260418-B/index.html"


def built(project, base=None):
    workspace = project.open()
    build_site(workspace, base or workspace.load())
    return project.root / "site"


def entries(site):
    index = json.loads((site / "search/search_index.json").read_text())
    return {entry["location"]: entry for entry in index["docs"]}


def navigation(site):
    html = (site / "index.html").read_text()
    primary = html[html.index("md-nav--primary") : html.index("md-sidebar--secondary")]
    return [t.strip() for t in re.findall(r'<span class="md-ellipsis">\s*(.*?)\s*</span>', primary)]


@pytest.fixture
def one(project, incident):
    """A project with one incident and these files."""

    def make(files=None, **record):
        return project({PATH: incident(**record), **(files or {})})

    return make


@pytest.mark.parametrize("files", [{}, {"mkdocs.yml": MKDOCS_YML}, {"docs/guide.md": "# Guide\n"}])
def test_a_site_comes_of_it_with_and_without_settings(one, files):
    site = built(one(files))
    assert "Zero backups" in (site / PAGE).read_text()
    assert "INC-20260418-B" in (site / "index.html").read_text()
    assert (site / "assets/govkb.css").is_file()
    assert "INC-20260418-B: Zero backups" in entries(site)["incidents/INC-20260418-B/"]["title"]


def test_the_navigation_has_govkbs_pages_first_and_the_users_own_after(one):
    site = built(one({"docs/guide.md": "# The guide\n", "docs/deep/more.md": "# More\n"}))
    found = navigation(site)
    assert found[:2] == ["Home", "Incidents"]
    assert found.index("Graph") < found.index("Documentation") < found.index("The guide")


def test_a_home_page_of_the_users_own_stays_where_it_is(one):
    site = built(one({"docs/index.md": "# Welcome\n\nOurs.\n"}))
    assert "Ours." in (site / "index.html").read_text()
    assert "INC-20260418-B" in (site / "records/index.html").read_text()
    assert navigation(site)[:3] == ["Welcome", "Knowledge base", "Incidents"]


def test_a_readme_that_mkdocs_leaves_out_is_no_home_page(one):
    settings = f"{MKDOCS_YML}exclude_docs: /README.md\n"
    site = built(one({"docs/README.md": "# For the forge\n", "mkdocs.yml": settings}))
    assert "INC-20260418-B" in (site / "index.html").read_text()
    assert not (site / "records/index.html").exists()


def test_a_navigation_of_the_users_own_is_kept_and_the_other_pages_follow_it(one):
    settings = f"{MKDOCS_YML}nav:\n  - Start: index.md\n  - Broken: incidents/index.md\n"
    found = navigation(built(one({"mkdocs.yml": settings})))
    others = ["Boards", "What we know", "Learnings", "Timeline", "Graph", "Health"]
    assert found == ["Start", "Broken", "Knowledge base", *others]


def test_a_navigation_that_names_none_of_govkbs_pages_comes_after_them(one):
    settings = f"{MKDOCS_YML}nav:\n  - Guide: guide.md\n"
    found = navigation(built(one({"mkdocs.yml": settings, "docs/guide.md": "# G\n"})))
    assert found[0] == "Home"
    assert found[-1] == "Guide"


def test_search_finds_each_section(one):
    found = entries(built(one(body="## Learnings\n\nA *most* peculiar <word>.\n")))
    assert found["incidents/INC-20260418-B/#learnings"] == {
        "location": "incidents/INC-20260418-B/#learnings",
        "title": "Learnings",
        "text": "<p>A most peculiar .</p>",
        "boost": 2,
    }


def test_the_table_of_contents_is_the_themes(one):
    html = (built(one(body="## Impact\n\n### Cost\n")) / PAGE).read_text()
    contents = html[html.index('data-md-component="toc"') : html.index("md-content__inner")]
    assert (
        re.findall(r'href="(#[^"]+)"', contents)[:2] == ["#impact", "#cost-b"]
        or "#cost" in contents
    )


def test_53_54_a_title_and_a_summary_are_escaped_in_the_head(one):
    hostile = '"</title><script>alert(1)</script>"'
    html = (
        built(one(title=hostile, extra="summary: '\"><script>alert(2)</script>'\n")) / PAGE
    ).read_text()
    head = html[: html.index("</head>")]
    said = head.replace("\u2060", "")
    assert "<title>INC-20260418-B: &lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in said
    assert "alert(2)" in head
    assert not re.search(r"<script>alert", html)


def test_55_page_keys_of_a_record_have_no_effect(one):
    extra = "icon: ../../x\ntemplate: sitemap.xml\nhide: [navigation]\n"
    html = (built(one(extra=extra)) / PAGE).read_text()
    assert "Zero backups" in html
    assert "md-nav--primary" in html


def test_no_page_asks_another_host_for_anything(one):
    site = built(one(body="![x](https://example.org/x.png)\n\n```mermaid\ngraph TD\n```\n"))
    for file in site.rglob("*.html"):
        html = file.read_text()
        for tag in re.findall(r"<(?:script|link|img|iframe)\b[^>]*>", html):
            assert "//" not in tag.replace("http://www.w3.org", ""), (file, tag)


def digests(site):
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def test_two_builds_in_different_folders_are_the_same_bytes(one, tmp_path, incident):
    files = {
        f"records/incidents/{n}.md": incident(f"INC-20260419-{n}", body=f"INC-20260418-B {n}")
        for n in "ABCDE"
    }
    project = one({"mkdocs.yml": MKDOCS_YML, "docs/guide.md": "# Guide\n", **files})
    other = tmp_path / "elsewhere/with a space"
    shutil.copytree(project.root, other)
    first = digests(built(project))
    assert digests(built(type(project)(other))) == first


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("site_name: x\ntheme: material\nplugins: [search]\n", "does not name the plugin"),
        ("site_name: [x\n", "mkdocs.yml"),
        ("site_name: x\ntheme: none-such\nplugins: [govkb]\n", "theme"),
    ],
)
def test_settings_that_cannot_be_used_are_said_in_one_line(one, settings, said):
    project = one({"mkdocs.yml": settings})
    with pytest.raises(ConfigurationError, match=said):
        built(project)


@pytest.fixture
def plain_mkdocs(caplog, monkeypatch):
    """Builds with MkDocs itself, as `mkdocs build` does, and returns what it logged as warnings."""

    def run(project, **options):
        monkeypatch.chdir(project.root)
        (project.root / "docs").mkdir(exist_ok=True)
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            build(load_config(str(project.root / "mkdocs.yml"), **options))
        return [record.getMessage() for record in caplog.records]

    return run


def test_plain_mkdocs_builds_the_same_site_and_says_nothing(one, plain_mkdocs):
    project = one({"mkdocs.yml": MKDOCS_YML}, body="## Summary\n\nx\n")
    assert plain_mkdocs(project, strict=True) == []
    assert "Zero backups" in (project.root / "site" / PAGE).read_text()


def test_plain_mkdocs_logs_what_is_wrong_with_records(one, plain_mkdocs):
    project = one({"mkdocs.yml": MKDOCS_YML}, extra="relates_to: INC-20260418-Z\n")
    logged = "\n".join(plain_mkdocs(project))
    assert f"{PATH}:" in logged
    assert "REF002 dangling-reference" in logged
    with pytest.raises(SystemExit):
        plain_mkdocs(project, strict=True)


def test_plain_mkdocs_without_folders(one, plain_mkdocs):
    project = one({"mkdocs.yml": MKDOCS_YML}, body="## Summary\n\nINC-20260418-B\n")
    plain_mkdocs(project, use_directory_urls=False)
    assert 'href="INC-20260418-B.html"' in (project.root / "site/incidents/index.html").read_text()


def test_the_server_watches_records_templates_and_settings(one):
    project = one(
        {"mkdocs.yml": MKDOCS_YML, "docs/x.md": "# X\n", "govkb.toml": "", "templates/x": ""}
    )
    config = load_config(str(project.root / "mkdocs.yml"))
    watched = []
    server = SimpleNamespace(watch=lambda path: watched.append(Path(path).name))
    config.plugins["govkb"].on_serve(server, config=config, builder=None)
    assert watched == ["records", "templates", "govkb.toml"]


def test_a_page_of_the_users_own_wins_and_govkb_says_so(one, plain_mkdocs):
    project = one({"mkdocs.yml": MKDOCS_YML, "docs/graph.md": "# Our graph\n"})
    assert "graph.md" in "".join(plain_mkdocs(project))
    assert "Our graph" in (project.root / "site/graph/index.html").read_text()
