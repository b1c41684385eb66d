from __future__ import annotations

import json
from importlib.resources import files

import jsonschema_rs
import pyromark
import pytest
from msgspec.structs import replace

from govkb.diagnostics import Diagnostic, Severity
from govkb.reporting.reviews import json as as_json
from govkb.reporting.reviews import markdown, text, wording
from govkb.review import (
    Edit,
    EntryNews,
    FindingNews,
    Move,
    Named,
    PolicyChange,
    RelationNews,
    Rename,
    Retitle,
    Review,
)

SCHEMA = json.loads(files("govkb.reporting").joinpath("diff.schema.json").read_text("utf-8"))
ONE = Named("INC-20260418-B", "incident", "open", "Zero backups", "records/incidents/b.md")
OTHER = Named("probe", "pitfall", "active", "Probe first", "records/pitfalls/probe.md")
STEP = {
    "at": "2026-04-21",
    "from": "high",
    "to": "medium",
    "by": "reviewer",
    "probe": {"what": "the token", "observed_at": "2026-04-20", "result": "not live"},
    "note": "agreed",
}
LAST = {"to": "low", "by": "me"}
EMPTY = Review("main", "0" * 40)


def finding(path="records/a.md", message="it is wrong"):
    return Diagnostic("REF002", "dangling-reference", Severity.ERROR, path, message)


def everything():
    return Review(
        "origin/main",
        "1234567890ab" + "0" * 28,
        (ONE,),
        (OTHER,),
        (Rename(OTHER, replace(OTHER, id="probing", path="records/pitfalls/probing.md")),),
        (Retitle(ONE, "No backups"),),
        (
            Move(ONE, "severity", "high", "medium", (STEP,), True),
            Move(OTHER, "status", "", "active"),
            Move(ONE, "severity", "high", "high", (STEP,), True),
            Move(OTHER, "severity", "low", "high", (), True),
        ),
        (
            EntryNews("edited", ONE, "Learnings", "L-12345678", "now", "then", is_breach=True),
            EntryNews(
                "added", ONE, "Learnings", "L-00000000", "new", "", (("supersedes", "L-1a2b3c4d"),)
            ),
            EntryNews("added", ONE, "Learnings", "L-00000001", "a learning", is_learning=True),
            EntryNews("moved", ONE, "Learnings", "L-00000002", "words", to="probe"),
            EntryNews("redacted", ONE, "Learnings", "L-00000003", "[redacted L-00000003 …]"),
        ),
        (RelationNews("resolves", "Resolves", OTHER, ONE),),
        (RelationNews("relates_to", "Related to", ONE, OTHER),),
        1,
        2,
        FindingNews((finding(),), (finding("records/b.md"),)),
        (
            PolicyChange("govkb.toml", "the settings have changed"),
            PolicyChange("govkb.toml", "`rules.ignore` switches REF off now", True),
        ),
        (Edit(ONE, ("owner",), ("Summary", "")), Edit(OTHER, (), ())),
        (ONE,),
    )


def strict(schema):
    """The schema as it is for its writer: nothing may be there that it doesn't describe."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: strict(part) for name, part in schema.items()}
    is_whole = schema.get("type") == "object" and "properties" in schema
    return made | ({"additionalProperties": False} if is_whole else {})


@pytest.mark.parametrize("review", [EMPTY, everything()])
def test_the_json_is_valid_and_the_schema_describes_all_of_it(review):
    document = json.loads(as_json.render(review))
    validator = jsonschema_rs.validator_for(strict(SCHEMA))
    assert [error.message for error in validator.iter_errors(document)] == []
    assert SCHEMA["properties"]["version"]["const"] == as_json.VERSION == document["version"]


def test_json_says_what_was_given():
    document = json.loads(as_json.render(everything()))
    assert document["moves"][0]["steps"][0]["probe"]["result"] == "not live"
    assert document["entries"][0]["is_breach"] is True
    assert document["entries"][1]["answers"] == [{"verb": "supersedes", "entry": "L-1a2b3c4d"}]
    assert document["mentions"] == {"gained": 1, "lost": 2}
    assert document["policy"][1]["is_loosened"] is True


def test_the_headline_counts_everything():
    assert wording.headline(everything()) == (
        "1 append-only entry broken, 1 check loosened, 1 record can't be read now, "
        "1 new record, 1 record gone, 1 record moved, 1 title changed, 3 values moved, "
        "1 probed again, 1 learning added, 1 entry added, 1 entry superseded, 1 entry redacted, "
        "1 entry moved, 1 relation gained, "
        "1 relation lost, 1 mention gained, 2 mentions lost, 1 finding added, 1 finding cured, "
        "1 policy file changed, 2 records edited"
    )


def test_rows_tell_what_nobody_may_overlook_first():
    rows = list(text.rows(everything()))
    assert [row[0] for row in rows[:2]] == ["BREACH entry edited", "LOOSENED"]
    told = {(what, where): said for what, where, said in rows}
    assert told["renamed", "probe"] == "→ probing"
    assert told["relation gained", "probe"] == (
        "Resolves INC-20260418-B  Probe first → Zero backups"
    )
    assert told["edited", "INC-20260418-B"] == "owner, “Summary”, the beginning"
    assert told["edited", "probe"] == "in form only"


def test_a_move_has_its_evidence_or_says_that_there_is_none():
    moves = [row for row in text.rows(everything()) if row[0] in ("severity", "status")]
    assert [row[2] for row in moves] == [
        "high → medium  2026-04-21 by reviewer; "
        "probe: the token (2026-04-20): not live; note: agreed",
        "none → active",
        "high, looked at again  2026-04-21 by reviewer; "
        "probe: the token (2026-04-20): not live; note: agreed",
        "low → high  no step in its history",
    ]


def test_of_several_steps_each_says_from_what_to_what():
    steps = ({"at": "2026-04-20", "to": "medium"}, {"at": "2026-04-21", "from": "medium"} | LAST)
    assert wording.evidence(Move(ONE, "severity", "high", "low", steps)) == (
        "2026-04-20; ? → medium / 2026-04-21 by me; medium → low"
    )


def test_markdown_begins_with_what_it_is_found_by_and_the_counts():
    lines = markdown.render(everything()).splitlines()
    assert lines[0] == markdown.MARKER
    assert lines[1].startswith("### ")
    assert lines[3].startswith("1 append-only entry broken, 1 check loosened, 1 record")
    assert "`1234567890ab`" in lines[3]


def test_markdown_of_nothing_says_so():
    assert "nothing changes" in markdown.render(EMPTY)
    assert "|" not in markdown.render(EMPTY)


def test_what_is_long_is_folded_away_but_never_what_is_broken():
    many = tuple(replace(ONE, id=f"INC-{n}") for n in range(9))
    broken = tuple(
        EntryNews("lost", ONE, "Learnings", f"L-0000000{n}", "", "x", is_breach=True)
        for n in range(9)
    )
    written = markdown.render(replace(EMPTY, new=many))
    assert written.count("<details>") == written.count("</details>") == 1
    assert "<details>" not in markdown.render(replace(EMPTY, new=many[:8]))
    assert "<details>" not in markdown.render(replace(EMPTY, entries=broken))


@pytest.mark.parametrize("number", [600, 20_000])
def test_what_does_not_fit_into_a_comment_is_counted(number):
    many = tuple(replace(ONE, id=f"INC-{n}", title="é" * 190) for n in range(number))
    review = replace(EMPTY, new=many, gone=many)
    written = markdown.render(review)
    assert len(written.encode()) <= markdown.MOST_BYTES
    shown = written.count("\n| `INC-") // 2
    assert 0 < shown < number
    assert written.count(f"{number - shown} more left out here") == 2
    assert f"New records ({number})" in written


HOSTILE = "</details><script>@team #1 | `x` [a](https://e.org)\n/close\n::error::x\x1b[31m"


def hostile():
    bad = Named("INC-1|`x`\n@team", HOSTILE, HOSTILE, HOSTILE, f"records/{HOSTILE}.md")
    step = {"at": HOSTILE, "by": HOSTILE, "to": HOSTILE, "probe": HOSTILE, "note": HOSTILE}
    entry = EntryNews("lost", bad, HOSTILE, "L-00000000", HOSTILE, HOSTILE, is_breach=True)
    return Review(
        HOSTILE,
        "0" * 40,
        (bad,),
        (bad,),
        (Rename(bad, replace(bad, id="x", path="y")),),
        (Retitle(bad, HOSTILE),),
        (Move(bad, HOSTILE, HOSTILE, HOSTILE, (step,)),),
        (entry, replace(entry, is_breach=False, to=HOSTILE)),
        (RelationNews(HOSTILE, HOSTILE, bad, bad),),
        (),
        0,
        0,
        FindingNews((finding(HOSTILE, HOSTILE),)),
        (PolicyChange(HOSTILE, HOSTILE), PolicyChange(HOSTILE, HOSTILE, True)),
        (Edit(bad, (HOSTILE,), (HOSTILE,)),),
        (bad,),
    )


def test_nothing_in_a_record_acts_on_a_forge():
    written = markdown.render(hostile())
    html = pyromark.html(written, options=pyromark.Options.ENABLE_TABLES)
    assert {tag for tag in ("<script", "<a ", "<img", "</details") if tag in html} == set()
    prose = "".join(part.partition("</code>")[2] for part in f"</code>{html}".split("<code>"))
    assert [word for word in ("@team", "#1", "://") if word in prose] == []
    assert not any(line.lstrip().startswith(("/", "::")) for line in written.splitlines())
    assert "\x1b" not in written


def test_no_cell_of_a_stranger_breaks_a_table():
    html = pyromark.html(markdown.render(hostile()), options=pyromark.Options.ENABLE_TABLES)
    for table in html.split("<table>")[1:]:
        head, _, body = table.partition("</thead>")
        for row in body.split("<tr>")[1:]:
            assert row.count("<td>") == head.count("<th>")


def test_rows_of_hostile_records_stay_rows():
    from govkb.reporting import tables

    rows = list(text.rows(hostile()))
    written = tables.divided(rows)
    assert len(written.splitlines()) == len(rows)
    assert "\x1b" not in written


def test_json_holds_what_no_unicode_can():
    review = replace(EMPTY, new=(replace(ONE, title="a\ud800b"),))
    assert json.loads(as_json.render(review))["new"][0]["title"] == "a\\ud800b"
