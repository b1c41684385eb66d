"""JUnit XML, which every CI can show: a file is a test case, and fails by what is wrong in it.

One case a file keeps the list as long as the knowledge base, whatever is found, and shows at once
which records are fine. Warnings fail as they fail the check; information stands in `system-out`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from xml.etree import ElementTree as xml

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reporting.escaping import visible

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(diagnostics: Iterable[Diagnostic], base: KnowledgeBase) -> str:
    """One XML document with a test suite, whose cases are in the order of their paths."""
    by_path: dict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in diagnostics:
        by_path[diagnostic.path].append(diagnostic)
    paths = sorted({result.path for result in base.results} | set(by_path))
    cases = [_case(path, by_path.get(path, [])) for path in paths]
    failures = sum(case.find("failure") is not None for case in cases)
    counts = {"tests": str(len(cases)), "failures": str(failures), "errors": "0", "time": "0"}
    suites = xml.Element("testsuites", {"name": "govkb check", **counts})
    suite = xml.SubElement(suites, "testsuite", {"name": "govkb check", **counts, "skipped": "0"})
    suite.extend(cases)
    xml.indent(suites)
    text = xml.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _case(path: str, found: list[Diagnostic]) -> xml.Element:
    folder = path.rpartition("/")[0].replace("/", ".")
    attributes = {"classname": folder or ".", "name": path, "file": path, "time": "0"}
    case = xml.Element("testcase", {name: _plain(value) for name, value in attributes.items()})
    failing = [d for d in found if d.severity is not Severity.INFO]
    informing = [d for d in found if d.severity is Severity.INFO]
    if failing:
        first = failing[0]
        more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
        message = _plain(f"{first.code} {first.slug}: {first.message}{more}")
        kind = "error" if any(d.severity is Severity.ERROR for d in failing) else "warning"
        failure = xml.SubElement(case, "failure", {"message": message, "type": kind})
        failure.text = "\n".join(_line(d) for d in failing)
    if informing:
        xml.SubElement(case, "system-out").text = "\n".join(_line(d) for d in informing)
    return case


def _line(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    place = f"{diagnostic.path}:{span.start.line}:{span.start.column}" if span else diagnostic.path
    hint = f" ({diagnostic.hint})" if diagnostic.hint else ""
    grade = diagnostic.severity.value
    text = f"{place} {grade} {diagnostic.code} {diagnostic.slug}: {diagnostic.message}{hint}"
    return _plain(text)


def _plain(text: str) -> str:
    """Text on one line that XML 1.0 can hold: not every character can stand in it."""
    return _NOT_XML.sub("\ufffd", visible(text))
