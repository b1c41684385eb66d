"""What the gates and the labels of a base ask for and those of now don't."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkb.config import Config
from govkb.diagnostics import Severity
from govkb.gating import Artifact, Checklist, Gate, GateSettings, LabelSettings, ReviewGate

_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


def loosened_gates(then: Config, now: Config) -> Iterator[str]:
    """Everything that is asked of changes less than it was; what is merely other counts as less."""
    yield from _named_gates(then.changes, now.changes)
    yield from _other_gates(then.changes, now.changes)
    yield from _labels(then.labels, now.labels)


def _named_gates(then: GateSettings, now: GateSettings) -> Iterator[str]:
    kept = {gate.name: gate for gate in now.gates}
    for gate in then.gates:
        if gate.name not in kept:
            yield f"the gate {gate.name!r} is gone"
        elif not _asks_as_much(kept[gate.name], gate):
            yield f"the gate {gate.name!r} asks for less"
    for name, artifact in then.artifacts.items():
        new = now.artifacts.get(name)
        if new is not None and not _is_as_narrow(new, artifact):
            yield f"other files or records count as the artifact {name!r} now"
    for bypass in now.bypasses:
        if bypass not in then.bypasses:
            yield f"the label {bypass.label!r} lets changes past gates now"


def _other_gates(then: GateSettings, now: GateSettings) -> Iterator[str]:
    if then.checklist is not None and not _asks_all(now.checklist, then.checklist):
        yield "the gate 'checklist' asks for less"
    if then.review is not None and not _is_as_strict(now.review, then.review):
        yield "the gate 'review' asks for less"
    for trace in then.traces:
        if trace not in now.traces:
            yield f"the trace of {', '.join(trace.files)} is gone or another"


def _labels(then: LabelSettings, now: LabelSettings) -> Iterator[str]:
    if then.are_declared and not now.are_declared:
        yield "no label is declared any more, so that every label is taken"
        return
    kept = {namespace.prefix: namespace for namespace in now.namespaces}
    for namespace in then.namespaces:
        new = kept.get(namespace.prefix)
        if namespace.exclusive and (new is None or not new.exclusive):
            yield f"labels of `{namespace.prefix}` no longer exclude each other"
        if _less(namespace.required, new.required if new is not None else ()):
            yield f"labels of `{namespace.prefix}` are no longer required"
    if _less(then.required, now.required):
        yield "labels are no longer required"


def _asks_as_much(new: Gate, old: Gate) -> bool:
    kept = ("labels", "needs", "reviewers")
    return (
        _fits_as_much(new.files, old.files)
        and not any(_less(getattr(old, key), getattr(new, key)) for key in kept)
        and _RANKS[new.severity] <= _RANKS[old.severity]
    )


def _is_as_narrow(new: Artifact, old: Artifact) -> bool:
    return _fits_as_much(old.files, new.files) and not _less(new.types, old.types)


def _asks_all(new: Checklist | None, old: Checklist) -> bool:
    if new is None or bool(new.sections) != bool(old.sections):
        return False
    kept = ("sections", "lines", "agent_lines")
    return not any(_less(getattr(old, key), getattr(new, key)) for key in kept)


def _is_as_strict(new: ReviewGate | None, old: ReviewGate) -> bool:
    if new is None or new.least < old.least or _less(old.agents, new.agents):
        return False
    return new.people == old.people or not old.people


def _fits_as_much(new: Iterable[str], old: Iterable[str]) -> bool:
    """Whether globs fit at least what others fit: all of these are there, and no exception more."""
    out = [{glob for glob in globs if glob.startswith("!")} for globs in (new, old)]
    return not _less(set(old) - out[1], set(new) - out[0]) and out[0] <= out[1]


def _less(old: Iterable[str], new: Iterable[str]) -> bool:
    """Whether something of the old isn't among the new."""
    return not set(old) <= set(new)
