"""What a name leads to: one fixed order, and never a choice among several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govkb.graph import ResolutionKind, Resolver, build_graph
from govkb.workspace import Workspace

B = "INC-20260418-B"
LATER = "INC-20260420-B"
F1 = "F-2026-0421-GITLAB-BRIDGE-SILENT-DEGRADATION"
F2 = "F-2026-0421-BACKUP-BUCKET-NAME-MISMATCH"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (B, "id"),
        ("the-74-days", "alias"),
        ("INC-B", "alias"),
        ("INC-20260418-B-zero-backups", "stem"),
        ("incidents/INC-20260418-B-zero-backups.md", "path"),
        ("incidents/INC-20260418-B-zero-backups", "path"),
        ("records/incidents/INC-20260418-B-zero-backups.md", "path"),
        ("../incidents/INC-20260418-B-zero-backups.md", "path"),
        ("INC-20260418", "short-id"),
        ("INC-20260418-B-zero-backups.md", "stem"),
    ],
)
def test_every_way_to_name_a_record_leads_to_it(resolve, name, kind):
    text = f"---\nid: {B}\ntitle: T\naliases: [the-74-days]\n---\n"
    files = {"records/incidents/INC-20260418-B-zero-backups.md": text}
    assert resolve(name, {}, files=files) == (kind, B)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("docs/runbook.txt", "file"),
        ("../../docs/runbook.txt", "file"),
        ("README.md", "file"),
        ("https://example.org/x", "external"),
        ("pal-e-services#58", "external"),
        ("ldraney/pal-e-platform#297", "external"),
        ("@pal-e-platform#298", "external"),
        ("pdurlej/platform!379", "external"),
        ("#58", "unresolved"),
        ("INC-20260418-Z", "unresolved"),
        ("", "unresolved"),
        ("../../../../etc/passwd", "unresolved"),
        ("/etc/passwd", "unresolved"),
        ("javascript:alert(1)", "unresolved"),
    ],
)
def test_what_is_no_record_is_a_file_or_elsewhere_or_nothing(resolve, name, kind):
    files = {"docs/runbook.txt": "x", "README.md": "x"}
    assert resolve(name, {B: ()}, files=files) == (kind, [])


def test_a_bare_ticket_number_needs_the_repo_of_the_record(resolve):
    assert resolve("#58", {"citing": ("repo: pal-e-services",)}) == ("external", [])
    assert resolve("!28", {"citing": ("repo: pal-e-services",)}) == ("external", [])


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("id", "alias", "stem"), "id"),
        (("alias", "stem"), "alias"),
        (("stem", "path"), "stem"),
    ],
)
def test_the_first_step_that_finds_something_wins(resolve, kinds, expected):
    files = {
        "id": ("records/pitfalls/a.md", "---\nid: named\n---\n"),
        "alias": ("records/pitfalls/b.md", "---\nid: second\naliases: [named]\n---\n"),
        "stem": ("records/pitfalls/sub/named.md", "---\nid: third\n---\n"),
        "path": ("records/named.md", "---\nid: fourth\n---\n"),
    }
    chosen = dict(files[kind] for kind in kinds if kind != "path")
    kind, _ = resolve("named", {}, files=chosen)
    assert kind == expected


def test_two_candidates_of_one_step_are_never_chosen_between(resolve):
    files = {
        "records/pitfalls/a.md": "---\nid: one\naliases: [named]\n---\n",
        "records/pitfalls/b.md": "---\nid: two\naliases: [named]\n---\n",
        "records/pitfalls/named.md": "---\nid: three\n---\n",
    }
    assert resolve("named", {}, files=files) == ("ambiguous", ["one", "two"])


def test_a_duplicate_id_is_ambiguous(resolve):
    files = {f"records/pitfalls/{name}.md": "---\nid: same\n---\n" for name in "ab"}
    assert resolve("same", {}, files=files) == ("ambiguous", ["same", "same"])


def test_a_date_that_two_findings_share_names_neither(resolve):
    assert resolve("F-2026-0421", {F1: (), F2: ()}) == ("ambiguous", sorted([F1, F2]))
    assert resolve("F-2026-0421", {F1: ()}) == ("short-id", F1)


@pytest.mark.parametrize(
    "name", ["F-2026-04", "F-2026-0421-BACKUP-BUCK", "F-2026-0421-BACKUP", "probe", "probe-before"]
)
def test_half_a_word_is_no_short_id(resolve, name):
    assert resolve(name, {F1: (), F2: (), "probe-before-classify": ()})[0] == "unresolved"


@pytest.mark.parametrize(
    ("citing", "expected"),
    [
        ("DEC-20260418-drill", ("alias", B)),
        ("DEC-20260420-drill", ("alias", LATER)),
        ("DEC-20260419-drill", ("ambiguous", [B, LATER])),
        ("citing", ("ambiguous", [B, LATER])),
    ],
)
def test_a_short_form_means_the_record_of_the_citing_records_day(resolve, citing, expected):
    assert resolve("INC-B", {B: (), LATER: ()}, citing) == expected


def test_a_short_form_that_only_one_record_has_needs_no_day(resolve):
    assert resolve("EVO-004", {"EVO-2026-0420-004": ()}) == ("alias", "EVO-2026-0420-004")


def test_the_day_of_a_record_without_one_in_its_id_is_its_date(resolve):
    records = {B: (), LATER: (), "citing": ("date: 2026-04-20",)}
    assert resolve("INC-B", records) == ("alias", LATER)


@pytest.mark.parametrize("name", ["broken", "pitfalls/broken.md", "claimed", "broken.md"])
def test_a_record_that_cannot_be_read_is_not_missing(resolve, name):
    files = {"records/pitfalls/broken.md": "---\nid: claimed\na: [\n---\n"}
    assert resolve(name, {}, files=files) == ("unreadable", [])


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("INC-20260418-Z", B),
        ("F-gitlab-bridge-silent-degrade", F1),
        ("F-2026-0421-BACKUP-BUCKET", F2),
        ("inc-20260418-b", B),
        ("probe-before-clasify", "probe-before-classify"),
        ("pitfalls/probe-before-clasify.md", "probe-before-classify"),
        ("DEC-20260420-attribution", "DEC-20260420-attribution-cutover"),
    ],
)
def test_the_nearest_record_is_suggested_first(graph_of, name, nearest):
    ids = (B, F1, F2, "probe-before-classify", "DEC-20260420-attribution-cutover")
    graph = graph_of(dict.fromkeys(ids, ()))
    assert graph.resolver.nearest(name)[0].id == nearest


@pytest.mark.parametrize("name", ["", "xyzzy", "#58", "🚒"])
def test_nothing_is_suggested_where_nothing_is_near(graph_of, name):
    graph = graph_of(dict.fromkeys((B, F1, "probe-before-classify"), ()))
    assert graph.resolver.nearest(name) == []


def test_the_short_id_can_be_the_number_in_the_file_name(resolve):
    files = {"records/pitfalls/RB-0007-unlock.md": "---\nid: unlock-the-state\n---\n"}
    assert resolve("RB-0007", {}, files=files) == ("short-id", "unlock-the-state")


def test_only_a_day_in_the_id_decides_between_short_forms(resolve):
    files = {
        f"records/adr/ADR-0164-{slug}.md": f"---\nid: ADR-0164-{slug}\ndate: 2026-04-{day}\n---\n"
        for slug, day in (("trust", 20), ("teardown", 21))
    }
    kind, ids = resolve("ADR-0164", {}, "DEC-20260421-x", files=files)
    assert (kind, ids) == ("ambiguous", ["ADR-0164-teardown", "ADR-0164-trust"])


def test_a_single_word_means_the_same_from_every_folder(resolve):
    files = {"records/pitfalls/LICENSE": "x", "TERMS": "x"}
    assert resolve("LICENSE", {}, files=files)[0] == "unresolved"
    assert resolve("./LICENSE", {}, files=files)[0] == "file"
    assert resolve("TERMS", {}, files=files)[0] == "file"


def test_a_folder_means_its_readme_where_that_is_a_record(resolve):
    files = {
        "govkb.toml": 'records = "."\n',
        "modules/vpc/README.md": "---\nid: vpc\n---\n",
        "modules/rds/main.tf": "x",
        "records/pitfalls/citing.md": "---\nid: citing\n---\n",
    }
    for name in ("modules/vpc", "modules/vpc/", "../../modules/vpc", "MODULES_VPC_README"):
        assert resolve(name, {}, files=files) == ("readme", "vpc")
    assert resolve("modules/rds", {}, files=files) == ("file", [])


NUMBERED = {
    "DEC-20260420-argocd-contract": (),
    "DEC-20260422-tdd-philosophy": (),
    "DEC-20260422-rds-state": (),
}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("DEC-20260420-tdd-philosophy", "contradicting"),
        ("DEC-20260420-tdd-philosophy.md", "contradicting"),
        ("DEC-20260422-tdd-philosophy", "id"),
        ("DEC-20260421-tdd-philosophy", "unresolved"),
        ("DEC-20260420-tdd", "unresolved"),
        ("INC-20260420-tdd-philosophy", "unresolved"),
        ("DEC-20260420", "short-id"),
        ("DEC-20260422", "ambiguous"),
    ],
)
def test_a_number_and_words_that_disagree_are_never_resolved_by_the_number(resolve, name, kind):
    assert resolve(name, NUMBERED)[0] == kind


def test_a_contradiction_names_both_records(graph_of):
    graph = graph_of({**NUMBERED, "citing": ("relates_to: [DEC-20260420-tdd-philosophy]",)})
    (found,) = graph.resolved_as(ResolutionKind.CONTRADICTING)
    assert [r.id for r in found.resolution.candidates] == ["DEC-20260420-argocd-contract"]
    assert [r.id for r in found.resolution.meant] == ["DEC-20260422-tdd-philosophy"]
    assert graph.relations == ()


def test_a_decorated_reference_means_its_id(graph_of):
    graph = graph_of(
        {B: (), "citing": (f"relates_to: [{B} (Zero backups), 'INC-20260418-C (x)']",)}
    )
    kinds = [c.resolution.kind.value for c in graph.citations]
    assert kinds == ["decorated", "unresolved"]
    assert [r.target for r in graph.outgoing["citing"]] == [B]


def test_what_was_renamed_is_found_under_its_new_name(resolve):
    settings = '[references.renamed]\n"old/charts/" = "new/"\n"notes.txt" = "docs/notes.txt"\n'
    files = {"govkb.toml": settings, "new/a.tf": "x"}
    for name in ("old/charts/a.tf", "old/charts/gone.tf", "notes.txt"):
        assert resolve(name, {B: ()}, files=files)[0] == "renamed"
    assert resolve("old/chartsx/a.tf", {B: ()}, files=files)[0] == "unresolved"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("#58", "https://git.example.org/acme/platform/issues/58"),
        ("!28", "https://git.example.org/acme/platform/merge_requests/28"),
        ("services#58", "https://git.example.org/acme/services/issues/58"),
        ("@services#58", "https://git.example.org/acme/services/issues/58"),
        ("other/services#58", "https://git.example.org/other/services/issues/58"),
        ("board#1064", "https://board.example.org/1064"),
        ("third/x!5", "https://third.example.org/third/x/5"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_tickets_have_the_address_that_the_settings_give_them(graph_of, name, address):
    settings = """[references]
repo = "platform"
owner = "acme"

[references.urls]
"#" = "https://git.example.org/{repo}/issues/{number}"
"!" = "https://git.example.org/{repo}/merge_requests/{number}"
board = "https://board.example.org/{number}"
third = "https://third.example.org/{repo}/{number}"
"""
    graph = graph_of({"citing": (f"relates_to: ['{name}']",)}, {"govkb.toml": settings})
    (found,) = graph.citations
    assert (found.resolution.kind.value, found.resolution.address) == ("external", address)


def test_without_a_template_a_ticket_has_no_address(graph_of):
    graph = graph_of({"citing": ("relates_to: ['services#58']",)})
    assert graph.citations[0].resolution.address is None


def test_a_ticket_can_be_the_declared_alias_of_a_record(graph_of):
    records = {"one": ("aliases: ['platform#297']",), "citing": ("", "It is platform#297.")}
    assert [r.target for r in graph_of(records).outgoing["citing"]] == ["one"]


def test_a_record_with_a_fragment_that_is_a_number_is_no_ticket(resolve):
    assert resolve(f"{B}#2", {B: ()})[0] == "unresolved"


PARTS = "## Decision\n\n### F-a Snapshots\n\n### F-b: Velero\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("F-a", ("alias", "DEC-20260421-F")),
        ("F-b", ("alias", "DEC-20260421-F")),
        ("F-c", ("unresolved", [])),
        ("G-a", ("unresolved", [])),
    ],
)
def test_an_option_is_a_part_of_the_record_with_its_letter(resolve, name, expected):
    records = {"DEC-20260421-F": ("", PARTS), "INC-20260421-F": ()}
    assert resolve(name, records) == expected


def test_an_option_of_two_decisions_is_that_of_the_citing_records_day(resolve):
    records = {"DEC-20260421-F": ("", PARTS), "DEC-20260420-F": ("", PARTS)}
    assert resolve("F-a", records, "DEC-20260420-x") == ("alias", "DEC-20260420-F")
    assert resolve("F-a", records) == ("ambiguous", ["DEC-20260420-F", "DEC-20260421-F"])


def test_a_name_on_a_command_line_needs_no_citing_record(graph_of):
    resolver = graph_of({B: (), LATER: ()}).resolver
    for name in (B, f"incidents/{B}.md", f"records/incidents/{B}.md"):
        assert resolver.resolve_name(name).record.id == B
    assert resolver.resolve_name("INC-B").kind.value == "ambiguous"
    assert resolver.resolve_name("#58").kind.value == "unresolved"


PHASES = (
    "phase-pal-e-platform-28-keycloak-smtp",
    "phase-pal-e-platform-17b-keycloak-declarative-onboarding",
    "phase-pal-e-platform-29-keycloak-realms",
    "phase-pal-e-mail-3-archive",
)


def test_a_phase_that_is_not_there_suggests_the_one_with_its_number(graph_of):
    resolver = graph_of(dict.fromkeys(PHASES, ())).resolver
    name = "phase-platform-28-keycloak-declarative-onboarding"
    assert resolver.nearest(name)[0].id == PHASES[0]


@pytest.mark.parametrize("name", ["INC20260418B", "INC-2026-0418-B", "INC-20260418B"])
def test_dashes_in_the_wrong_places_are_no_obstacle(graph_of, name):
    assert graph_of({B: (), F1: ()}).resolver.nearest(name)[0].id == B


RECORDS = {
    **NUMBERED,
    B: ("aliases: [the-74-days, 'x#1']",),
    LATER: (
        "relates_to: [INC-B, DEC-20260420-tdd-philosophy, gone]",
        "INC-B and a#1. DEC-20260421-F",
    ),
    "DEC-20260421-F": ("relates_to: [F-a]", PARTS),
    "probe": (),
}


NAMES = [
    *RECORDS, "INC-B", "INC-20260418", "DEC-20260422", "F-a", "F-b", "the-74-days", "x#1", "any",
    "any/probe", "records/any/probe.md", "DEC-20260420-tdd-philosophy", "INC-A/B", "../any/probe",
    "DEC-20260420-argocd-contract (x)", "DEC-20260421-F.a", "#1",
]  # fmt: skip


@given(st.permutations(sorted(RECORDS)), st.text(max_size=30) | st.sampled_from(NAMES))
def test_the_order_of_the_files_never_changes_what_a_name_means(loaded, order, name):
    catalogue, results = loaded
    ordered = sorted(results, key=lambda r: order.index(r.record.id))
    one, other = Resolver(results), Resolver(ordered)
    for result in results:
        assert _meaning(one, name, result.record) == _meaning(other, name, result.record)
    assert [r.id for r in one.nearest(name)] == [r.id for r in other.nearest(name)]
    edges = [sorted(map(str, build_graph(r, catalogue).relations)) for r in (results, ordered)]
    assert edges[0] == edges[1]


def _meaning(resolver, name, citing):
    found = resolver.references(name, citing)
    return [
        (
            part,
            r.kind,
            r.record and r.record.id,
            *({x.id for x in some} for some in (r.candidates, r.meant)),
        )
        for part, r in found
    ]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    root = tmp_path_factory.mktemp("loaded")
    for record_id, given_lines in RECORDS.items():
        extra, body = (*given_lines, "", "")[:2]
        file = root / "records" / "any" / f"{record_id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\nid: {record_id}\ntitle: T\n{extra}\n---\n\n# T\n\n{body}\n")
    workspace = Workspace.at(root)
    return workspace.catalogue, list(workspace.load().results)
