"""What a name leads to: one fixed order, and never a choice among several."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("name", ["F-2026-04", "F-2026-0421-BACKUP-BUCK", "probe", "probe-before"])
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
