import re
import time
from html import unescape

import pytest

DECISION = """\
---
id: DEC-20260421-E
title: Identity
date: 2026-04-21
---

## Context

## Decision

### E.2 The fallback

Yes.
"""


def test_headings_have_the_anchors_that_a_forge_gives_them(render):
    html = render("## What it meant\n\n### Gaps & gates\n\n## What it meant\n")
    assert re.findall(r'<h\d id="([^"]+)"', html) == [
        "what-it-meant",
        "gaps--gates",
        "what-it-meant-1",
    ]
    assert '<a class="headerlink" href="#what-it-meant" title="Permanent link">' in html


def test_the_title_is_left_out_but_no_other_first_level_heading(render):
    html = render("## Summary\n\n# Another\n")
    assert "Zero backups" not in html
    assert '<h2 id="another">Another' in html
    assert "<h1" not in html


def test_contents_and_words_follow_the_headings(rendered, incident):
    body = "Opening.\n\n## Impact\n\nNo *loss* of `data`.\n\n- one\n- two\n\n### Cost\n\nNone.\n"
    found = rendered({"records/incidents/x.md": incident(body=body)})
    assert [(c.title, c.anchor, c.level) for c in found.contents] == [
        ("Impact", "impact", 2),
        ("Cost", "cost", 3),
    ]
    assert [(w.anchor, w.title, w.text) for w in found.words] == [
        (None, "", "Opening."),
        ("impact", "Impact", "No loss of data.\none\ntwo"),
        ("cost", "Cost", "None."),
    ]


def test_an_id_in_prose_is_a_link_with_the_title_of_its_record(render):
    html = render("See DEC-20260421-E.", {"records/decisions/e.md": DECISION})
    link = '<a class="govkb-mention" href="../../decisions/DEC-20260421-E/" title="Identity">'
    assert f"See {link}DEC-20260421-E</a>." in html


def test_a_named_part_leads_to_its_heading(render):
    html = render("See DEC-20260421-E.2.", {"records/decisions/e.md": DECISION})
    assert 'href="../../decisions/DEC-20260421-E/#e2-the-fallback"' in html
    assert 'title="Identity: E.2 The fallback"' in html


def test_each_letter_of_a_group_is_a_link(render):
    other = DECISION.replace("DEC-20260421-E", "DEC-20260421-F")
    files = {"records/decisions/e.md": DECISION, "records/decisions/f.md": other}
    html = render("See DEC-20260421-E/F.", files)
    assert re.findall(r'href="([^"]+)"[^>]*>([^<]+)</a>', html) == [
        ("../../decisions/DEC-20260421-E/", "DEC-20260421-E"),
        ("../../decisions/DEC-20260421-F/", "F"),
    ]


@pytest.mark.parametrize(
    "body", ["`DEC-20260421-E`", "```\nDEC-20260421-E\n```", "DEC-20260421-Z", "INC-20260418-B"]
)
def test_code_unknown_ids_and_the_record_itself_are_no_links(render, body):
    assert "<a " not in render(body, {"records/decisions/e.md": DECISION})


def test_a_relative_link_leads_to_the_page_of_the_record(render):
    html = render("[the ruling](../decisions/e.md#decision)", {"records/decisions/e.md": DECISION})
    assert '<a href="../../decisions/DEC-20260421-E/#decision">the ruling</a>' in html


@pytest.mark.parametrize("target", ["../decisions/none.md", "../../scripts/x.sh", "#nowhere"])
def test_a_link_that_would_lead_nowhere_is_plain_text(render, target):
    assert render(f"[words]({target})") == "<p>words</p>\n"


def test_bare_addresses_are_links(render):
    html = render("See https://example.org/a?b=1&c=2, please.")
    assert (
        '<a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>,' in html
    )


def test_alerts_are_admonitions(render):
    html = render("> [!IMPORTANT]\n> Merge the parent first.")
    assert '<div class="admonition info"><p class="admonition-title">Important</p>' in html
    assert "[!IMPORTANT]" not in html


def test_tasks_are_check_boxes_that_nobody_can_tick(render):
    html = render("- [x] done\n- [ ] not yet\n")
    assert html.count('<li class="task-list-item">') == 2
    assert '<ul class="task-list">' in html
    boxes = re.findall(r"<input[^>]*>", html)
    assert ["checked" in box for box in boxes] == [True, False]
    assert all('disabled="disabled"' in box and 'type="checkbox"' in box for box in boxes)


def test_tables_keep_their_alignment(render):
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert '<th class="govkb-right">b</th>' in html
    assert '<td class="govkb-right">2</td>' in html


def test_code_is_coloured_in_the_markup_of_the_theme(render):
    html = render("```bash\nkubectl get nodes # all\n```")
    assert '<div class="highlight"><pre><span></span><code>' in html
    assert '<span class="c1"># all</span>' in html


def test_code_of_an_unknown_language_is_plain_and_escaped(render):
    assert "<code>a &lt; b\n</code>" in render("```nonsense\na < b\n```")


def test_footnotes_lead_there_and_back(render):
    html = render("Said[^a] twice[^a].\n\n[^a]: By whom.\n")
    assert 'id="fnref:1"' in html
    assert 'id="fnref2:1"' in html
    assert '<li id="fn:1"><p>By whom.</p>' in html


def test_entries_of_append_only_sections_have_anchors_that_follow_from_their_text(render):
    once = render("## Learnings\n\n- First.\n- Second.\n")
    again = render("## Summary\n\nx\n\n## Learnings\n\n* First.\n")
    anchors = re.findall(r'<li id="(l-[0-9a-f]{8})">', once)
    assert len(set(anchors)) == 2
    assert re.findall(r'<li id="(l-[0-9a-f]{8})">', again) == anchors[:1]


def test_a_block_of_pairs_that_is_an_item_has_its_anchor(rendered):
    body = "## Post-merge operator dispatch\n\nStart it:\n\n```\nmodule=minio\n```\n\n```\nls\n```"
    head = "---\nid: CHG-20260518-x\ntitle: X\n---\n\n# X\n\n"
    html = rendered({"records/changes/x.md": f"{head}{body}\n"}, "CHG-20260518-x").html
    assert html.count('id="dispatch-1"') == 1
    assert html.index("Start it:") < html.index('id="dispatch-1"') < html.index("module=minio")


def test_entries_of_other_sections_have_none(render):
    assert "id=" not in render("## Impact\n\n- One.\n").replace('id="impact"', "")


# What follows are rows of the list of bad inputs.


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        '<iframe src="https://example.org"></iframe>',
        '<base href="https://example.org/">',
        '<meta http-equiv="refresh" content="0;url=https://example.org">',
        "<style>body{display:none}</style>",
        '<p style="position:fixed" onclick="alert(1)">text</p>',
        '<form action="https://example.org"><button>x</button></form>',
        '<svg onload="alert(1)"><script>alert(1)</script></svg>',
        '<link rel="stylesheet" href="https://example.org/x.css">',
    ],
)
def test_50_active_html_is_gone(render, html):
    found = render(f"before\n\n{html}\n\nafter {html}").lower()
    assert not re.search(
        r"<(script|img|iframe|base|meta|style|form|button|svg|link)|\son\w+=|style=|alert", found
    )
    assert "before" in found


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
    ],
)
def test_51_links_that_run_lose_their_address(render, target):
    for body in (f"[x]({target})", f"<{target}>", f'<a href="{target}">x</a>', f"![x]({target})"):
        assert "href" not in render(body), body


def test_52_attribute_lists_are_text(render):
    html = render("## Impact { onclick=alert(1) style=color:red }\n\ntext{: .x onclick=y }")
    assert "{ onclick=alert(1) style=color:red }" in html
    assert not re.search(r"<[^>]*\s(onclick|style)=", html)


def test_51b_an_address_that_is_none_is_dropped(render):
    assert "href" not in render("[x](//[bad)")


def test_53_a_heading_cannot_close_an_element_of_the_page(render):
    html = render("# `</title><script>alert(1)</script>`\n")
    assert "<script" not in html
    assert "&lt;/title&gt;&lt;script&gt;" in html


def test_56_template_marks_are_text(render):
    assert "{{ 7*7 }} {% raw %}" in render("{{ 7*7 }} {% raw %}")


@pytest.mark.parametrize(
    "body",
    [
        "[" * 10_000,
        "<a " * 10_000,
        "*a " * 8_000,
        "> " * 30_000 + "x",
        "- " * 30_000 + "x",
        "<div>" * 200_000,
        "<details>" * 60_000,
        "<ul><li>" * 60_000,
        "<p " + " ".join(f"a{n}" for n in range(100_000)) + ">",
    ],
)
def test_57_nesting_without_end_is_read_in_no_time(render, body):
    start = time.process_time()
    render(body)
    assert time.process_time() - start < 5


def test_58_no_file_is_included(render):
    assert '--8&lt;-- "mkdocs.yml"' in render('--8<-- "mkdocs.yml"').replace("&quot;", '"')


def test_59_images_are_links_and_nothing_is_loaded(render):
    html = render("![a graph](https://example.org/x.png) ![ours](shot.svg)")
    assert "<img" not in html
    assert '<a href="https://example.org/x.png">Image: a graph</a>' in html


def test_60_a_mermaid_fence_is_code(render):
    html = render('```mermaid\ngraph TD\nA["<b onclick=alert(1)>x</b>"]\n```')
    assert 'class="mermaid"' not in html
    assert not re.search(r"<[^>]*onclick", html)


def test_ids_and_classes_of_the_page_cannot_be_taken(render):
    html = render('<div id="__search" class="md-overlay govkb-mark">x</div>\n\n<h2 id="a">y</h2>')
    assert "__search" not in html
    assert "md-overlay" not in html
    assert 'id="a"' not in html


def test_no_text_can_look_sealed_or_redacted(render):
    fake = '<a class="govkb-entry" href="#x">L-00000000</a> <p class="govkb-redacted">gone</p>'
    html = render(f"## Impact\n\n{fake}\n\n## Learnings\n\n- A real one.\n")
    assert html.count("govkb-entry") == 1
    assert re.search(r'<a class="govkb-entry" href="#l-[0-9a-f]{8}">', html)
    assert "govkb-redacted" not in html


def test_hints_stay_text_for_a_script_that_takes_them_for_html(render):
    hint = "<img src=x onerror=alert(1)> 1 < 2"
    other = DECISION.replace("Identity", f"'{hint}'")
    body = f'[a](https://x.org "{hint}") <abbr title="{hint}">b</abbr> DEC-20260421-E'
    hints = re.findall(r'title="([^"]*)"', render(body, {"records/decisions/e.md": other}))
    assert len(hints) == 3
    for found in map(unescape, hints):
        assert found.replace("\u2060", "") == hint
        assert not re.search(r"<[A-Za-z/!?]", found)


def test_a_heading_cannot_take_the_place_of_what_the_themes_script_looks_for(render):
    html = render("## __config\n\n## __search\n\n## config\n")
    assert re.findall(r' id="([^"]+)"', html) == ["config"]


def test_what_lies_too_deep_keeps_its_words(render):
    html = render("> " * 1000 + "the *words* `here`")
    assert "the <em>" not in html
    assert "the words <code>here</code>" in html
    assert html.count("<blockquote>") == html.count("</blockquote>") == 200


def test_elements_left_open_are_closed(render):
    html = render("<details><summary>more</summary>\n\ninside <b>bold")
    assert html.count("<details>") == html.count("</details>") == 1
    assert html.count("<b>") == html.count("</b>")
