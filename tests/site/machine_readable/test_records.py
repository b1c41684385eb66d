"""`records.json`, `records/ID.json` and `graph.json`."""

import json
from datetime import date
from importlib.resources import files

import jsonschema_rs
import pytest

from govkb.site.machine_readable import record_files
from govkb.site.machine_readable.json_text import json_text

INC = "records/incidents/{}.md"


def schema(name):
    text = files("govkb.site.machine_readable").joinpath(f"{name}.schema.json").read_text("utf-8")
    found = json.loads(text)
    jsonschema_rs.meta.validate(found)
    return jsonschema_rs.validator_for(found)


RECORDS, GRAPH = schema("records"), schema("graph")


def demand_described(made):
    RECORDS.validate(json.loads(made["records.json"]))
    GRAPH.validate(json.loads(made["graph.json"]))
    singles = [path for path in made if path.startswith("records/")]
    for path in singles:
        RECORDS.validate(json.loads(made[path]))
    return singles


@pytest.fixture
def two(incident):
    one = incident(
        body="## Summary\n\nSee INC-20260418-B.\n",
        record_id="INC-20260419-A",
        title="Second",
        detected="2026-04-19T08:00:00Z",
        extra="started: 2026-04-19T07:30:00Z\nresolved: 2026-04-20T08:00:00Z\n"
        "caused_by: {ref: INC-20260418-B, note: same key}\naliases: [second-outage]\n",
    )
    return {INC.format("a"): incident(), INC.format("b"): one}


def test_a_record_has_its_metadata_its_relations_and_what_follows(machine, two):
    made = machine(two)
    document = json.loads(made["records.json"])
    assert [record["id"] for record in document["records"]] == ["INC-20260418-B", "INC-20260419-A"]
    first, second = document["records"]
    assert second["metadata"]["started"] == "2026-04-19T07:30:00Z"
    assert second["aliases"] == ["second-outage"]
    assert second["page"] == "incidents/INC-20260419-A/"
    assert second["permanent"] == "r/INC-20260419-A/"
    assert second["path"] == INC.format("b")
    edge = {"kind": "caused_by", "in_force": True, "note": "same key", "qualifiers": {}}
    assert second["relations"]["outgoing"] == [{**edge, "record": "INC-20260418-B"}]
    assert first["relations"]["incoming"] == [{**edge, "record": "INC-20260419-A"}]
    figures = {f["label"]: (f["days"], f["seconds"]) for f in second["derived"]["figures"]}
    assert figures == {"Time to detect": (0, 1800), "Time to resolve": (1, 88200)}
    assert document["relations"]["caused_by"]["inverse"] == "causes"
    assert document["types"]["incident"]["page"] == "incidents/"
    assert document["site"]["address"] == "https://kb.example.org/team/"


def test_each_record_has_a_file_that_says_the_same(machine, two):
    made = machine(two)
    of_all = {r["id"]: r for r in json.loads(made["records.json"])["records"]}
    assert json.loads(made["records/INC-20260419-A.json"])["record"] == of_all["INC-20260419-A"]


def test_the_schemas_are_published_and_describe_the_files(machine, two):
    made = machine(two)
    assert len(demand_described(made)) == 2
    assert b"govkb-records" in made["records.schema.json"]
    assert b"govkb-graph" in made["graph.schema.json"]


def test_the_reference_knowledge_base_is_described(files_of, checkout):
    from govkb.workspace import Workspace

    made = files_of(Workspace.open(checkout).load(today=date(2026, 4, 22)))
    assert len(demand_described(made)) > 20
    entries = [e for r in json.loads(made["records.json"])["records"] for e in r["entries"]]
    assert entries, "the sealed entries are missing"


def test_the_schema_refuses_what_is_wrong(machine, two):
    document = json.loads(machine(two)["records.json"])
    document["records"][0]["relations"]["incoming"][0]["record"] = None
    assert not RECORDS.is_valid(document)


def test_no_records_make_valid_files(machine):
    made = machine({})
    assert demand_described(made) == []
    assert json.loads(made["records.json"])["records"] == []


def test_the_graph_has_every_record_and_every_edge(machine, two):
    mention = two[INC.format("b")].replace("caused_by", "unknown")
    graph = json.loads(machine({**two, INC.format("b"): mention})["graph.json"])
    assert [node["id"] for node in graph["nodes"]] == ["INC-20260418-B", "INC-20260419-A"]
    assert graph["edges"] == [
        {"source": "INC-20260419-A", "target": "INC-20260418-B", "kind": None, "in_force": True}
    ]
    assert graph["nodes"][0]["incoming"] == 1


def test_what_supersedes_and_what_is_waited_for_is_derived(machine, incident):
    adr = "---\nid: ADR-000{}\ntitle: T{}\nstatus: {}\ndate: 2026-04-18\n{}---\n\n## Context\n\nx\n"
    made = machine(
        {
            "records/adrs/ADR-0001-a.md": adr.format(1, 1, "superseded", ""),
            "records/adrs/ADR-0002-b.md": adr.format(2, 2, "accepted", "supersedes: ADR-0001\n"),
        }
    )
    found = {r["id"]: r for r in json.loads(made["records.json"])["records"]}
    assert found["ADR-0001"]["derived"]["superseded_by"] == ["ADR-0002"]


def test_hostile_text_is_data_and_nothing_else(machine, hostile):
    made = machine({INC.format("x"): hostile})
    demand_described(made)
    record = json.loads(made["records.json"])["records"][0]
    assert "</script><script>alert(1)</script>" in record["title"]
    # Characters that turn the direction of text are written out.
    assert all(byte < 128 for byte in made["records.json"])


def test_a_record_whose_id_is_no_file_name_has_no_file_of_its_own(machine, incident):
    made = machine({INC.format("x"): incident(record_id="../../etc/passwd")})
    assert demand_described(made) == []
    record = json.loads(made["records.json"])["records"][0]
    assert (record["id"], record["page"], record["permanent"]) == ("../../etc/passwd", None, None)
    assert not [path for path in made if ".." in path or path.startswith("/")]


def test_large_documents_come_in_pieces_that_belong_together(project, incident, monkeypatch):
    from govkb.site.addresses import Addresses
    from govkb.site.background import Background
    from govkb.site.machine_readable import Masthead, reference_files

    monkeypatch.setattr(record_files, "_PIECE", 10)
    texts = {INC.format(i): incident(record_id=f"INC-2026041{i}-A") for i in range(5)}
    base = project(texts).load()
    files = reference_files(Background(base), Addresses(), Masthead("x"))
    pieces = [content for path, content in files if path == "records.json"]
    assert len(pieces) == 6
    assert len(json.loads(b"".join(pieces))["records"]) == 5


def test_keys_are_sorted_and_all_is_ascii(machine, two):
    made = machine(two)
    for path in (path for path in made if path.endswith(".json") and "schema" not in path):
        text = made[path].decode("ascii")
        again = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
        assert text.replace("\n", "") == again


def test_the_files_do_not_depend_on_the_order_of_the_records(machine, two):
    moved = {path.replace("/a.md", "/z.md"): text for path, text in two.items()}
    one, other = machine(two), machine(moved)
    same = [path for path in one if path not in ("records.json", "records/INC-20260418-B.json")]
    assert {path: one[path] for path in same} == {path: other[path] for path in same}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (float("nan"), '"nan"'),
        ({"b": float("-inf"), "a": 1.5}, '{"a":1.5,"b":"-inf"}'),
        ({1: "x", "y": 2}, '{"1":"x","y":2}'),
        ({"d": date(2026, 4, 18)}, '{"d":"2026-04-18"}'),
        ("\ud800x", '"\\ufffdx"'),
        ("\U0001f600", '"\\ud83d\\ude00"'),
        ("\u2028</script>", '"\\u2028</script>"'),
    ],
)
def test_json_has_only_what_json_knows(value, text):
    assert json_text(value) == text
