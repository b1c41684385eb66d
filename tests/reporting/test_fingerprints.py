from __future__ import annotations

from msgspec.structs import replace

from govkb.reporting.fingerprints import with_fingerprints


def fingerprints(*diagnostics):
    return [fingerprint for _, fingerprint in with_fingerprints(diagnostics)]


def test_no_two_of_a_report_are_the_same(diagnostics):
    found = fingerprints(*diagnostics, *diagnostics)
    assert len(set(found)) == len(found) == 2 * len(diagnostics)


def test_a_finding_stays_itself_when_it_moves(diagnostics):
    found = diagnostics[0]
    moved = replace(found, span=diagnostics[3].span, key="relates_to[7]", path="records/x.md")
    assert fingerprints(moved) == fingerprints(found)


def test_a_finding_stays_itself_when_it_ages(diagnostics):
    found = replace(diagnostics[0], message="due 2026-04-20, 12 days ago")
    older = replace(found, message="due 2026-04-20, 1,013 days ago")
    other = replace(found, message="due 2026-04-21, 12 days ago")
    assert fingerprints(older) == fingerprints(found) != fingerprints(other)


def test_another_finding_before_it_changes_nothing(diagnostics):
    assert fingerprints(*diagnostics)[1:] == fingerprints(*diagnostics[1:])


def test_without_a_record_the_file_counts(diagnostics):
    found = replace(diagnostics[0], record=None)
    assert fingerprints(found) != fingerprints(replace(found, path="records/x.md"))
