"""What a declaration says about parts of itself that aren't there, or don't fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from govkb.record_types.days import names_in
from govkb.record_types.declarations import Declaration, Where
from govkb.record_types.items import NAME, TEXT
from govkb.record_types.likeness import did_you_mean
from govkb.record_types.record_type import RecordType
from govkb.record_types.vocabularies import Vocabulary


def check_consistency(
    declaration: Declaration,
    record_type: RecordType,
    vocabulary: Vocabulary,
    type_names: Iterable[str],
) -> None:
    """Notes every name in a declaration that leads nowhere."""
    check = _Check(declaration, record_type, vocabulary, sorted(type_names))
    check.fields()
    check.classifications()
    check.statuses()
    check.sections()
    check.relations()
    check.decomposition()
    check.entitlements()
    check.ids()
    check.items()
    check.execution()


class _Check:
    def __init__(
        self,
        declaration: Declaration,
        of: RecordType,
        vocabulary: Vocabulary,
        type_names: list[str],
    ) -> None:
        self.declaration = declaration
        self.vocabulary = vocabulary
        self.data = declaration.data
        self.type = of
        self.type_names = type_names

    def fields(self) -> None:
        if not self.type.needs_known_fields:
            return
        for number, name in enumerate(self.data.get("required", ())):
            self._field(name, ("required", number))
        for token, path in self.data.get("agrees", {}).items():
            self._field(path, ("agrees", token))
        for name in self.data.get("from_body", {}):
            self._field(name, ("from_body", name))
        for name in self.type.named_after:
            self._field(name, ("named_after", name))
        for label, ends in self.data.get("derived", {}).items():
            for end, name in ends.items():
                self._field(name, ("derived", label, end))
        for path in self.data.get("references", {}):
            self._field(path, ("references", path))
        if "order" in self.data.get("site", {}):
            self._field(self.data["site"]["order"], ("site", "order"))
        for key in ("due", "review", "expires"):
            for name in names_in(getattr(self.type.presentation, key)):
                self._field(name, ("site", key))
        if self.type.letter_rule is not None:
            self._field(self.data["letter_rule"]["field"], ("letter_rule", "field"))

    def classifications(self) -> None:
        for of in self.type.classifications:
            where: Where = ("classifications", of.field)
            self._field(of.field, where)
            self._field(of.history, (*where, "history"))
            if of.filed is not None:
                self._field(of.filed, (*where, "filed"))

    def statuses(self) -> None:
        frozen = self.type.frozen_after
        if frozen is not None:
            self._status(frozen, ("frozen_after",))
        for status, demand in self.type.demands.items():
            where: Where = ("requires_when", status)
            self._status(status, where)
            for name in demand.fields if self.type.needs_known_fields else ():
                self._field(name, (*where, "fields"))
            for name in demand.sections:
                self._known("section", name, self.type.sections, (*where, "sections"))
            for value in demand.values:
                self._field(value.path[0].partition("[")[0], (*where, "values"))
            for wanted in demand.values:
                self._field(wanted.path[0].partition("[")[0], (*where, "values"))
            for number, related in enumerate(demand.related):
                place: Where = (*where, "related", number)
                for name in related.to:
                    self._known("type", name, self.type_names, (*place, "to"))
                kinds = self.vocabulary.relations.values()
                names = {name for kind in kinds for name in (kind.name, kind.inverse)}
                for name in related.by if self.vocabulary.is_whole else ():
                    self._known("relation", name, sorted(names), (*place, "by"))

    def sections(self) -> None:
        for name, section in self.type.sections.items():
            for field, values in section.required_for.items():
                where: Where = ("sections", name, "required", field)
                self._field(field, where)
                allowed = self.type.vocabulary_of(field)
                for value in values if allowed else ():
                    self._known(f"value of `{field}`", value, allowed, where)
        for field, sources in self.type.from_body.items():
            for section_name in (source.section for source in sources if source.section):
                self._known("section", section_name, self.type.sections, ("from_body", field))
            for name in (source.field for source in sources if source.field):
                self._field(name, ("from_body", field))

    def relations(self) -> None:
        declared = self.data.get("relations", ())
        for name in declared if isinstance(declared, dict) else ():
            for target in (declared[name] or {}).get("to", ()):
                self._known("type", target, self.type_names, ("relations", name, "to"))
        for name in self.type.alike:
            self._known("type", name, self.type_names, ("alike",))
        weight = self.type.presentation.weight
        if weight is not None and self.vocabulary.is_whole:
            self._known("relation", weight, self.type.relations, ("site", "weight"))

    def decomposition(self) -> None:
        of = self.type.decomposition
        if of is None:
            return
        if self.vocabulary.is_whole:
            self._known("relation", of.relation, self.type.relations, ("decomposed", "by"))
        known = (*self.type.items, *self.type.fields)
        for number, limit in enumerate(of.limits):
            for name in limit:
                self._known("item or field", name, known, ("decomposed", "above", number, name))

    def entitlements(self) -> None:
        for of in self.type.entitlements:
            where: Where = ("entitled", of.field)
            for name in (of.field, *of.within):
                self._field(name, where)
            for relation in of.through if self.vocabulary.is_whole else ():
                self._known("relation", relation, self.type.relations, (*where, "through"))

    def ids(self) -> None:
        tokens = {token for form in self.type.forms for token in form.id.tokens}
        if self.type.is_numbered and not tokens & {"seq", "int"}:
            self._fault(("numbered",), "no form of the id has a number: {seq:N} or {int}")
        if self.type.letter_rule is not None and "letter" not in tokens:
            self._fault(("letter_rule",), "no form of the id has a {letter}")
        for token in self.type.agrees:
            self._known("token of the id", token, tokens, ("agrees", token))

    def items(self) -> None:
        kinds = self.type.items
        for kind, path in ((k, p) for k in kinds.values() if k.classes for p in k.classes.of):
            where: Where = ("items", kind.kind, "classes", "of")
            if len(path) == 1:
                self._field(path[0], where)
            elif path[0] not in kinds:
                self._known("item", path[0], kinds, where)
            else:
                values = (*kinds[path[0]].values, NAME, TEXT)
                self._known(f"value of {path[0]!r}", path[1], values, where)

    def execution(self) -> None:
        of = self.type.execution
        if of is None:
            return
        where: Where = ("execution",)
        for name in (of.field, *((of.by,) if of.by else ())):
            self._field(name, where)
        for name in sorted(of.statuses):
            self._status(name, (*where, "in"))
        for name in sorted(of.done | of.shown_for):
            values = self.type.vocabulary_of(of.field)
            if values:
                self._known(f"value of `{of.field}`", name, values, where)
        for name in of.sections:
            self._known("section", name, self.type.sections, (*where, "shown", "sections"))
        kinds = self.vocabulary.relations.values() if self.vocabulary.is_whole else ()
        names = sorted({name for kind in kinds for name in (kind.name, kind.inverse)})
        for name in of.shown_by if names else ():
            self._known("relation", name, names, (*where, "shown", "relations"))

    def _field(self, path: str, where: Where) -> None:
        if self.type.needs_known_fields:
            self._known("field", path.split(".")[0], self.type.fields, where)

    def _status(self, name: str, where: Where) -> None:
        if not self.type.statuses.is_free:
            self._known("status", name, self.type.statuses.names, where)

    def _known(self, kind: str, name: str, known: Iterable[str], where: Where) -> None:
        names = list(known)
        if name in names:
            return
        self._fault(where, f"the {kind} {name!r} is not declared", did_you_mean(name, names))

    @property
    def _fault(self) -> Callable[..., None]:
        return self.declaration.fault
