"""What adoption makes of small trees: the settings and types it writes, and what it says."""

from __future__ import annotations

import tempfile
import textwrap
import tomllib
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govkb import checking
from govkb.config import load_config
from govkb.diagnostics import Severity
from govkb.record_types import load_catalogue
from govkb.scaffolding.adoption import Adoption, Inventory, adopt, load_shipped
from govkb.template_files import TemplateFiles
from govkb.workspace import Workspace
from govkb.workspace.adoption import write_adoption

SHIPPED = load_shipped()


def inventory(files: dict[str, str], **more) -> Inventory:
    texts = {path: textwrap.dedent(text).lstrip("\n").encode() for path, text in files.items()}
    return Inventory(texts, **more)


def adopted(files: dict[str, str], **more) -> Adoption:
    return adopt(inventory(files, **more), SHIPPED, "templates")


def type_of(adoption: Adoption, name: str) -> dict:
    return yaml.safe_load(adoption.files[f"templates/{name}/type.yaml"])


def guide(number: int, **fields: object) -> str:
    front = {"id": f"G-{number:03}", "title": f"Guide {number}", "type": "guide"} | fields
    return f"---\n{yaml.safe_dump(front)}---\n\n# Guide\n\n## Purpose\n\nText.\n"


def guides(count: int, **fields: object) -> dict[str, str]:
    return {f"guides/G-{n:03}.md": guide(n, **fields) for n in range(1, count + 1)}


NYGARD = """
    # 1. Use Postgres

    Date: 2024-03-01

    ## Status

    Accepted

    ## Context

    We need a database.

    ## Decision

    We use Postgres.

    ## Consequences

    One more thing to run.
    """


def test_a_declared_type_is_written_with_the_evidence_for_each_line():
    files = guides(19, owner="platform") | {"guides/G-020.md": guide(20)}
    adoption = adopted(files)
    text = adoption.files["templates/guide/type.yaml"]
    assert "# Inferred from 20 files: their `type` is guide." in text
    assert "  - id: G-{seq:3} # 20 files, such as G-001\n" in text
    assert "      - guides/{id}.md # 20 files\n" in text
    assert "  - owner # 19 of 20 files\n" in text
    assert "  Purpose: {required: true} # 20 files\n" in text
    assert type_of(adoption, "guide")["numbered"] is True


def test_a_field_that_fewer_have_is_not_required():
    files = guides(18, owner="platform") | {
        "guides/G-020.md": guide(20),
        "guides/G-021.md": guide(21),
    }
    assert "owner" not in type_of(adopted(files), "guide")["required"]


def test_an_empty_field_does_not_count_as_there():
    assert "note" not in type_of(adopted(guides(3, note="")), "guide")["required"]


def test_inherited_fields_count_and_are_told_apart():
    files = guides(3) | {
        f"{folder}/metadata.yaml": "owner: platform\ntype: guide\n"
        for folder in ("guides", "a", "b")
    }
    files["a/x.md"] = guide(90, owner="platform")
    adoption = adopted(files)
    assert (
        "  - owner # 4 files, 1 of them themselves\n" in adoption.files["templates/guide/type.yaml"]
    )
    assert 'file = "metadata.yaml" # 3 folders have one' in adoption.files["govkb.toml"]


def test_folders_of_which_nearly_all_have_a_sidecar_must_have_one():
    files = guides(3, owner="x", domain="y")
    files |= {f"charts/c{n}/metadata.yaml": "owner: x\ndomain: y\n" for n in range(4)}
    adoption = adopted(files, others=frozenset({"charts/c4/Chart.lock"}))
    assert '  "charts/*", # 4 have it; charts/c4 doesn\'t\n' in adoption.files["govkb.toml"]


def test_settings_of_tools_are_no_sidecars():
    files = guides(3, version="1.0", description="A")
    files |= {
        f"charts/c{n}/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1\ndescription: d\nx: y\n"
        for n in range(4)
    }
    assert "[inheritance]" not in adopted(files).files["govkb.toml"]


def test_fields_that_name_records_become_relations():
    files = guides(3, relates_to=["G-001"], see_also=["G-001", "G-002"])
    files |= {"guides/G-009.md": guide(9, relates_to=["GONE"])}
    adoption = adopted(files)
    assert set(type_of(adoption, "guide")["relations"]) == {"relates_to", "see_also"}
    assert "see_also: {label: See also}" in adoption.files["templates/vocabulary.yaml"]
    assert (
        "relates_to: {} # 4 files; 3 of 4 values name a record here"
        in (adoption.files["templates/guide/type.yaml"])
    )


def test_the_other_end_of_a_relation_brings_the_relation():
    adoption = adopted(guides(3, superseded_by=[]))
    assert "supersedes" in type_of(adoption, "guide")["relations"]


def test_names_of_other_things_are_no_relations():
    adoption = adopted(guides(4, dependencies=["module:vpc", "chart:kong"]))
    assert "relations" not in type_of(adoption, "guide")


def test_lists_that_the_repository_has_are_cited_and_its_slips_found():
    files = {f"guides/G-{n:03}.md": guide(n, domain="core") for n in range(1, 10)}
    files["guides/G-010.md"] = guide(10, domain="croe")
    files["schemas/enums.yaml"] = "domains: [core, cost]\nowners: [a]\ntiers: [x]\n"
    adoption = adopted(files)
    vocabulary = adoption.files["templates/vocabulary.yaml"]
    assert "  domains: {enum: [core, cost]} # schemas/enums.yaml: domains\n" in vocabulary
    assert type_of(adoption, "guide")["fields"]["domain"] == {"$ref": "#/$defs/domains"}


def test_undecorated_values_are_spellings_of_decorated_ones():
    files = {f"guides/G-{n:03}.md": guide(n, vq_class="🔴 HV/HQ") for n in range(1, 10)}
    files["guides/G-010.md"] = guide(10, vq_class="hv/hq")
    files["guides/G-011.md"] = guide(11, vq_class="🟢 HV/HQ")
    files["enums.yaml"] = 'vq_class: ["🔴 HV/HQ", "⚫ LV/LQ"]\na: [b]\nc: [d]\n'
    vocabulary = yaml.safe_load(adopted(files).files["templates/vocabulary.yaml"])
    assert vocabulary["definitions"]["vq_class"]["spellings"] == {"hv/hq": "🔴 HV/HQ"}


def test_fields_of_several_types_are_shared():
    files = guides(3, team="x")
    files |= {f"notes/n{n}.md": guide(n, id=f"n{n}", type="note", team="y") for n in range(3)}
    adoption = adopted(files)
    assert "team: {$ref: '#/$defs/text'} # 6 files" in adoption.files["templates/vocabulary.yaml"]
    assert "fields" not in type_of(adoption, "guide")


def test_a_field_of_one_file_among_many_is_left_out_and_named():
    files = guides(20) | {"guides/G-021.md": guide(21, onwer="x")}
    text = adopted(files).files["templates/guide/type.yaml"]
    assert "  # not declared: onwer, which only guides/G-021.md has\n" in text


def test_slips_are_left_out_and_named():
    values = ["high"] * 5 + ["low"] * 4 + ["Hi"]
    files = {f"guides/G-{n:03}.md": guide(n, risk=v) for n, v in enumerate(values, 1)}
    adoption = adopted(files)
    assert type_of(adoption, "guide")["fields"]["risk"] == {"enum": ["high", "low"]}
    assert "guides/G-010.md: risk is 'Hi', which others call 'high'" in adoption.summary


def test_a_slip_in_a_section_is_no_new_status_and_named():
    files = {f"adr/{n:04}-use-x.md": NYGARD for n in range(1, 10)}
    files["adr/0010-use-y.md"] = NYGARD.replace("Accepted", "Superseeded")
    adoption = adopted(files)
    assert "uperseeded" not in adoption.files["templates/adr/type.yaml"]
    assert "adr/0010-use-y.md: status is 'superseeded'" in adoption.summary


def test_statuses_are_declared_as_seen():
    files = {
        f"guides/G-{n:03}.md": guide(n, status=s)
        for n, s in enumerate(["draft", "active", "Active", "active"], 1)
    }
    status = type_of(adopted(files), "guide")["status"]
    assert status["initial"] == "draft"
    assert status["done"] == ["active"]
    assert status["synonyms"] == {"Active": "active"}
    assert status["draft"] == ["active"]


def test_statuses_for_which_a_type_has_no_word_are_values_of_a_field():
    files = {
        f"guides/G-{n:03}.md": guide(n, status=s) for n, s in enumerate(["todo", "done"] * 2, 1)
    }
    declared = type_of(adopted(files), "guide")
    assert "status" not in declared
    assert declared["fields"]["status"] == {"enum": ["todo", "done"]}


def test_the_exemption_field_frees_of_what_exempt_files_leave_out():
    files = guides(19, owner="x", exempt=False) | {"guides/G-020.md": guide(20, exempt=True)}
    text = adopted(files).files["govkb.toml"]
    assert 'field = "exempt" # 20 files have it, 1 with true' in text
    assert 'fields = ["owner"] # what those leave out' in text


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("guides/template.md", "a template to copy; no other file names it"),
        ("guides/guide-template.md", "a template to copy; no other file names it"),
        ("tests/fixtures/a/G-900.md", "1 file for tests or tools"),
        ("catalog/skeleton/docs.md", "1 file for tests or tools"),
    ],
)
def test_what_is_no_record_is_left_out(path, reason):
    adoption = adopted(guides(3) | {path: guide(900)})
    assert reason in adoption.files["govkb.toml"]
    assert "3 files" in adoption.summary


def test_a_template_that_others_name_is_a_record():
    files = guides(3, relates_to=["guide-template"]) | {
        "guides/guide-template.md": guide(4, id="guide-template")
    }
    assert "exclude" not in adopted(files).files["govkb.toml"]


def test_what_git_ignores_and_what_tools_fill_is_left_out_by_name():
    adoption = adopted(guides(3), skipped={"node_modules": 2}, ignored=("out",))
    text = adoption.files["govkb.toml"]
    assert '  "**/node_modules/**", # not read: 2 folders of this name\n' in text
    assert '  "/out", # git ignores it\n' in text


def test_special_characters_in_excluded_paths_mean_themselves():
    adoption = adopted(guides(3), ignored=("a*b/[c]",))
    assert r'"/a\\*b/\\[c\\]"' in adoption.files["govkb.toml"]


def adr(number, folder="adr"):
    front = f"id: ADR-{number:04}\ntitle: Use {number}\nstatus: accepted\n"
    body = "## Context\n\nWe choose.\n\n## Decision\n\nThis one.\n"
    return {f"{folder}/ADR-{number:04}-use-it.md": f"---\n{front}---\n\n# Use {number}\n\n{body}"}


def test_govkbs_own_type_serves_where_it_fits_and_makes_such_records():
    adoption = adopted(adr(1) | adr(2) | adr(3))
    assert set(adoption.files) == {"govkb.toml"}
    assert '  "adr", # 3 files need nothing else\n' in adoption.files["govkb.toml"]


def test_govkbs_own_type_is_fitted_where_its_new_records_would_go_elsewhere():
    folder = "docs/adr"
    adoption = adopted(adr(1, folder) | adr(2, folder) | adr(3, folder))
    assert set(adoption.files) == {"govkb.toml", "templates/adr/type.yaml"}
    declared = type_of(adoption, "adr")
    assert declared["forms"] == [{"id": "ADR-{seq:4}", "path": ["docs/adr/{id}-{slug}.md"]}]
    assert declared["aliases"] == ["ADR-{seq:4}"]


def test_govkbs_own_type_is_fitted_where_its_records_look_otherwise():
    adoption = adopted({f"doc/adr/{n:04}-use-x.md": NYGARD for n in range(1, 5)})
    declared = type_of(adoption, "adr")
    assert declared["forms"] == [{"id": "{seq:4}-{slug}", "path": ["doc/adr/{id}.md"]}]
    template = adoption.files["templates/adr/record.md.j2"]
    assert "Date: {{ date }}\n\n## Status\n\n{{ status | capitalize }}\n" in template
    assert not template.startswith("---")


def test_months_are_no_numbers():
    adoption = adopted({f"decisions/2026-{n:02}-use-x{n}.md": NYGARD for n in range(1, 5)})
    declared = type_of(adoption, "adr")
    assert declared["forms"][0]["id"] == "{year}-{month}-{slug}"
    assert not {"numbered", "aliases"} & declared.keys()


def test_a_long_purpose_stays_on_its_line():
    text = adopted({f"doc/adr/{n:04}-use-x.md": NYGARD for n in range(1, 5)}).files[
        "templates/adr/type.yaml"
    ]
    assert "\n...\n" not in text and "  ..." not in text
    assert yaml.safe_load(text)["purpose"].endswith("(Nygard or MADR).")


def test_what_is_outside_of_the_folders_of_records_is_not_looked_at():
    adoption = adopted(guides(19) | {"CONTRIBUTING.md": "# How to\n", "guides/plain.md": "# P\n"})
    assert '  "/guides/", # 19 files\n' in adoption.files["govkb.toml"]


@pytest.mark.parametrize(
    ("more", "globs"),
    [
        ({"old/guides/G-090.md": guide(90)}, ["/guides/", "/old/guides/"]),
        ({"guides/deep/G-090.md": guide(90)}, ["/guides/"]),
        ({"notes/2025/n1.md": guide(1, id="n1", type="note")}, ["/guides/", "/notes/"]),
        ({"odd/x.md": guide(90, type="Bad Type")}, ["/guides/", "/odd/"]),
    ],
)
def test_the_folders_of_records_are_named_once_each(more, globs):
    settings = tomllib.loads(adopted(guides(9) | more).files["govkb.toml"])
    assert settings["include"] == globs


@pytest.mark.parametrize(
    "more",
    [
        {"G-090.md": guide(90)},
        {"x.md": guide(90, type="Bad Type")},
        {f"f{n}/G-09{n}.md": guide(90 + n) for n in range(6)},
        {f"plain{n}.md": "# Plain\n" for n in range(9)},
    ],
)
def test_where_records_are_all_over_the_whole_repository_is_looked_at(more):
    assert "include" not in tomllib.loads(adopted(guides(9) | more).files["govkb.toml"])


def test_govkbs_own_type_is_fitted_where_the_files_are_elsewhere():
    files = {f"architecture/{n:04}-use-x.md": NYGARD for n in range(1, 4)}
    files["architecture/0004-use-y.md"] = NYGARD.replace("Accepted", "Parked")
    adoption = adopted(files)
    declared = type_of(adoption, "adr")
    assert declared["forms"] == [{"id": "{seq:4}-{slug}", "path": ["architecture/{id}.md"]}]
    assert declared["frontmatter"] == "optional"
    assert "  Parked: [" in adoption.files["templates/adr/type.yaml"]
    assert "types = []" in adoption.files["govkb.toml"]


def test_lists_of_decisions_are_no_decisions():
    files = {f"doc/adr/{n:04}-use-x.md": NYGARD for n in range(1, 4)}
    files["doc/adr/index.md"] = "# Decisions\n\n- [One](0001-use-x.md)\n"
    files["doc/adr/README.md"] = "# Decisions\n"
    adoption = adopted(files)
    assert (
        '  "/doc/adr/index.md", # a list of the records beside it\n'
        in (adoption.files["govkb.toml"])
    )
    assert "templates/document/type.yaml" not in adoption.files


def test_a_folder_of_plain_documents_needs_no_frontmatter():
    adoption = adopted({"docs/a.md": "# A\n", "docs/b/c.md": "# C\n", "README.md": "# R\n"})
    declared = type_of(adoption, "document")
    assert declared["frontmatter"] == "optional"
    assert declared["forms"] == [{"id": "{text}", "path": ["{folders}{id}.md"]}]


def test_where_nearly_all_have_frontmatter_those_without_lack_it():
    adoption = adopted(guides(19) | {"guides/plain.md": "# Plain\n"})
    assert "templates/document/type.yaml" not in adoption.files
    assert "1 file: no frontmatter, such as guides/plain.md" in adoption.summary


def test_a_type_that_only_one_file_has_is_told_not_declared():
    adoption = adopted(guides(11) | {"x.md": guide(20, type="giude")})
    assert "templates/giude/type.yaml" not in adoption.files
    assert "no other file has `type: giude`, such as x.md" in adoption.summary


def test_a_type_of_one_file_is_declared_where_the_repository_lists_it():
    files = guides(11) | {"x.md": guide(20, type="onboarding")}
    files["enums.yaml"] = "artifact_type: [guide, onboarding]\na: [b]\nc: [d]\n"
    assert "templates/onboarding/type.yaml" in adopted(files).files


def test_ids_that_no_form_of_the_type_has_are_named():
    files = guides(40) | {"guides/index.md": guide(99, id="GUIDE_INDEX")}
    assert "guide: 1 of 41, such as GUIDE_INDEX" in adopted(files).summary


def test_files_that_cannot_be_read_are_named():
    files = inventory(guides(3)).texts | {"bad.md": b"\xff\xfe", "open.md": b"---\nid: [\n---\n"}
    adoption = adopt(Inventory(files), SHIPPED)
    assert "bad.md: it is not UTF-8" in adoption.summary
    assert "open.md: not valid YAML" in adoption.summary


def test_nothing_invisible_gets_into_what_is_written():
    adoption = adopted(guides(3) | {"a\x1b[31m\nb/fixtures/x.md": "# X\n"})
    for text in (adoption.summary, *adoption.files.values()):
        assert "\x1b" not in text


def test_what_adoption_wrote_is_not_taken_for_what_was_there():
    files = guides(9, domain="core") | {"notes/n.md": guide(9, id="n", domain="cost")}
    first = adopted(files)
    again = adopted(files | {f: t for f, t in first.files.items() if f.endswith(".yaml")})
    assert again.files == first.files


NAMES = st.sampled_from(["owner", "status", "tags", "relates_to", "exempt", "x y", "done", "ünï"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=8) | st.just("{{ x }}"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)
DOCUMENTS = st.builds(
    lambda front, sections: (
        (f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n" if front is not None else "")
        + "# T\n\n"
        + "".join(f"## {s}\n\nText.\n\n" for s in sections)
    ),
    st.none()
    | st.fixed_dictionaries(
        {},
        optional={
            "id": st.text(max_size=8) | st.from_regex(r"[A-Z]{2}-[0-9]{2,4}(-x)?", fullmatch=True),
            "type": st.sampled_from(["guide", "note", "adr", "Bad Type", "status"]),
            "title": st.text(max_size=8),
        },
    ).flatmap(lambda front: st.dictionaries(NAMES, VALUES).map(lambda more: front | more)),
    st.lists(st.sampled_from(["Context", "Decision", "Scope: x", "#", "`code`"]), max_size=4),
)
PATHS = st.from_regex(
    r"((docs|a b|adr|\{x\}|fixtures)/){0,2}[A-Za-z0-9_. {}-]{1,8}\.md", fullmatch=True
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.dictionaries(PATHS, DOCUMENTS, max_size=8))
def test_whatever_is_there_the_result_can_be_loaded(files):
    adoption = adopt(
        Inventory({p: t.encode("utf-8", "replace") for p, t in files.items()}), SHIPPED
    )
    with tempfile.TemporaryDirectory() as folder:
        for path, text in adoption.files.items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        config = load_config(Path(folder))
        catalogue = load_catalogue(
            TemplateFiles.for_repository(Path(folder) / config.templates, config.types)
        )
    assert [fault.message for fault in catalogue.faults] == []
    assert {p.split("/")[1] for p in adoption.files if p.endswith("/type.yaml")} <= (
        catalogue.types.keys()
    )


@settings(deadline=None, max_examples=30)
@given(st.dictionaries(PATHS, DOCUMENTS, max_size=8), st.randoms())
def test_the_order_in_which_files_are_found_changes_nothing(files, random):
    texts = {path: text.encode("utf-8", "replace") for path, text in files.items()}
    shuffled = list(texts.items())
    random.shuffle(shuffled)
    assert adopt(Inventory(dict(shuffled)), SHIPPED) == adopt(Inventory(texts), SHIPPED)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=25)
@given(st.dictionaries(PATHS, DOCUMENTS, max_size=6))
def test_whatever_is_there_the_check_is_clean_afterwards(files):
    adoption = adopt(
        Inventory({p: t.encode("utf-8", "replace") for p, t in files.items()}), SHIPPED
    )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode("utf-8", "replace"))
        write_adoption(root, adoption)
        found = checking.check(Workspace.at(root).load())
    assert [d for d in found if d.severity is not Severity.INFO] == []


def test_a_new_record_has_no_section_twice_where_two_forms_are_in_use():
    """Half of the decisions say Context, the other half Context and Problem Statement."""
    nygard = "# {n}. Use git\n\nDate: 2024-01-02\n\n## Status\n\nAccepted\n\n"
    nygard += "## Context\n\nText.\n\n## Decision\n\nText.\n\n## Consequences\n\nText.\n"
    madr = "---\nstatus: accepted\ndate: 2025-01-02\n---\n\n# Use git\n\n"
    madr += "## Context and Problem Statement\n\nText.\n\n## Decision Outcome\n\nText.\n"
    files = {
        f"docs/adr/{n:04}-use-git-{n}.md": (nygard if n <= 4 else madr).format(n=n)
        for n in range(1, 9)
    }
    template = adopted(files).files["templates/adr/record.md.j2"]
    headings = [line for line in template.splitlines() if line.startswith("## ")]
    assert headings == [
        "## Context and Problem Statement",
        "## Decision Outcome",
        "## Consequences",
    ]
    assert template.count("{{ date }}") == template.count("{{ status }}") == 1


def test_types_without_records_are_in_force_where_they_are_asked_for():
    made = adopt(inventory(guides(3)), SHIPPED, also=["incident"])
    settings = tomllib.loads(made.files["govkb.toml"])
    assert settings["types"] == ["incident"]
    assert "/incidents/" in settings.get("include", ["/incidents/"])
