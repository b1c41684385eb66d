"""The policies of built pages: on every page, never in the way of what mkdocs.yml turns on."""

import re

import pytest
from mkdocs.livereload import LiveReloadServer

from govkb.errors import GovkbError
from govkb.mkdocs_plugin.policies import allow_reloading
from govkb.mkdocs_plugin.running import build_site

SETTINGS = """\
site_name: Ours
theme: {{name: material, font: {font}, features: [{features}]{custom}}}
plugins: [search, govkb: {{{option}}}]
extra: {{generator: false}}
"""
META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
PATH = "records/incidents/INC-20260418-B-x.md"
RECORD = "incidents/INC-20260418-B/index.html"


@pytest.fixture
def site(project, incident):
    """Builds a site with one record."""

    def make(option="", files=None, more="", font="false", features="", custom=""):
        settings = SETTINGS.format(option=option, font=font, features=features, custom=custom)
        given = {"mkdocs.yml": settings + more, PATH: incident(body="## Impact\n\nx\n")}
        workspace = project({**given, **(files or {})}).open()
        return build_site(workspace, workspace.load()).folder

    return make


def policy_of(site, place=RECORD):
    (found,) = META.findall((site / place).read_text())
    return {name: said.split() for name, _, said in (p.partition(" ") for p in found.split("; "))}


def test_every_page_has_one(site):
    made = site(files={"docs/guide.md": "# Guide\n", "docs/a/deep.md": "# Deep\n"})
    for file in made.rglob("*.html"):
        html = file.read_text()
        assert len(META.findall(html)) == 1, file
        assert html.index("Content-Security-Policy") < html.index("<script"), file
        assert "unsafe" not in META.search(html)[1]


def test_mkdocs_yml_can_turn_it_off_and_add_to_it(site):
    assert not META.search((site("content_security_policy: false") / RECORD).read_text())
    listed = "{connect-src: ['https://api.example.org'], script-src: [\"'unsafe-eval'\"]}"
    policy = policy_of(site(f"content_security_policy: {listed}"))
    assert policy["connect-src"] == ["'self'", "https://api.example.org"]
    assert "'unsafe-eval'" in policy["script-src"]


@pytest.mark.parametrize(
    "option",
    [
        "{scripts: ['https://x']}",
        "{script-src: 'https://x'}",
        "{script-src: ['x; object-src *']}",
        "{script-src: [1]}",
        "3",
    ],
)
def test_an_option_that_says_nothing_usable_is_refused(site, option):
    with pytest.raises(GovkbError, match="content_security_policy"):
        site(f"content_security_policy: {option}")


def test_what_mkdocs_yml_turns_on_is_allowed_on_every_page(site):
    more = (
        "repo_url: https://github.com/us/kb\n"
        "extra_javascript: ['https://cdn.example.org/x.js']\n"
        "extra_css: ['https://css.example.org/x.css']\n"
    )
    analytics = "extra: {analytics: {provider: google, property: G-1}}\n"
    made = site(more=more, font="{text: Ubuntu, code: Ubuntu Mono}")
    for place in (RECORD, "index.html", "404.html"):
        policy = policy_of(made, place)
        assert {"https://api.github.com", "https://cdn.example.org"} <= {*policy["connect-src"]}
        assert "https://cdn.example.org" in policy["script-src"]
        assert "https://fonts.googleapis.com" in policy["style-src"]
        assert {"https://fonts.gstatic.com", "https://css.example.org"} <= {*policy["font-src"]}
    policy = policy_of(site(more=analytics))
    assert "https://www.googletagmanager.com" in policy["script-src"]
    assert "https://*.google-analytics.com" in policy["connect-src"]


def test_a_page_of_the_owners_own_has_what_it_asks_for_and_others_have_not(site):
    guide = '# Guide\n\n![b](https://img.example.org/b.svg)\n\n<p onclick="x()">x</p>\n'
    made = site(files={"docs/guide.md": guide})
    assert "https://img.example.org" in policy_of(made, "guide/index.html")["img-src"]
    assert "'unsafe-hashes'" in policy_of(made, "guide/index.html")["script-src"]
    for place in (RECORD, "index.html"):
        assert "https://img.example.org" not in policy_of(made, place)["img-src"]
    shared = site(files={"docs/guide.md": guide}, features="navigation.instant")
    assert "https://img.example.org" in policy_of(shared)["img-src"]


def test_styles_within_pages_are_allowed_where_the_owner_has_them(site):
    table = "# Guide\n\n| a |\n|--:|\n| 1 |\n"
    made = site(files={"docs/guide.md": table})
    assert "'unsafe-inline'" in policy_of(made, "guide/index.html")["style-src"]
    assert policy_of(made)["style-src"] == ["'self'"]
    scripts = site(files={"docs/x.js": ""}, more="extra_javascript: [x.js]\n")
    assert policy_of(scripts)["style-src"] == ["'self'", "'unsafe-inline'"]
    fonts = policy_of(site(font="{text: Ubuntu, code: Ubuntu Mono}"))["style-src"]
    assert any(source.startswith("'sha256-") for source in fonts)


def test_scripts_of_the_owners_templates_are_allowed_but_not_with_a_records_words(site, capsys):
    template = (
        '{% extends "base.html" %}{% block extrahead %}'
        "<script>fine()</script>"
        "{% if page %}<script>track('{{ page.meta.title }}')</script>{% endif %}{% endblock %}"
    )
    made = site(files={"overrides/main.html": template}, custom=", custom_dir: overrides")
    assert capsys.readouterr().err.count("puts words of the page into a script") == 1
    html = (made / RECORD).read_text()
    assert "track('INC-20260418-B: Zero backups')" in html
    plain = policy_of(site())["script-src"]
    assert len(policy_of(made)["script-src"]) == len(plain) + 1


def test_scripts_that_another_plugin_adds_to_pages_are_allowed(site):
    hook = "def on_post_page(output, page, config):\n    return output.replace('</body>', "
    hook += "'<script>added()</script></body>')\n"
    made = site(files={"hook.py": hook}, more="hooks: [hook.py]\n")
    plain = policy_of(site(), "incidents/index.html")["script-src"]
    found = policy_of(made, "incidents/index.html")["script-src"]
    assert len(found) == len(plain) + 1


def test_a_script_in_a_record_never_gets_itself_allowed(site, monkeypatch, incident):
    from govkb.site import markdown_writer

    monkeypatch.setattr(markdown_writer, "sanitise", lambda html: html)
    evil = incident(
        body="## Impact\n\n<script>evil()</script>\n\n<script>fetch('//e.org')</script>"
    )
    made = site(files={PATH: evil})
    assert "<script>evil()</script>" in (made / RECORD).read_text()
    assert policy_of(made) == policy_of(site())
    in_nav = site(files={PATH: evil}, more="nav: [{Ours: incidents/INC-20260418-B.md}]\n")
    assert "<script>evil()</script>" in (in_nav / RECORD).read_text()
    assert policy_of(in_nav) == policy_of(site())


def test_the_development_server_may_reload_its_pages():
    class Server(LiveReloadServer):
        def __init__(self):
            pass

    server = Server()
    allow_reloading(server)
    page = b'<meta http-equiv="Content-Security-Policy" content="script-src \'self\'; a">x</body>'
    made = server._inject_js_into_html(page, 1)
    assert re.search(rb"content=\"script-src 'sha256-[^']+' 'self'; a\"", made)
    assert server._inject_js_into_html(b"<p>no policy</p>", 1).startswith(b"<p>no policy</p>")


@pytest.mark.browser
def test_the_theme_works_under_it_with_instant_navigation(visit, served, site):
    features = "navigation.instant, content.tabs.link, announce.dismiss, search.suggest"
    custom = ", palette: [{scheme: default, toggle: {icon: material/brightness-7, name: Dark}},"
    custom += " {scheme: slate, toggle: {icon: material/brightness-4, name: Light}}]"
    made = site(
        files={"docs/guide.md": "# Guide\n\n<script>window.guided = 1</script>\n"},
        more="site_url: https://kb.example.org/\n",
        features=features,
        custom=custom,
    )
    home = served(made)
    # Instant navigation goes only where the sitemap leads.
    sitemap = (made / "sitemap.xml").read_text().replace("https://kb.example.org/", home)
    (made / "sitemap.xml").write_text(sitemap)
    page = visit(home)
    page.go().page.evaluate("window.stays = true")
    page.page.locator(".govkb-tiles a").first.click()
    page.page.wait_for_url("**/incidents/")
    page.page.locator("h1", has_text="Incidents").wait_for()
    page.page.get_by_role("link", name="Zero backups", exact=True).click()
    page.page.wait_for_url("**/INC-20260418-B/")
    page.page.get_by_role("heading", name="Zero backups").wait_for()
    assert page.page.evaluate("window.stays")
    page.page.locator("label[title=Dark]").first.click()
    page.page.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    page.go("guide/").page.wait_for_function("window.guided === 1")


@pytest.mark.browser
def test_a_site_opened_from_disk_works_under_it(browser, site):
    page = browser.new_page()
    refused = []
    page.on("console", lambda said: refused.append(said.text))
    page.goto((site() / RECORD).as_uri())
    page.wait_for_function("window.document$ && document.querySelector('time[title]')")
    page.close()
    assert [words for words in refused if "Security Policy" in words] == []
