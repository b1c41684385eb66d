"""JUnit XML, which every CI can show: each diagnostic is a test case that failed.

A case is known again by its class and name, so neither has a line in it: a fault that moves stays
the same, and a second one in the same file is new. (With a case for each file it would hide behind
the first; and files that weren't asked for would count as passed.) Classes are files, written so
that Jenkins groups them by folder. Errors and warnings fail, as they fail the check; information
counts as skipped. Nothing found is one case that passed, since a report without any is taken for a
broken one.

The result is valid both for the XSD of Ant's JUnit reports and for that of Jenkins's xUnit plugin,
which is why cases have no attribute `file`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from xml.etree import ElementTree as xml

from govkb.diagnostics import Diagnostic, Severity
from govkb.knowledge_base import KnowledgeBase
from govkb.reporting.escaping import visible
from govkb.reporting.places import Sources
from govkb.reporting.text import block, summary

_NAME = "govkb check"


def render(diagnostics: Iterable[Diagnostic], base: KnowledgeBase) -> str:
    """One XML document with one test suite, in ASCII."""
    found = list(diagnostics)
    suites = xml.Element("testsuites")
    suite = xml.SubElement(suites, "testsuite", _counted(found, base))
    xml.SubElement(suite, "properties")
    suite.extend(_cases(found, Sources(base)))
    xml.SubElement(suite, "system-out").text = summary(found, len(base.results))
    xml.SubElement(suite, "system-err")
    xml.indent(suites)
    text: bytes = xml.tostring(suites, encoding="us-ascii", xml_declaration=True)
    return text.decode() + "\n"


def _counted(found: list[Diagnostic], base: KnowledgeBase) -> dict[str, str]:
    informing = sum(diagnostic.severity is Severity.INFO for diagnostic in found)
    return {
        "name": _NAME,
        "package": "govkb",
        "id": "0",
        "timestamp": f"{base.today}T00:00:00",
        "hostname": "localhost",
        "tests": str(len(found) or 1),
        "failures": str(len(found) - informing),
        "errors": "0",
        "skipped": str(informing),
        "time": "0",
    }


def _cases(found: list[Diagnostic], sources: Sources) -> list[xml.Element]:
    if not found:
        return [xml.Element("testcase", {"classname": "govkb", "name": "check", "time": "0"})]
    names: Counter[tuple[str, str]] = Counter()
    return [_case(diagnostic, sources, names) for diagnostic in found]


def _case(diagnostic: Diagnostic, sources: Sources, names: Counter[tuple[str, str]]) -> xml.Element:
    """The test case of a diagnostic, told apart from those in `names`, which it joins."""
    class_name = visible(diagnostic.path.removesuffix(".md").replace("/", "."))
    message = visible(diagnostic.message)
    name = f"{diagnostic.code} {diagnostic.slug}: {message}"
    names[class_name, name] += 1
    if names[class_name, name] > 1:
        name += f" ({names[class_name, name]})"
    case = xml.Element("testcase", {"classname": class_name, "name": name, "time": "0"})
    kind = "skipped" if diagnostic.severity is Severity.INFO else "failure"
    attributes = {"message": message, "type": diagnostic.severity.value}
    xml.SubElement(case, kind, attributes).text = block(diagnostic, sources)
    return case
