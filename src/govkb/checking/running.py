"""Runs the rules. What they find comes back whole: nothing is selected, graded or hidden here."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from functools import cache

from govkb.diagnostics import Diagnostic
from govkb.knowledge_base import KnowledgeBase, Terms
from govkb.reading import ReadResult
from govkb.rules import Rule, all_rules
from govkb.rules.registry import BaseCheck, FileCheck, RecordCheck


def file_findings(result: ReadResult, terms: Terms) -> tuple[Diagnostic, ...]:
    """What reading a file came upon, and what the rules about single files say about it.

    It depends on nothing else, so that it can be kept for as long as the file stays the same.
    """
    found = [_reading_rules()[fault.kind].at_fault(result, fault) for fault in result.faults]
    for check_file in _file_checks():
        found += check_file(result, terms)
    record = result.record
    if record is not None and record.type is not None:
        for check_record in _record_checks():
            found += check_record(record, terms)
    return tuple(found)


def base_findings(base: KnowledgeBase, codes: Container[str] | None = None) -> Iterator[Diagnostic]:
    """What the rules about all records together say; with `codes` only those that have one."""
    for code, check_base in _base_checks().items():
        if codes is None or code in codes:
            yield from check_base(base)


def all_findings(base: KnowledgeBase, codes: Container[str]) -> Iterator[Diagnostic]:
    """What all rules say; what they said about single files before isn't asked again.

    Of the rules about all records only those with these codes are asked, as nothing of theirs is
    kept for another time.
    """
    for result in base.results:
        if base.file_findings is None:
            yield from file_findings(result, base.terms)
        else:
            yield from base.file_findings[result.path]
    yield from base_findings(base, codes)


# Looked up once for ten thousand files.
@cache
def _reading_rules() -> Mapping[str, Rule]:
    return {r.rule.slug: r.rule for r in all_rules() if r.stands_for_faults}


@cache
def _file_checks() -> tuple[FileCheck, ...]:
    return tuple(r.check_file for r in all_rules() if r.check_file is not None)


@cache
def _record_checks() -> tuple[RecordCheck, ...]:
    return tuple(r.check_record for r in all_rules() if r.check_record is not None)


@cache
def _base_checks() -> Mapping[str, BaseCheck]:
    return {r.rule.code: r.check_base for r in all_rules() if r.check_base is not None}
