"""Types as data: what a declaration may say, and what it gets where it says something else."""

from __future__ import annotations

import pytest

from govkb.errors import ConfigurationError
from govkb.record_types import load_catalogue
from govkb.record_types.declarations import read_declaration
from govkb.record_types.description import describe
from govkb.record_types.vocabularies import (
    check_vocabulary,
    load_vocabulary,
    shipped_schema,
)
from govkb.template_files import TemplateFiles, shipped_templates

PLAYBOOK = """\
type: playbook
label: Playbook
purpose: What to do when the pager rings.
id: "PB-{seq:4}"
path: "playbooks/{id}-{slug}.md"
required: [title, system]
fields:
  system: {$ref: "#/$defs/text"}
  risk: {$ref: "#/$defs/likelihood"}
status:
  initial: draft
  draft: [live]
  live: []
requires_when:
  live: {fields: [owner], sections: [Rollback]}
sections:
  Steps: {required: true}
  Rollback: {}
  Log: {append_only: true}
relations: [relates_to, mitigates]
"""
RECORD = """\
---
id: PB-0001
title: Unseal the vault
system: vault
mitigates: INC-20260418-B
---

# Unseal the vault

## Steps

1. Enter three keys.
"""
INCIDENT = """\
---
id: INC-20260418-B
title: Zero backups for 74 days
severity: high
detected: 2026-04-18
---

# Zero backups for 74 days

## Summary

No backup was written. See PB-0001.
"""
PLACE = "records/playbooks/PB-0001-unseal-the-vault.md"
INCIDENT_PLACE = "records/incidents/INC-20260418-B-zero-backups-for-74-days.md"


@pytest.fixture
def with_type(project):
    """A project whose own templates declare the type playbook, with one text put for another."""

    def make(old="", new="", files=None):
        assert old in PLAYBOOK
        declaration = PLAYBOOK.replace(old, new) if old else PLAYBOOK
        return project({"templates/playbook/type.yaml": declaration, **(files or {})})

    return make


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("purpose:", "purpos:", 1, "purpos"),
        ("label: Playbook", "label: Playbook\nlable: Run", 3, "lable"),
        ("status:\n  initial: draft", "status:\n  initial: drft", 11, "'drft' is named"),
        ("draft: [live]", "draft: [live, retired]", 12, "'retired' is named"),
        ("live: {fields", "open: {fields", 15, "'open' is not declared"),
        ("[Rollback]", "[Roll back]", 15, "'Roll back' is not declared"),
        ("[relates_to, mitigates]", "[relates_to, mitigate]", 20, "'mitigate'"),
        ('"PB-{seq:4}"', '"PB-{seq}"', 4, "{seq} is no token"),
        ('"PB-{seq:4}"', '"PB-{sequence:4}"', 4, "is no token"),
        ('"playbooks/', '"../playbooks/', 5, "leads out of the records folder"),
        ('"playbooks/', '"/playbooks/', 5, "leads out of the records folder"),
        ("  Rollback: {}", "  Rollback: {appendonly: true}", 18, "appendonly"),
        ("type: playbook", "type: play-book", 1, "'play-book' is in the folder 'playbook'"),
        ("type: playbook", "type: [playbook]", 1, "`type`"),
        ("label: Playbook", "label: Playbook\nlabel: Run", 3, "'label' is written twice"),
        ("label: Playbook", "label: [Playbook", 2, "not valid YAML"),
        ("label: Playbook", "label: !!str Playbook", 2, "tag"),
        ("label: Playbook", "label: &l Playbook\nplural: *l", 3, "alias"),
        ("label: Playbook", f"label: {'[' * 30}{']' * 30}", 2, "a name of its own under"),
        ("label: Playbook", f"label: {'x' * 300_000}", 1, "leave out what none of them uses"),
    ],
)
def test_a_fault_of_a_declaration_names_file_line_and_value(with_type, old, new, line, words):
    catalogue = with_type(old, new).open().catalogue
    fault = catalogue.faults[0]
    assert fault.file.as_posix().endswith("templates/playbook/type.yaml")
    assert fault.type == "playbook"
    assert fault.line == line
    assert words in f"{fault.message} {fault.hint}"
    assert "playbook" not in catalogue.types
    assert set(catalogue.broken) == {"playbook"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("#/$defs/text", "#/$defs/txt", "no vocabulary is called 'txt'"),
        ('{$ref: "#/$defs/text"}', "{type: strin}", "strin"),
        ('{$ref: "#/$defs/text"}', "{type: string, pattern: '['}", "the pattern"),
        ('{$ref: "#/$defs/text"}', "{type: string, pattern: '(?=a)a'}", "look-around"),
        (
            '{$ref: "#/$defs/text"}',
            "{type: string, pattern: '((a{99}){99}){99}'}",
            "very large repeats",
        ),
        ('{$ref: "#/$defs/text"}', '{$ref: "https://example.org/schema.json"}', "example.org"),
        ('{$ref: "#/$defs/text"}', '{$ref: "file:///etc/passwd"}', "can't lead to"),
        ('{$ref: "#/$defs/text"}', '{$ref: "#/properties/title", default: 1}', "can't lead to"),
        ('{$ref: "#/$defs/text"}', '{anyOf: [{$dynamicRef: "#/x"}]}', "can't lead to"),
        ('{$ref: "#/$defs/text"}', "{type: string, default: 3}", "its default 3 is no value"),
    ],
)
def test_a_field_with_an_unusable_schema_names_the_field_with_its_line(with_type, old, new, words):
    (fault,) = with_type(old, new).open().catalogue.faults
    assert fault.line == 8
    assert words in fault.message


@pytest.mark.parametrize("content", ["", "- one\n", "just text\n"])
def test_a_declaration_that_is_no_mapping_is_refused(project, content):
    (fault,) = project({"templates/playbook/type.yaml": content}).open().catalogue.faults
    assert (fault.line, fault.message) == (1, "it must be a mapping of keys to values")


def test_a_vocabulary_may_have_thousands_of_values(project):
    values = "".join(f"      - component number {number}\n" for number in range(5_000))
    content = f"definitions:\n  component:\n    enum:\n{values}"
    assert project({"templates/vocabulary.yaml": content}).open().catalogue.faults == ()


def test_a_declaration_that_is_not_utf_8_is_refused(project):
    made = project({"templates/playbook/type.yaml": PLAYBOOK.encode("utf-16")})
    (fault,) = made.open().catalogue.faults
    assert fault.message == "not UTF-8 at byte 0"


def test_a_folder_in_the_repository_adds_a_type(with_type):
    made = with_type(files={PLACE: RECORD, INCIDENT_PLACE: INCIDENT})
    assert made.codes() == []
    base = made.load()
    assert [record.id for record in base.of_type("playbook")] == ["PB-0001"]
    assert [relation.source for relation in base.graph.incoming["INC-20260418-B"]] == ["PB-0001"]


def test_an_added_type_is_checked_like_every_other(with_type):
    text = (
        RECORD.replace("system: vault", "sytem: vault\nstatus: live\nrisk: maybe")
        .replace("## Steps", "## Step")
        .replace("INC-20260418-B", "INC-20260418-C")
    )
    codes = with_type(files={PLACE: text, INCIDENT_PLACE: INCIDENT}).codes()
    expected = ["FIELD001", "FIELD003", "FIELD004", "REF002", "SEC001", "STATE002", "STATE002"]
    assert sorted(codes) == expected


def test_a_folder_of_the_same_name_takes_the_place_of_a_shipped_type(project):
    declaration = (shipped_templates() / "incident" / "type.yaml").read_text("utf-8")
    own = declaration.replace(
        "Summary: {required: true}", "Summary: {}\n  Detection: {required: true}"
    )
    assert own != declaration
    made = project({"templates/incident/type.yaml": own, INCIDENT_PLACE: INCIDENT})
    (diagnostic,) = made.check()
    assert diagnostic.code == "SEC001"
    assert "Detection" in diagnostic.message


def test_other_types_stay_when_one_is_replaced(with_type):
    assert set(with_type().open().catalogue.types) >= {"incident", "decision", "playbook"}


def test_an_own_vocabulary_is_laid_over_the_shipped_one_name_by_name(project):
    vocabulary = "definitions:\n  severity:\n    enum: [sev1, sev2]\n"
    files = {"templates/vocabulary.yaml": vocabulary}
    good = INCIDENT.replace("severity: high", "severity: sev1").replace(" See PB-0001.", "")
    assert project({**files, INCIDENT_PLACE: good}).codes() == []
    (diagnostic,) = project(
        {**files, INCIDENT_PLACE: good.replace("severity: sev1", "severity: high")}
    ).check()
    assert diagnostic.code == "FIELD003"
    assert "sev1, sev2" in diagnostic.hint


def test_an_own_vocabulary_adds_fields_and_relations(with_type):
    vocabulary = (
        "fields:\n  cost: {type: integer}\n"
        "relations:\n  replaces_for_now: {label: Replaces for now, inverse: replaced_for_now}\n"
    )
    made = with_type(
        "[relates_to, mitigates]",
        "[relates_to, mitigates, replaces_for_now]",
        {
            "templates/vocabulary.yaml": vocabulary,
            PLACE: RECORD.replace("mitigates:", "cost: 3\nreplaces_for_now:"),
            INCIDENT_PLACE: INCIDENT,
        },
    )
    assert made.codes() == []
    (relation,) = made.load().graph.outgoing["PB-0001"]
    assert (relation.kind.name, relation.kind.inverse) == ("replaces_for_now", "replaced_for_now")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("fieldz: {}\n", "fieldz"),
        ("relations:\n  eats: {inverse: eaten_by}\n", "label"),
        ("definitions: [one]\n", "`definitions`"),
        ("definitions:\n  a: {}\n  a: {}\n", "'a' is written twice"),
        ("definitions:\n  a: {$ref: '#/$defs/a'}\n", "leads back to itself"),
    ],
)
def test_a_fault_of_the_vocabulary_names_file_and_value(project, content, words):
    catalogue = project({"templates/vocabulary.yaml": content}).open().catalogue
    (fault,) = catalogue.faults
    assert fault.file.as_posix().endswith("templates/vocabulary.yaml")
    assert words in fault.message
    assert "incident" in catalogue.types


def test_templates_may_be_in_another_folder(project):
    made = project(
        {
            "govkb.toml": 'templates = "governance/types"\n',
            "governance/types/playbook/type.yaml": PLAYBOOK,
            PLACE: RECORD.replace("mitigates: INC-20260418-B\n", ""),
        }
    )
    assert made.codes() == []


EVERYTHING = """\
type: adr
names: [ADR, Architecture decision]
label: ADR
purpose: A decision about the architecture.
id: "ADR-{seq:4}-{letter}"
path: "docs/{folders}{id}.md"
frontmatter: optional
from_body:
  date: {line: Date}
  status: [{section: Status}, {line: Status}]
  supersedes: {section: Status, after: [Supersedes, Supercedes]}
  source: {line: From, split: [brief, bullet]}
extra_fields: allow
numbered: true
frozen_after: ratified
letter_rule: {field: source.brief, at_least: 3}
row_ids: {column: ID, cited_as: [Roadmap items, IDs]}
created_paths: {said_by: [Added], excused_by: [Historical note]}
section_order: true
required: [title, tier]
fields:
  tier: {$ref: "#/$defs/size", default: full}
  sizes: {type: array, items: {$ref: "#/$defs/size"}}
  source: {type: object}
sections:
  Status:
  Context Pack: {required: true}
  Files touched:
    required: {tier: [full]}
    within: Context Pack
    aliases: [Touched files]
    may_be_empty: true
relations:
  supersedes: {to: [adr], at_least: 1, at_most: 2}
  relates_to:
  stands_in_for: {qualifiers: {scope: {$ref: "#/$defs/text"}}}
requires_when:
  closed: {fields: [tier], sections: [Status], related: [{to: [finding], by: [relates_to]}]}
"""
SIZES = """\
definitions:
  size: {enum: [full, lite], spellings: {"🐘 full": full}}
relations:
  stands_in_for: {label: Stands in for, targets: [adr, decision], list: true}
"""


@pytest.fixture
def everything(project):
    """A catalogue with a type that uses every key that may be left out."""
    files = {"templates/adr/type.yaml": EVERYTHING, "templates/vocabulary.yaml": SIZES}
    catalogue = project(files).open().catalogue
    assert catalogue.faults == ()
    return catalogue


def test_every_key_of_a_declaration_arrives(everything):
    adr = everything.types["adr"]
    assert adr.names == ("ADR", "Architecture decision")
    assert not adr.needs_frontmatter
    assert not adr.needs_known_fields
    assert adr.needs_section_order
    assert adr.is_numbered
    assert adr.frozen_after == "ratified"
    assert (adr.letter_rule.field, adr.letter_rule.at_least) == (("source", "brief"), 3)
    assert (adr.row_ids.column, adr.row_ids.cited_as) == ("ID", ("Roadmap items", "IDs"))
    assert adr.created_paths.said_by == ("Added",)
    assert adr.created_paths.excused_by == ("Historical note",)
    assert [source.line for source in adr.from_body["date"]] == ["Date"]
    assert [source.section for source in adr.from_body["status"]] == ["Status", None]
    assert adr.from_body["supersedes"][0].after == ("Supersedes", "Supercedes")
    assert adr.from_body["source"][0].split == ("brief", "bullet")
    (related,) = adr.demands["closed"].related
    assert (related.to, related.at_least, related.by) == (("finding",), 1, ("relates_to",))


def test_a_section_may_depend_on_a_field_and_stand_in_another(everything):
    files = everything.types["adr"].sections["Files touched"]
    assert not files.required
    assert files.required_for == {"tier": ("full",)}
    assert (files.within, files.aliases) == ("Context Pack", ("Touched files",))
    assert files.may_be_empty
    headings = everything.types["adr"].headings
    assert headings["Context Pack", "touched files"] is files
    assert (None, "touched files") not in headings


def test_a_relation_may_be_used_in_a_way_of_its_own(everything):
    uses = everything.types["adr"].uses
    assert (uses["supersedes"].to, uses["supersedes"].at_most) == (("adr",), 2)
    assert uses["relates_to"].to == ()
    assert uses["stands_in_for"].to == ("adr", "decision")
    assert uses["stands_in_for"].is_list
    assert set(uses["stands_in_for"].qualifiers) == {"scope"}


def test_a_field_with_a_default_may_be_left_out_though_it_is_required(everything):
    adr = everything.types["adr"]
    assert adr.required == ("id", "title")
    assert adr.defaults == {"tier": "full"}


def test_a_decorated_spelling_is_the_value_and_no_value_of_its_own(everything):
    adr = everything.types["adr"]
    assert adr.vocabulary_of("tier") == ("full", "lite")
    assert adr.canonical_value("tier", "🐘 full") == "full"
    assert adr.canonical_value("sizes", ["lite", "🐘 full", 3]) == ["lite", "full", 3]
    assert adr.canonical_value("title", "🐘 full") == "🐘 full"
    assert adr.validator.is_valid({"id": "x", "title": "x", "tier": "🐘 full"})
    assert not adr.validator.is_valid({"id": "x", "title": "x", "tier": "🐁 full"})


def test_without_statuses_every_text_is_one(everything):
    statuses = everything.types["adr"].statuses
    assert statuses.is_free
    assert statuses.names == ()
    assert statuses.initial == ""
    assert statuses.canonical("Superseded by 7") == "Superseded by 7"
    assert statuses.canonical("") is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("tier: [full]", "tier: [fulll]", "did you mean 'full'?"),
        ("tier: [full]", "teir: [full]", None),
        ("within: Context Pack", "within: Context", "the section 'Context' is not declared"),
        ("within: Context Pack", "within: Files touched", "stands in a section itself"),
        ("may_be_empty: true", "append_only: true", "under `##` only"),
        ("[Touched files]", "[Touched files, Status]", None),
        ("Context Pack: {required: true}", "Context Pack: {aliases: [status]}", "means both"),
        ("section: Status}", "section: State}", "the section 'State' is not declared"),
        ("to: [adr]", "to: [adrr]", "the type 'adrr' is not declared"),
        ("to: [finding]", "to: [findings]", "did you mean 'finding'?"),
        ("{seq:4}-{letter}", "{slug}-{letter}", "no form of the id has a number"),
        ("-{letter}", "", "no form of the id has a {letter}"),
        ("ADR-{seq:4}", "ADR-{folders}{seq:4}", "are for paths only"),
        ("default: full", "default: whole", "its default 'whole' is no value of it"),
        ("at_least: 3", "at_least: 1", "`letter_rule.at_least`"),
        ("frontmatter: optional", "frontmatter: never", "`frontmatter`"),
        ('{scope: {$ref: "#/$defs/text"}}', '{scope: {$ref: "#/$defs/txt"}}', "called 'txt'"),
        ("split: [brief", "after: By, split: [brief", "either `after` or `split`"),
        ("by: [relates_to]", "by: [relatesto]", "did you mean 'relates_to'?"),
    ],
)
def test_a_name_that_leads_nowhere_is_a_fault_with_the_nearest(project, old, new, words):
    assert old in EVERYTHING
    files = {
        "templates/adr/type.yaml": EVERYTHING.replace(old, new),
        "templates/vocabulary.yaml": SIZES,
    }
    faults = project(files).open().catalogue.faults
    told = " ".join(f"{fault.message} {fault.hint}" for fault in faults)
    assert bool(faults) == (words is not None)
    assert words is None or words in told


def test_a_type_that_refuses_unknown_fields_names_none_that_it_does_not_declare(project):
    text = EVERYTHING.replace("extra_fields: allow\n", "").replace("[title, tier]", "[title, teir]")
    files = {"templates/adr/type.yaml": text, "templates/vocabulary.yaml": SIZES}
    told = {f"{f.message}; {f.hint}" for f in project(files).open().catalogue.faults}
    assert "the field 'teir' is not declared; did you mean 'tier'?" in told
    assert any(fault.startswith("the field 'date' is not declared") for fault in told)


EXECUTION = "execution: {field: "
CLASSES = "items: {class: {section: Status, classes: {by: text,"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("site: {order: risks}\n", "the field 'risks' is not declared; did you mean 'risk'?"),
        ("site: {due: [risks]}\n", "the field 'risks' is not declared; did you mean 'risk'?"),
        ("site: {review: [risks]}\n", "the field 'risks' is not declared; did you mean 'risk'?"),
        ("site: {weight: mitigate}\n", "the relation 'mitigate' is not declared"),
        ("references: {sytem.owner: relates_to}\n", "the field 'sytem' is not declared"),
        ("references: {system: relatesto}\n", "no relation is called 'relatesto'"),
        ("agrees: {seq: risks}\n", "the field 'risks' is not declared"),
        ("agrees: {letter: risk}\n", "the token of the id 'letter' is not declared"),
        ("derived: {Age: {from: risks, to: risk}}\n", "the field 'risks' is not declared"),
        (
            f"{CLASSES} of: [risks]}}}}}}\n",
            "the field 'risks' is not declared; did you mean 'risk'?",
        ),
        (f"{CLASSES} of: [clas.text]}}}}}}\n", "the item 'clas' is not declared"),
        (f"{CLASSES} of: [class.by]}}}}}}\n", "the value of 'class' 'by' is not declared"),
        ("named_after: {risks: '{seq:4}-{slug}'}\n", "the field 'risks' is not declared"),
        ("named_after: {risk: '{sec}-{slug}'}\n", "{sec} is no token"),
        (f"{EXECUTION}risks, in: [live], done: [likely]}}\n", "the field 'risks' is not declared"),
        (f"{EXECUTION}risk, in: [lvie], done: [likely]}}\n", "the status 'lvie' is not declared"),
        (
            f"{EXECUTION}risk, in: [live], done: [likely], by: at}}\n",
            "the field 'at' is not declared",
        ),
        (
            f"{EXECUTION}risk, in: [live], done: [likely], shown: {{in: [likely], "
            "relations: [y]}}\n",
            "the relation 'y' is not declared",
        ),
        ("frozen_after: lvie\n", "the status 'lvie' is not declared; did you mean 'live'?"),
    ],
)
def test_what_depends_on_other_parts_is_held_against_them(with_type, more, words):
    made = with_type("sections:\n", f"{more}sections:\n")
    (fault,) = made.open().catalogue.faults
    assert words in f"{fault.message}; {fault.hint}"


def test_what_govkb_ships_is_without_fault():
    files = TemplateFiles((shipped_templates(),))
    vocabulary, faults = load_vocabulary(files)
    assert faults == []
    (file,) = files.layers("vocabulary.yaml")
    declaration = read_declaration(file, shipped_schema(files, "vocabulary.schema.yaml"))
    check_vocabulary(declaration, vocabulary.definitions, files.type_names())
    assert declaration.faults == []
    assert load_catalogue(files).faults == ()


def test_a_damaged_installation_says_so(tmp_path):
    with pytest.raises(ConfigurationError, match="is missing"):
        load_catalogue(TemplateFiles((tmp_path,)))


@pytest.mark.parametrize("name", TemplateFiles((shipped_templates(),)).type_names())
def test_each_shipped_type_can_be_in_force_alone(name):
    catalogue = load_catalogue(TemplateFiles((shipped_templates(),), (name,)))
    assert catalogue.faults == ()
    assert set(catalogue.types) == {name}


def test_a_field_and_a_relation_cannot_share_a_name(with_type):
    made = with_type("fields:\n", "fields:\n  mitigates: {type: string}\n")
    (fault,) = made.open().catalogue.faults
    assert (fault.line, fault.message) == (8, "`mitigates` is a relation already")


def test_a_field_of_its_own_counts_before_the_other_end_of_a_relation(with_type):
    made = with_type(
        "fields:\n",
        "fields:\n  mitigated_by: {type: integer}\n",
        {
            PLACE: RECORD.replace("mitigates:", "mitigated_by: 3\nmitigates:"),
            INCIDENT_PLACE: INCIDENT,
        },
    )
    assert made.codes() == []


def named(files, declared):
    """A project in which a record outside every folder says that it is of this type."""
    record = f"---\nid: PB-0001\ntype: {declared}\ntitle: Unseal\n---\n"
    return {"records/elsewhere/unseal.md": record, **files}


def test_a_type_may_be_written_in_other_ways_exactly_as_declared(with_type):
    made = with_type("label:", "names: [Playbook, play_book]\nlabel:").open()
    for declared in ("playbook", "Playbook", "play_book"):
        assert made.catalogue.type_of(declared, "x.md", None).name == "playbook"
    for declared in ("PLAYBOOK", "play-book", "play_book "):
        assert made.catalogue.type_of(declared, "playbooks/PB-0001.md", "PB-0001") is None


def test_other_names_of_a_broken_type_are_not_unknown(with_type):
    more = named({}, "play_book")
    broken = with_type("label:", "names: [play_book]\nlable:", more)
    assert "ID006" not in broken.codes()
    assert "ID006" in with_type("label:", "lable:", more).codes()


@pytest.mark.parametrize(
    ("names", "owner"),
    [("[Playbook, incident]", "incident"), ("[Run]", "drill")],
    ids=["the own name of another", "another name of another"],
)
def test_no_name_means_two_types(with_type, names, owner):
    drill = PLAYBOOK.replace("type: playbook", "type: drill\nnames: [Run]").replace("PB-", "DR-")
    files = {"templates/drill/type.yaml": drill.replace("playbooks/", "drills/")}
    catalogue = with_type("label:", f"names: {names}\nlabel:", files).open().catalogue
    (fault,) = catalogue.faults
    assert (fault.type, fault.line) == ("playbook", 2)
    assert f"already means the type {owner!r}" in fault.message
    assert "drill" in catalogue.types


def test_a_name_is_free_where_the_type_of_that_name_is_not_in_force(project):
    made = project(
        {
            "govkb.toml": 'types = ["incident"]\n',
            "templates/playbook/type.yaml": PLAYBOOK.replace("label:", "names: [adr]\nlabel:"),
        }
    )
    assert made.open().catalogue.type_of("adr", "x.md", None).name == "playbook"


def test_definitions_that_are_nothing_but_each_other_are_a_fault_of_both(project):
    circle = "definitions:\n  a: {$ref: '#/$defs/b'}\n  b: {$ref: '#/$defs/a'}\n"
    faults = project({"templates/vocabulary.yaml": circle}).open().catalogue.faults
    assert [(fault.line, "leads back" in fault.message) for fault in faults] == [
        (2, True),
        (3, True),
    ]


def test_a_definition_may_hold_others_of_its_kind(with_type):
    tree = "definitions:\n  tree: {type: array, items: {$ref: '#/$defs/tree'}}\n"
    files = {"templates/vocabulary.yaml": tree}
    made = with_type("#/$defs/text", "#/$defs/tree", files).open().catalogue
    assert made.faults == ()
    (steps,) = [f for f in describe(made.types["playbook"])["fields"] if f["vocabulary"] == "tree"]
    assert steps["kind"].startswith("list of: list of: ")
