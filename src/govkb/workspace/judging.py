"""A new status or severity of a record, with the step of its history that the type demands."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec import Struct

from govkb.diagnostics import Edit
from govkb.errors import FindingsError, UsageError
from govkb.reading import Record
from govkb.reading.reader import is_written
from govkb.record_types import Classification, RecordType
from govkb.record_types.likeness import did_you_mean
from govkb.rules.classifications import canonical, value_of
from govkb.rules.status_history import FIELD as STATUS_HISTORY
from govkb.scaffolding.field_texts import field_values
from govkb.scaffolding.frontmatter_changes import AddStep, Put
from govkb.workspace.changing import Draft, Told, field_changes

_DAYS = ("day", "moment")


class Probe(Struct, frozen=True):
    """What was looked at, when, and what it showed."""

    what: str
    observed_at: str
    result: str


class Reasons(Struct, frozen=True):
    """Who decided a change, when and why. What is left out isn't written.

    `fields` are those that get a value as well, each with the text that says it.
    """

    day: date
    by: str = ""
    note: str = ""
    probe: Probe | None = None
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is more to write down than that it happened."""
        return bool(self.by or self.note or self.probe)


def change_status(
    draft: Draft,
    record: Record,
    state: str,
    reasons: Reasons,
    *,
    why: str = "",
    written: str | None = None,
) -> None:
    """Adds a record's move to another status to a draft, and `why` where that needs a sentence.

    `written` is how a text says it that keeps the status in its body.

    Raises UsageError where its type knows no such status or no such move, where it has the status
    already, or where a probe is missing.
    """
    of = _typed(record)
    machine = of.statuses
    new, old = machine.canonical(state), record.status
    if new is None:
        hint = did_you_mean(state, machine.names)
        raise UsageError(f"{of.plural.lower()} have no status {state!r}", hint)
    if old == new and not (reasons.probe and _classified(of, "status")):
        raise UsageError(f"the status of {record.id} is {new!r} already", "nothing was written")
    if old not in (None, new) and not machine.is_free:
        _refuse_illegal(record, of, old or "", new)
    classification = _classified(of, "status")
    draft.told.append(Told(record, "status", old or "", new, why))
    in_text = written if not record.yaml_end else None
    _put_status(draft, record, in_text or _spelled(of, record, new), new)
    if classification or _has_place(record, of) or reasons.says_something:
        history = classification.history if classification else STATUS_HISTORY
        step = _step(record, classification, old or "", new, reasons)
        draft.change(record, AddStep(history, step, after="status"))
    fields = field_values(of, reasons.fields)
    if _wants_its_day(record, of, new) and new not in fields:
        draft.change(record, Put(new, reasons.day.isoformat(), after="status"))
    draft.change(record, *field_changes(record, fields))


def _wants_its_day(record: Record, of: RecordType, status: str) -> bool:
    """Whether a status demands a moment of the same name: that is the day of the move to it.

    Others, such as the day on which something was resolved, nobody can tell from here.
    """
    demand = of.demands.get(status)
    if demand is None or status not in demand.fields or record.effective.get(status):
        return False
    schema = of.schema["properties"].get(status, {})
    return schema.get("$ref", "").rpartition("/")[2] in _DAYS


def change_classification(
    draft: Draft, record: Record, value: str, reasons: Reasons, name: str = "severity"
) -> None:
    """Adds another judgement of a record, or one that confirms it, to a draft.

    Raises UsageError where its type has no such field or value, or where a probe is missing.
    """
    of = _typed(record)
    known = of.vocabulary_of(name) if name in of.schema["properties"] else ()
    if not known or name == "status":
        fields = ", ".join(c.field for c in of.classifications if c.field != "status")
        hint = f"what is judged there is {fields}" if fields else "see `govkb types`"
        raise UsageError(f"{of.plural.lower()} have no {name} to judge", hint)
    new = str(of.canonical_value(name, value))
    if new not in known:
        raise UsageError(f"{value!r} is no {name}", did_you_mean(value, known))
    classification = _classified(of, name)
    old = value_of(record, classification or Classification(name, ""))
    if old == new and not (classification and reasons.probe):
        way = "with --probe a look at the present state confirms it" if classification else None
        raise UsageError(f"the {name} of {record.id} is {new!r} already", way)
    if classification is None and reasons.says_something:
        message = f"{of.plural.lower()} keep no history of their {name}"
        raise UsageError(message, "leave out --probe, --by and --reason")
    draft.told.append(Told(record, name, old, new))
    if old != new:
        draft.change(record, Put(name, new, after="status"))
    if classification is not None:
        step = _step(record, classification, old or new, new, reasons)
        draft.change(record, AddStep(classification.history, step, after=name))
    draft.change(record, *field_changes(record, field_values(of, reasons.fields)))


def _typed(record: Record) -> RecordType:
    if record.type is None:
        message = f"{record.id or record.path} has no type that could say what may change"
        raise UsageError(message, "see `govkb check`")
    return record.type


def _has_place(record: Record, of: RecordType) -> bool:
    """Whether the steps of its status can be told in its frontmatter."""
    return bool(record.yaml_end) and STATUS_HISTORY in of.schema["properties"]


def _classified(of: RecordType, name: str) -> Classification | None:
    return next((c for c in of.classifications if c.field == name), None)


def _refuse_illegal(record: Record, of: RecordType, old: str, new: str) -> None:
    machine = of.statuses
    legal = machine.moves.get(old, ())
    if old == new or new in legal:
        return
    follows = f"after {old!r} comes {_listed(legal)}" if legal else f"{old!r} is the last status"
    through = machine.way(old, new)
    by_way = f"; {new!r} comes by way of {_listed(through)}" if through else ""
    message = f"{of.plural.lower()} don't go from {old!r} to {new!r}"
    raise UsageError(f"{record.id}: {message}", f"{follows}{by_way}")


def _listed(names: tuple[str, ...]) -> str:
    return " or ".join(repr(name) for name in names)


def _spelled(of: RecordType, record: Record, status: str) -> str:
    """A status in the spelling of the one that is there: `Accepted` is followed by `Superseded`."""
    written = record.metadata.get("status")
    if isinstance(written, str) and written not in of.statuses.moves:
        alike = (s for s, name in of.statuses.synonyms.items() if name == status)
        fitting = (s for s in alike if not s.endswith("…") and s.istitle() == written.istitle())
        return next(fitting, status)
    return status


def _put_status(draft: Draft, record: Record, written: str, status: str) -> None:
    """Changes the status where it stands: in the frontmatter, or in the text."""
    if "status" not in record.metadata or is_written(record, "status"):
        draft.change(record, Put("status", written, after="title"))
        return
    start, end = record.extent_of(("status",), value=True)
    if record.source.text(start, end) != record.metadata["status"]:
        message = f"the status of {record.id} is written in a way that can't be changed"
        raise FindingsError(message, f"write {status!r} by hand")
    draft.edit(record, Edit(start, end, written))


def _step(
    record: Record, of: Classification | None, old: str, new: str, reasons: Reasons
) -> dict[str, Any]:
    """The step, with all that its type demands. Raises UsageError where some of it is missing."""
    if of is not None and not reasons.by:
        raise UsageError("who decided it isn't said", "add --by with a person, role or team")
    if of is not None and of.needs_probe and reasons.probe is None:
        message = f"the {of.field} of {record.id} only changes after a look at the present state"
        raise UsageError(message, "add --probe WHAT --result WHAT-IT-SHOWED")
    step: dict[str, Any] = {"at": reasons.day.isoformat()}
    step |= {"from": canonical(record, of, old) if of else old} if old else {}
    step["to"] = new
    step |= {"by": reasons.by} if reasons.by else {}
    if reasons.probe is not None:
        probe = reasons.probe
        step["probe"] = {
            "what": probe.what,
            "observed_at": probe.observed_at,
            "result": probe.result,
        }
    return step | ({"note": reasons.note} if reasons.note else {})
