"""A site of hostile records (BAD_INPUTS 50 to 62) as a browser sees it.

`hostile/` has a record for each row, and some that go for what the theme's scripts and ours look
for. What a record wants to run is called `__pwned(NUMBER)`; no host is asked but the site's own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "hostile"
# Whatever of the theme reads texts of a page and writes them elsewhere is on.
SETTINGS = """\
site_name: Strangers
site_url: https://kb.example.org/
repo_url: https://forge.example.org/us/kb
edit_uri: edit/main/docs/
plugins: [search, govkb: {{search: {search}, content_security_policy: {policy}}}]
theme:
  name: material
  font: false
  features: [content.tooltips, content.code.copy, content.code.annotate, content.code.select,
    content.footnote.tooltips, content.tabs.link, navigation.footer, navigation.path,
    navigation.tracking, navigation.top, search.highlight, search.share, search.suggest, toc.follow
    {features}]
  palette:
    - {{scheme: default, toggle: {{icon: material/brightness-7, name: Dark}}}}
    - {{scheme: slate, toggle: {{icon: material/brightness-4, name: Light}}}}
extra: {{generator: false}}
"""
AUTHOR = 'x" onmouseover="__pwned(951)\' &lt;img src=x onerror=__pwned(952)&gt;'
NESTED = "[" * 5_000 + "<a " * 5_000 + "\n\n" + "<div>" * 30_000 + "\n\n" + "> " * 5_000 + "deep\n"
# Runs before every script of a page.
WATCH = """
window.__pwned = (number) => report(`ran: ${number}`);
addEventListener("securitypolicyviolation", (event) =>
  report(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
# What is on the page and should not be, wherever it came from.
LEAKS = """() => {
  const found = [];
  const fine = ["http:", "https:", "mailto:"];
  const addresses = /^(href|src|action|formaction|data|ping|xlink:href|srcset|poster)$/;
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const leads = addresses.test(name) && new URL(value, location).protocol;
      if (name.startsWith("on") || (leads && !fine.includes(leads))) {
        found.push(`${element.tagName} ${name}=${value}`);
      }
    }
  }
  const never = "img, iframe, object, embed, base, meta, link, style, template, dialog, " +
    "video, marquee, form:not(.govkb-filter), script:not([src*=govkb])";
  const places = ["article", ".md-search-result", ".md-tooltip2", ".md-sidebar--secondary"];
  for (const place of places) {
    for (const element of document.querySelectorAll(`${place} :is(${never})`)) {
      if (!element.innerText?.includes("__md_get(")) found.push(element.outerHTML.slice(0, 200));
    }
  }
  return found;
}"""
HINTS = "article [title], :is(.md-header__topic, .md-sidebar--secondary) .md-ellipsis"
RESULTS = ".md-search-result__item > a.md-search-result__link"


def written(root, search="material", policy="true", features=""):
    """The project: every record of the folder, and one too deep to be in a file."""
    shutil.copytree(HERE, root / "records")
    settings = SETTINGS.format(search=search, policy=policy, features=features)
    (root / "mkdocs.yml").write_text(settings)
    records = root / "records" / "incidents"
    (records / "54-fields.md").rename(records / "54-<img src=x onerror=__pwned(950)>.md")
    head = "---\nid: INC-20260410-P\ntitle: Nesting\nseverity: low\ndetected: 2026-04-10\n---\n\n"
    (records / "57-nesting.md").write_text(f"{head}# Nesting\n\n## Impact\n\n{NESTED}")
    (records / "drawing.svg").write_text("<svg onload='__pwned(953)'><script>__pwned(954)</script>")
    (records / "page.html").write_text("<script>__pwned(955)</script>")
    return root


def built(root):
    """The site that the real command makes of it."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_AUTHOR_NAME": AUTHOR}
    environment |= {"GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "C"}
    environment |= {"GIT_COMMITTER_EMAIL": "c@example.org"}
    for command in (["git", "init", "-q"], ["git", "add", "-A"], ["git", "commit", "-qm", "x"]):
        subprocess.run(command, cwd=root, env=environment, check=True)
    command = [sys.executable, "-m", "govkb", "build", "--allow-errors"]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]|^::", done.stdout + done.stderr, re.MULTILINE)
    return root / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return built(written(tmp_path_factory.mktemp("hostile") / "project"))


@pytest.fixture
def enter(visit, served):
    """Opens a site in a window that reports what runs, what is refused, and what opens."""

    def make(site, **options):
        visitor = visit(served(site), **options)
        visitor.page.context.expose_function(
            "report", lambda words: visitor.complaints.append(words)
        )
        visitor.page.context.add_init_script(WATCH)
        visitor.page.on("dialog", lambda dialog: said(visitor, f"dialog: {dialog.message}", dialog))
        visitor.page.context.on("page", lambda page: visitor.complaints.append(f"new: {page.url}"))
        return visitor

    return make


def said(visitor, words, dialog):
    visitor.complaints.append(words)
    dialog.dismiss()


def addresses(site):
    return sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))


def touch(page):
    """Opens everything, points at everything that has something to say, and tabs through."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    # A hint goes from its element while it is shown, so that they are counted beforehand.
    for element in page.query_selector_all(HINTS)[:40]:
        page.evaluate("one => one.scrollIntoView({block: 'center'})", element)
        box = element.bounding_box()
        if box is not None:
            page.mouse.move(box["x"] + 3, box["y"] + min(8, box["height"] / 2))
            page.wait_for_timeout(20)
    for _ in range(3):
        page.keyboard.press("Tab")


def examine(visitor, place):
    visitor.complaints += [f"{place}: {leak}" for leak in visitor.page.evaluate(LEAKS)]


def walk(visitor, places):
    for place in places:
        visitor.go(place)
        touch(visitor.page)
        examine(visitor, place)


@pytest.mark.long
@pytest.mark.browser
def test_50_to_62_no_page_runs_asks_or_opens_anything(enter, site):
    places = [p for p in addresses(site) if not p.startswith("r/") or "INC-20260410-E" in p]
    assert len(places) > 25
    visitor = enter(site)
    walk(visitor, [place for place in places if not place.startswith("r/")])
    for place in [place for place in places if place.startswith("r/")]:
        visitor.go(place).page.wait_for_url("**/INC-20260410-E/")


@pytest.mark.browser
@pytest.mark.parametrize("search", ["material", "pagefind"])
def test_what_is_searched_for_and_found_is_text(enter, site, tmp_path, search):
    if search == "pagefind":
        pytest.importorskip("pagefind")
        site = built(written(tmp_path / "project", search))
    visitor = enter(site)
    tried = "<img/src/onerror=__pwned(1)> img"
    visitor.go(f"?q={tried}")
    page = visitor.page
    page.locator(RESULTS).first.wait_for()
    for words in ("onerror script", "INC-20260410-E", "alias", "hints", tried):
        page.locator("input.md-search__input").fill(words)
        page.keyboard.press("Space")
        page.wait_for_timeout(700)
        assert page.locator(RESULTS).count(), words
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        examine(visitor, words)
    page.locator(RESULTS).first.click()
    page.locator("mark").first.wait_for()
    walk(visitor, [page.url.removeprefix(visitor.home)])


@pytest.mark.browser
def test_what_the_graph_shows_is_text(enter, site, reference_site):
    if not (reference_site / "assets" / "govkb-graph.js").exists():
        pytest.skip("the script of the graph was not bundled")
    visitor = enter(site, reduced_motion="reduce").go("graph/")
    page = visitor.page
    page.locator("[data-ready]").wait_for()
    page.locator("[name=find]").fill("img src")
    page.locator("#govkb-graph-found [role=option]").first.wait_for()
    examine(visitor, "found")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    card = page.locator(".govkb-node-card")
    card.locator("h2").wait_for()
    assert "<img src=x" in card.inner_text()
    examine(visitor, "card")
    page.get_by_text("What is shown, as a list").click()
    page.locator(".govkb-shown li").first.wait_for()
    examine(visitor, "list")


@pytest.mark.browser
def test_what_a_table_shows_is_text(enter, site):
    visitor = enter(site).go("incidents/")
    page = visitor.page
    page.locator("form input[name=text]").fill("<img")
    rows = page.locator("article tbody tr:visible")
    rows.first.wait_for()
    assert "<img src=x" in rows.first.inner_text()
    for select in page.locator("form.govkb-filter select").all():
        for value in select.locator("option").evaluate_all("all => all.map(one => one.value)"):
            select.select_option(value)
            examine(visitor, value)


@pytest.mark.browser
def test_an_address_that_leads_nowhere_is_text(enter, site):
    visitor = enter(site)
    missing = (site / "404.html").read_text()
    place = "x/<img src=x onerror=__pwned(1)>/INC-20260410-E%3Cimg%20src=x%20onerror=__pwned(2)%3E"
    visitor.page.route("**/x/**", lambda way: way.fulfill(body=missing, content_type="text/html"))
    visitor.go(place)
    visitor.page.locator(".govkb-missing p").first.wait_for()
    walk(visitor, [place])


def test_files_for_programs_can_be_read_by_them(site):
    for file in (*site.rglob("*.json"), *site.rglob("*.webmanifest")):
        json.loads(file.read_bytes())
    for file in (*site.glob("*.atom"), site / "sitemap.xml"):
        for element in ET.fromstring(file.read_bytes()).iter():
            assert not element.tag.endswith(("script", "img"))
            assert "javascript:" not in element.get("href", "")
    for file in site.glob("*.json"):
        assert "<img" not in "".join(re.findall(r'"content_html": *"(.*?[^\\])"', file.read_text()))
    llms = (site / "llms.txt").read_text()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", llms)
    assert not [file for file in site.rglob("*") if file.name in ("drawing.svg", "page.html")]


# The proof that all this can fail: what is put into a page on purpose is caught.

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
PUT = [
    ("<script>__pwned(1)</script>", "policy: script-src-elem inline", "ran: 1"),
    ('<b><img src="/x" onerror="__pwned(2)"></b>', "policy: script-src-attr inline", "ran: 2"),
    (
        '<script src="https://evil.example/x.js"></script>',
        "policy: script-src-elem https://evil.example/x.js",
        "another host: https://evil.example/x.js",
    ),
    ("<script>alert('here')</script>", "policy: script-src-elem inline", "dialog: here"),
    (
        '<p><a href="#x" title="&lt;img src=/x onerror=__pwned(3)&gt;">a hint</a></p>',
        "policy: script-src-attr inline",
        "ran: 3",
    ),
    ('<p><a href="javascript:0">x</a></p>', "A href=javascript:0", "A href=javascript:0"),
]


@pytest.mark.browser
@pytest.mark.parametrize("has_policy", [True, False])
@pytest.mark.parametrize(("put", "refused", "done"), PUT)
def test_what_is_put_into_a_page_on_purpose_is_caught(
    enter, site, tmp_path, put, refused, done, has_policy
):
    shutil.copytree(site, tmp_path / "site")
    file = tmp_path / "site" / "incidents" / "INC-20260410-F" / "index.html"
    text = file.read_text().replace("<p>Still a page.</p>", f"<p>Still a page.</p>{put}")
    assert put in text
    file.write_text(text if has_policy else POLICY.sub("", text))
    visitor = enter(tmp_path / "site")
    walk(visitor, ["incidents/INC-20260410-F/"])
    visitor.page.wait_for_timeout(200)
    complaints, visitor.complaints[:] = " | ".join(visitor.complaints), []
    assert (refused if has_policy else done) in complaints
    assert ("ran:" in complaints) is (not has_policy and done.startswith("ran:"))
