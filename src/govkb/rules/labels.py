"""Who bears labels: the change that is asked about, else the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from govkb.counting import counted
from govkb.diagnostics import Diagnostic
from govkb.gating import LabelSettings
from govkb.knowledge_base import KnowledgeBase
from govkb.queries.labels import LONGEST, Taxonomy, taxonomy_of
from govkb.reading import Record
from govkb.rules.rule import Rule

# What a change is held to, beside records: the type that describes merge requests.
CHANGE = "change"
MOST_SHOWN = 20
_FIELD = "labels"


class Bearer(Struct, frozen=True):
    """A record or a change with its labels, each once."""

    labels: tuple[str, ...]
    type: str
    record: Record | None
    place: str

    def fault(
        self, rule: Rule, message: str, hint: str | None = None, label: str | None = None
    ) -> Diagnostic:
        """A fault of one label, or of all together."""
        if self.record is None:
            return rule.at_file(self.place, message, hint=hint)
        written = self.record.metadata.get(_FIELD)
        if label is not None and isinstance(written, list):
            return rule.at_key(self.record, (_FIELD, written.index(label)), message, hint=hint)
        return rule.at_key(self.record, (_FIELD,), message, hint=hint)


def bearers(base: KnowledgeBase) -> Iterator[Bearer]:
    """The change alone where one is asked about, else every record that can have labels."""
    change = base.change
    if change is not None:
        if change.labels is not None:
            yield Bearer(tuple(dict.fromkeys(change.labels)), CHANGE, None, change.place)
        return
    for record in base.records:
        if record.type is not None and _FIELD in record.type.fields:
            written = record.metadata.get(_FIELD)
            texts = (v for v in written if isinstance(v, str)) if isinstance(written, list) else ()
            yield Bearer(tuple(dict.fromkeys(texts)), record.type.name, record, record.path)


def taxonomy(base: KnowledgeBase) -> Taxonomy | None:
    """The labels there are, by the settings in force; None where none are declared."""
    settings = declared(base)
    return taxonomy_of(settings, base) if settings is not None else None


def declared(base: KnowledgeBase) -> LabelSettings | None:
    """The taxonomy as declared: of a change by what it is judged by."""
    settings = base.change.taxonomy if base.change is not None else base.config.labels
    return settings if settings.are_declared else None


def own_taxonomy(base: KnowledgeBase) -> LabelSettings | None:
    """The taxonomy of the project itself; None where it is a change that is asked about."""
    return declared(base) if base.change is None else None


def place_of(base: KnowledgeBase) -> str:
    """The file that declares the taxonomy."""
    return base.config.file.name if base.config.file is not None else "govkb.toml"


def shown(label: str) -> str:
    """A label as it is quoted in a message."""
    return repr(label if len(label) <= LONGEST else f"{label[:LONGEST]}…")


def first_of(
    found: Iterable[Diagnostic], bearer: Bearer, rule: Rule, what: str
) -> Iterator[Diagnostic]:
    """The first of many faults, then one that says how many more there are."""
    rest = 0
    for number, diagnostic in enumerate(found):
        if number < MOST_SHOWN:
            yield diagnostic
        else:
            rest += 1
    if rest:
        yield bearer.fault(rule, f"{counted(rest, what)} more")
