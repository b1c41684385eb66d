"""`govkb build --emit markdown`: any generator can read it, and nothing in it can act."""

import re
from html.parser import HTMLParser

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from govkb.record_text import markdown as escaping
from govkb.site.plain_markdown import markdown_pages
from govkb.workspace import Workspace

PATH = "records/incidents/INC-20260418-B-x.md"
OTHER = "records/incidents/INC-20260419-A-x.md"
PAGE = "incidents/INC-20260418-B.md"
MKDOCS_YML = "site_name: x\nstrict: true\nplugins: []\ntheme: {name: mkdocs}\n"
# Extensions that many handbooks have on, and that give text more power than CommonMark does.
POWERFUL = (
    "markdown_extensions: [attr_list, md_in_html, admonition, abbr, def_list, footnotes, "
    "pymdownx.superfences, pymdownx.emoji, pymdownx.magiclink]\n"
)
SCRIPT = "<script>alert(1)</script>"
BODY = f"""\
## Summary

See INC-20260419-A, [it](INC-20260419-A-x.md), [gone](gone.md), ![pic](pic.png), <https://a.example/x_y_z>
and {SCRIPT} \\{SCRIPT} `{SCRIPT}` `a
{SCRIPT}`

{SCRIPT}

<div onclick="alert(1)">x</div>

<!-- {SCRIPT} -->

[ref]: javascript:alert(1)
[a [ref] b][ref] {{: onclick="alert(1)" }} {{{{ x }}}} [y](javascript:alert(1))

- one {SCRIPT}

  ```html
  {SCRIPT}

  {SCRIPT}
  ```

  > ```
  > {SCRIPT}
  >
  > {SCRIPT}
  > ```

> ```
> {SCRIPT}
>
> {SCRIPT}
> ```

    {SCRIPT}

~~~ html onclick=x {{.y}}
{SCRIPT}
```
{SCRIPT}
~~~

| a {SCRIPT} | b |
|---|--:|
| `x | {SCRIPT}` | {SCRIPT} |

!!! note "{SCRIPT}"
    {SCRIPT}

1. x
2. [ ] task {SCRIPT}

[^1] ~~x~~ *a **b** c* # {SCRIPT}

[^1]: {SCRIPT}

    ```
    {SCRIPT}
    ```

```
{SCRIPT}
"""


@pytest.fixture
def emitted(project):
    """The pages of a project by path, as text."""

    def make(files):
        return {path: data.decode() for path, data in markdown_pages(project(files).load())}

    return make


@pytest.fixture
def rendered(tmp_path):
    """What a strict MkDocs without any plugin makes of pages."""

    def make(pages, settings=""):
        for path, text in pages.items():
            file = tmp_path / "docs" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        (tmp_path / "mkdocs.yml").write_text(MKDOCS_YML + settings)
        build(load_config(str(tmp_path / "mkdocs.yml")))
        return tmp_path / "site"

    return make


class Article(HTMLParser):
    """Scripts that have text in them, event handlers and odd links of a page."""

    def __init__(self, html):
        super().__init__()
        self.found, self.tags, self.last = [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.last = tag
        self.tags.append((tag, dict(attributes)))
        self.found += [name for name, _ in attributes if name.startswith("on")]
        self.found += [v for _, v in attributes if (v or "").startswith("javascript:alert")]

    def handle_data(self, data):
        if self.last == "script" and "alert(1)" in data:
            self.found.append(data)

    def handle_endtag(self, tag):
        self.last = ""


def content(html):
    return html[html.index('role="main"') :]


@pytest.mark.parametrize("settings", ["", POWERFUL])
def test_nothing_that_a_record_says_can_act(emitted, rendered, incident, settings):
    title = f"'\"{SCRIPT}{{{{ x }}}}'"
    extra = f"summary: '\">{SCRIPT}'\nowner: '{SCRIPT}'\naffected: ['a | {SCRIPT}']\n"
    learning = f"\n## Learnings\n\n- {SCRIPT}\n\n  ```\n  {SCRIPT}\n\n  {SCRIPT}\n  ```\n"
    text = incident(body=BODY, title=title)
    text = text.replace("severity: high\n", f"severity: high\n{extra}")
    other = incident(record_id="INC-20260419-A", title=title, body=learning)
    site = rendered(emitted({PATH: text, OTHER: other}), settings)
    for file in site.rglob("*.html"):
        assert Article(file.read_text()).found == [], file


def test_references_are_links_between_files(emitted, rendered, incident):
    pages = emitted({PATH: incident(body=BODY), OTHER: incident(record_id="INC-20260419-A")})
    assert "See [INC-20260419-A](INC-20260419-A.md), [it](INC-20260419-A.md), gone," in pages[PAGE]
    assert "[https://a.example/x\\_y\\_z](https://a.example/x_y_z)" in pages[PAGE]
    assert "(gone.md)" not in pages[PAGE]
    assert "[INC-20260418-B](incidents/INC-20260418-B.md) Zero backups" in pages["index.md"]
    html = content((rendered(pages) / "incidents/INC-20260418-B/index.html").read_text())
    assert '<a href="../INC-20260419-A/">INC-20260419-A</a>' in html


def test_a_page_has_frontmatter_facts_body_and_relations(emitted, incident):
    extra = "summary: None worked.\nrelates_to: {ref: INC-20260419-A, note: same *key*}\n"
    other = incident(record_id="INC-20260419-A", title="Second")
    page = emitted({PATH: incident(extra=extra, body="## Impact\n\nBig.\n"), OTHER: other})[PAGE]
    _, head, body = page.split("---\n", 2)
    assert yaml.safe_load(head) == {
        "title": "INC-20260418-B: Zero backups",
        "description": "None worked.",
    }
    assert (
        body
        == """
# INC-20260418-B: Zero backups

None worked.

| Field | Value |
| --- | --- |
| Type | Incident |
| Status | open |
| Severity | high |
| Detected | 2026-04-18 |

## Impact

Big.

## Relations

### Related to

-   [INC-20260419-A](INC-20260419-A.md) Second: same \\*key\\*
"""
    )


def test_structure_survives(emitted, rendered, incident):
    body = (
        "## Impact\n\n- a\n  - b\n\n    more\n- c\n\n1. x\n2. y\n\n```sh\nls <x>\n```\n\n"
        "| l | r |\n|:--|--:|\n| *1* | `2` |\n\n> [!WARNING]\n> Mind.\n\na  \nb\n\n"
        "2026\\. Not a list.\n"
    )
    pages = emitted({PATH: incident(body=body)})
    html = content((rendered(pages) / "incidents/INC-20260418-B/index.html").read_text())
    flat = re.sub(r"\s+", "", html)
    assert (
        "<ul><li><p>a</p><ul><li><p>b</p><p>more</p></li></ul></li><li><p>c</p></li></ul>" in flat
    )
    assert "<ol><li>x</li><li>y</li></ol>" in flat
    assert 'class="language-sh">ls&lt;x&gt;' in flat
    assert "<em>1</em>" in html
    assert "<code>2</code>" in html
    assert "<strong>Warning</strong>" in html
    assert "<br" in html
    assert "2026. Not a list." in html.replace("&#46;", ".")


def test_the_reference_knowledge_base_builds_without_a_warning(checkout, rendered):
    base = Workspace.open(checkout).load()
    pages = {path: data.decode() for path, data in markdown_pages(base)}
    assert len(pages) > len(base.records_by_id)
    site = rendered(pages)
    assert (site / "learnings/index.html").is_file()
    assert all("<" not in text for text in map(_without_code, pages.values()))


def _without_code(text):
    text = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"(`+).+?\1", "", text)


def test_an_empty_base_says_what_to_do(emitted, rendered):
    pages = emitted({})
    assert "govkb new incident" in pages["index.md"]
    rendered(pages)


@pytest.mark.parametrize("words", ["- x", "# x", "1. x", "=== x", "> x", "!!! x", ": x", "+ x"])
def test_a_line_of_text_begins_no_block(words):
    assert escaping.line(words)[:1] in ("&", "1", "\\")
    assert not escaping.line(words).startswith(("1. ", "1) "))


# The command


def test_the_command_writes_the_folder_and_replaces_its_own(project, incident, run_govkb):
    root = project({PATH: incident(body="## Summary\n\nx\n")}).root
    for _ in range(2):
        done = run_govkb("build", "--emit", "markdown", "out", cwd=root)
        assert (done.code, done.stdout, done.stderr) == (
            0,
            "wrote 4 pages of Markdown to out\n",
            "",
        )
        (root / "out/left-over.md").write_text("old")
        assert (root / "out" / PAGE).is_file()
    assert not (root / "site").exists()


def test_records_with_errors_stop_it(project, incident, run_govkb):
    root = project({PATH: incident(extra="relates_to: INC-20260418-Z\n")}).root
    assert run_govkb("build", "--emit", "markdown", "out", cwd=root).code == 1
    assert not (root / "out").exists()
    done = run_govkb("build", "--allow-errors", "--emit", "markdown", "out", cwd=root)
    assert done.code == 0


@pytest.mark.parametrize("folder", [".", "records", "records/out", "notes"])
def test_a_folder_of_something_else_is_refused(project, incident, run_govkb, folder):
    root = project({PATH: incident(body="## Summary\n\nx\n"), "notes/a.md": "mine"}).root
    done = run_govkb("build", "--emit", "markdown", folder, cwd=root)
    assert done.code == 2
    assert (root / "notes/a.md").read_text() == "mine"
    assert (root / PATH).is_file()


def test_it_goes_with_no_option_of_a_site(project, run_govkb):
    done = run_govkb("build", "--emit", "markdown", "o", "--site-dir", "s", cwd=project({}).root)
    assert done.code == 2
    assert "--emit goes with none of" in done.stderr
