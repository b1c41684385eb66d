"""What the settings and types of a base ask for and those of now don't."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govkb.config import Config
from govkb.diagnostics import Severity
from govkb.knowledge_base import Before, KnowledgeBase
from govkb.record_types import RecordType
from govkb.record_types.record_type import SectionType
from govkb.rules.gate_policy import loosened_gates
from govkb.rules.names import codes_named, is_family
from govkb.rules.registry import all_rules

_Found = Iterator[tuple[str, str]]
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
# What a section may demand; the name of each is what govkb's users write in type.yaml.
_PROMISES = {
    "append_only": "is no longer append-only",
    "cumulative": "is no longer cumulative",
    "carry_forward": "no longer has its items carried forward",
    "updates": "no longer demands the form of its updates",
    "cites": "no longer demands that its entries cite a record",
}


def loosened(before: Before, base: KnowledgeBase) -> _Found:
    """Everything that is asked for less, each with the file to look at."""
    if before.terms is not base.terms and before.has_policy:
        file = base.config.file or before.terms.config.file
        name = file.name if file is not None else "govkb.toml"
        for what in _settings(before.terms.config, base.config):
            yield name, what
        for record_type in before.terms.catalogue.types.values():
            path = f"{base.config.templates}/{record_type.name}/type.yaml"
            now = base.catalogue.types.get(record_type.name)
            for what in _type(record_type, now):
                yield path, what
    for path in sorted(before.workflows):
        yield path, "a workflow that runs govkb has changed"
    for name, path in sorted(before.attributes.items()):
        yield ".gitattributes", f"`{name}` hides records from archives or reviews, such as {path}"


def _settings(then: Config, now: Config) -> Iterator[str]:
    if then.records != now.records:
        yield f"`records` was {then.records!r} and is {now.records!r} now"
    for name, folder in then.elsewhere.items():
        if now.elsewhere.get(name) != folder:
            yield f"`folders` no longer has the records of {folder!r}"
    if set(now.include) != set(then.include) and now.include:
        yield "`include` has changed: other files are records now"
    for glob in _more(then.exclude, now.exclude):
        yield f"`exclude` leaves out {glob!r} now"
    for glob in _more((d.path for d in now.data_files), (d.path for d in then.data_files)):
        yield f"the data file {glob!r} is no longer checked"
    yield from _rules(then, now)
    yield from loosened_gates(then, now)


def _rules(then: Config, now: Config) -> Iterator[str]:
    for name in _newly(then.rules.ignore, now.rules.ignore):
        yield f"`rules.ignore` switches {name} off now"
    if now.rules.select and (
        not then.rules.select or _codes(then.rules.select) - _codes(now.rules.select)
    ):
        yield "`rules.select` asks for fewer rules now"
    for glob, names in now.rules.per_path.items():
        for name in _newly(then.rules.per_path.get(glob, ()), names):
            yield f"`rules.per_path` switches {name} off for {glob!r} now"
    were, are = _grades(then), _grades(now)
    for name, grade in now.rules.severity.items():
        if any(_RANKS[are[code]] > _RANKS[were[code]] for code in codes_named(name)):
            yield f"`rules.severity` grades {name} as {grade} now"
    if now.rules.baseline != then.rules.baseline and now.rules.baseline is not None:
        yield f"`rules.baseline` is {now.rules.baseline!r} now"


def _newly(then: Iterable[str], now: Iterable[str]) -> list[str]:
    """The names that stand for a rule which wasn't named before."""
    known = _codes(then)
    return [name for name in now if not set(codes_named(name)) <= known]


def _type(then: RecordType, now: RecordType | None) -> Iterator[str]:
    if now is None:
        if then.append_only_sections or then.frozen_after or then.classifications:
            yield f"the type {then.name!r} is gone, and what it kept append-only with it"
        return
    for name, section in then.sections.items():
        yield from _section(name, section, now.sections.get(name))
    if then.frozen_after and then.frozen_after != now.frozen_after:
        yield f"{then.plural.lower()} are no longer frozen after {then.frozen_after!r}"
    yield from _classifications(then, now)
    for name in set(then.append_only_sections) - set(now.append_only_sections):
        if name not in then.sections:
            yield f"the body of {then.plural.lower()} is no longer append-only"


def _classifications(then: RecordType, now: RecordType) -> Iterator[str]:
    kept = {c.field: c for c in now.classifications}
    for was in then.classifications:
        new = kept.get(was.field)
        what = f"`{was.field}` of {then.plural.lower()}"
        if new is None or new.history != was.history:
            yield f"changes of {what} need no longer be told in `{was.history}`"
        elif (was.needs_probe and not new.needs_probe) or (was.filed and new.filed != was.filed):
            yield f"the probes of {what} are held against less"


def _section(name: str, then: SectionType, now: SectionType | None) -> Iterator[str]:
    for promise, what in _PROMISES.items():
        if getattr(then, promise, None) and not getattr(now, promise, None):
            yield f'the section "{name}" {what}'


def _grades(config: Config) -> dict[str, Severity]:
    """How bad what each rule finds is; a rule's own name counts for more than its family's."""
    grades = {registered.rule.code: registered.rule.severity for registered in all_rules()}
    for name in sorted(config.rules.severity, key=is_family, reverse=True):
        grades |= dict.fromkeys(codes_named(name), config.rules.severity[name])
    return grades


def _codes(names: Iterable[str]) -> set[str]:
    return {code for name in names for code in codes_named(name)}


def _more(then: Iterable[str], now: Iterable[str]) -> list[str]:
    return sorted(set(now) - set(then))
