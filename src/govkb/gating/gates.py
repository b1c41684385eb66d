"""The settings `[changes]`: the gates that a change has to pass."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from msgspec import Struct

from govkb.diagnostics import Severity
from govkb.settings_table import SettingsTable

# What bypasses can name beside the gates that have names of their own.
CHECKLIST, REVIEW, TRACE = "checklist", "review", "trace"


class Artifact(Struct, frozen=True):
    """What a change can bring along: a file that fits a glob, or a record of a type."""

    name: str
    files: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


class Gate(Struct, frozen=True):
    """Asks for artifacts and reviewers where one of its files is touched or a label is set."""

    name: str
    files: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR


class Bypass(Struct, frozen=True):
    """A label that lets a change past gates, if all is true that it claims.

    `only_files`: whatever is touched fits; `touches`: something does; `most_lines`: no more lines
    are changed; `targets` and `authors`: where it goes and who it is from.
    """

    label: str
    gates: tuple[str, ...]
    only_files: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()
    most_lines: int | None = None
    targets: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


class Checklist(Struct, frozen=True):
    """Each section of a change's body has a box ticked; named lines say something.

    Without `sections` these are all that have boxes. `agent_lines` are asked of agents only.
    """

    sections: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    agent_lines: tuple[str, ...] = ()


class ReviewGate(Struct, frozen=True):
    """At least so many reviewers besides the author, a person among them where that is an agent.

    `agents` and `people` are patterns for names; without `people` whoever is no agent is a person.
    """

    least: int = 1
    agents: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


class Trace(Struct, frozen=True):
    """Each of these files is named in a record of each of these types."""

    files: tuple[str, ...]
    types: tuple[str, ...]


class GateSettings(Struct, frozen=True):
    """All that changes have to satisfy; nothing by default."""

    artifacts: Mapping[str, Artifact] = {}
    gates: tuple[Gate, ...] = ()
    bypasses: tuple[Bypass, ...] = ()
    checklist: Checklist | None = None
    review: ReviewGate | None = None
    traces: tuple[Trace, ...] = ()

    @property
    def number(self) -> int:
        """How many gates there are."""
        return len(self.gates) + len(self.traces) + sum(map(bool, (self.checklist, self.review)))


def read_gates(table: SettingsTable) -> GateSettings:
    """The gates; raises ConfigurationError for what can't be one."""
    artifacts = table.table("artifacts")
    settings = GateSettings(
        artifacts={name: _artifact(name, artifacts.table(name)) for name in artifacts.names()},
        gates=tuple(_gate(part) for part in table.tables("gates")),
        bypasses=tuple(_bypass(part) for part in table.tables("bypasses")),
        checklist=_checklist(table.table("checklist")) if "checklist" in table.names() else None,
        review=_review(table.table("review")) if "review" in table.names() else None,
        traces=tuple(_trace(part) for part in table.tables("traces")),
    )
    _refuse_unknown(settings, table)
    return table.finished(settings)


def _artifact(name: str, table: SettingsTable) -> Artifact:
    found = table.finished(Artifact(name, table.globs("files"), table.texts("types")))
    if not found.files and not found.types:
        raise table.fault(
            "files", "is missing: say which files count, or with `types` which records"
        )
    return found


def _gate(table: SettingsTable) -> Gate:
    found = table.finished(
        Gate(
            table.text("name") or "",
            table.globs("files"),
            table.texts("labels"),
            table.texts("needs"),
            table.texts("reviewers"),
            table.choice("severity", Severity) if "severity" in table.names() else Severity.ERROR,
        )
    )
    _refuse_nameless(table, "name", found.name, "log-required")
    if found.name in (CHECKLIST, REVIEW, TRACE):
        raise table.fault("name", f"is {found.name!r}, which is the name of another kind of gate")
    if not found.files and not found.labels:
        raise table.fault("files", "is missing: say what it is about, or with `labels`")
    if not found.needs and not found.reviewers:
        raise table.fault("needs", "is missing: say what it asks for, or with `reviewers` whom")
    return found


def _bypass(table: SettingsTable) -> Bypass:
    found = table.finished(
        Bypass(
            table.text("label") or "",
            table.texts("gates"),
            table.globs("only_files"),
            table.globs("touches"),
            table.number("most_lines") if "most_lines" in table.names() else None,
            table.texts("targets"),
            table.texts("authors"),
        )
    )
    _refuse_nameless(table, "label", found.label, "docs-only")
    if not found.gates:
        raise table.fault("gates", "is missing: name the gates that the label lets a change past")
    return found


def _checklist(table: SettingsTable) -> Checklist:
    return table.finished(
        Checklist(table.texts("sections"), table.texts("lines"), table.texts("agent_lines"))
    )


def _review(table: SettingsTable) -> ReviewGate:
    least = table.number("least") if "least" in table.names() else 1
    return table.finished(ReviewGate(least, table.texts("agents"), table.texts("people")))


def _trace(table: SettingsTable) -> Trace:
    found = table.finished(Trace(table.globs("files"), table.texts("types")))
    for key in ("files", "types"):
        if not getattr(found, key):
            raise table.fault(key, "is missing: each of `files` is named in a record of each type")
    return found


def _refuse_nameless(table: SettingsTable, key: str, name: str, example: str) -> None:
    if not name:
        raise table.fault(key, f"is missing, such as {example!r}")


def _refuse_unknown(settings: GateSettings, table: SettingsTable) -> None:
    """Raises ConfigurationError for a name that stands for nothing, or for two things."""
    names = [gate.name for gate in settings.gates]
    twice = next((name for n, name in enumerate(names) if name in names[:n]), None)
    if twice is not None:
        raise table.fault("gates", f"has two that are called {twice!r}")
    for number, gate in enumerate(settings.gates):
        _refuse(gate.needs, settings.artifacts, table, f"gates[{number}].needs", "artifact")
    known = (*names, CHECKLIST, REVIEW, TRACE)
    for number, bypass in enumerate(settings.bypasses):
        _refuse(bypass.gates, known, table, f"bypasses[{number}].gates", "gate")


def _refuse(
    named: Iterable[str], known: Iterable[str], table: SettingsTable, key: str, what: str
) -> None:
    for name in named:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            hint = (
                f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known) or 'none'}"
            )
            fault = table.fault(key, f"names {name!r}, and no {what} is called that")
            fault.hint = hint
            raise fault
