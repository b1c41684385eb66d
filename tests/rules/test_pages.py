from __future__ import annotations

import json
import re

import pytest

from govkb.rules import all_rules
from govkb.rules.pages import INDEX, file_name, pages

PAGES = pages(all_rules())
_LINK = re.compile(r"\]\((?P<target>[^)#]+)(?:#[^)]*)?\)")
_FENCED = re.compile(r"^(`{3,}).*?^\1$", re.MULTILINE | re.DOTALL)


def test_the_pages_in_the_documentation_are_those_of_the_rules(checkout):
    folder = checkout / "docs/rules"
    written = {file.name: file.read_text("utf-8") for file in folder.glob("*")}
    assert sorted(written) == sorted(PAGES), "run `make rules`"
    stale = [name for name, text in PAGES.items() if written[name] != text]
    assert stale == [], "run `make rules`"


def test_there_is_a_page_for_every_rule_and_the_index_leads_to_it():
    targets = [match["target"] for match in _LINK.finditer(PAGES[INDEX])]
    assert [t for t in targets if not t.startswith("..")] == [file_name(r) for r in all_rules()]
    assert len(PAGES) == len(all_rules()) + 1


@pytest.mark.parametrize("name", PAGES)
def test_links_between_pages_lead_somewhere(name, checkout):
    for match in _LINK.finditer(_FENCED.sub("", PAGES[name])):
        target = match["target"]
        if "://" not in target:
            assert target in PAGES or (checkout / "docs/rules" / target).is_file(), target


@pytest.mark.parametrize("registered", all_rules(), ids=lambda r: r.rule.code)
def test_a_page_has_every_part_in_its_order(registered):
    text = _FENCED.sub("", PAGES[file_name(registered)])
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [
        "What it does",
        "Why",
        "Bad",
        "Good",
        "Fix",
    ]
    assert f"# {registered.rule.code} {registered.rule.slug}\n\n{registered.summary}\n" in text
    assert f"\n\n{registered.rule.severity.value.capitalize()}, of the family" in text


def test_examples_say_where_their_files_are():
    page = PAGES["stale-baseline.md"]
    assert "`govkb.toml`:\n\n```toml\n" in page
    assert "`records/pitfalls/probe-before-classify.md`:\n\n```markdown\n" in page
    assert " in the base:\n\n```markdown\n" in PAGES["edited-entry.md"]
    assert ", with some of its bytes written out:\n\n```text\n" in PAGES["not-utf8.md"]


def test_the_command_writes_the_same_pages(project, run_govkb):
    made = project()
    outcome = run_govkb("rule", "--markdown", "pages", cwd=made.root)
    assert outcome.code == 0
    assert {f.name: f.read_text("utf-8") for f in (made.root / "pages").iterdir()} == PAGES
    assert run_govkb("rule", "REF002", "--markdown", "pages", cwd=made.root).code == 2


def test_programs_can_read_the_rules(project, run_govkb):
    outcome = run_govkb("rule", "--format", "json", cwd=project().root)
    document = json.loads(outcome.stdout)
    assert document["version"] == 1
    assert [rule["code"] for rule in document["rules"]] == [r.rule.code for r in all_rules()]
    (one,) = json.loads(run_govkb("rule", "REF002", "--format", "json", cwd=project().root).stdout)[
        "rules"
    ]
    assert one == next(rule for rule in document["rules"] if rule["code"] == "REF002")
    assert list(one["parts"]) == ["What it does", "Why", "Bad", "Good", "Fix"]
    assert (one["severity"], one["family"], one["fixable"]) == ("error", "REF", False)
