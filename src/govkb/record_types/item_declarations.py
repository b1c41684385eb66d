"""What a type's declaration says about items, as kinds of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govkb.diagnostics import Severity
from govkb.record_types.days import names_in, read_days
from govkb.record_types.declarations import Declaration, Where
from govkb.record_types.id_patterns import IdPattern, PatternError
from govkb.record_types.items import (
    NAME,
    STATE,
    TEXT,
    Classes,
    Excuse,
    ItemType,
    Need,
    Proof,
    SettledBy,
)
from govkb.record_types.json_schemas import SchemaError, check_names, compiled
from govkb.record_types.likeness import did_you_mean
from govkb.record_types.vocabularies import Vocabulary

_NEEDED = ("values", "any_of", "where")
_EVERY = (NAME, TEXT, STATE)
# What a table or a list may call them where the type doesn't say.
_USUAL = {NAME: ("name", "id", "no", "#"), TEXT: ("text",), STATE: ("state", "status")}


def read_items(
    declaration: Declaration, definitions: Mapping[str, Any], vocabulary: Vocabulary
) -> dict[str, ItemType]:
    """The kinds of items of a type, by name; `definitions` are the schemas that it may refer to.

    What the vocabulary says of a kind holds where the type says nothing else.
    """
    declared = {
        kind: {**(vocabulary.items.get(kind) or {}), **(data or {})}
        for kind, data in declaration.data.get("items", {}).items()
    }
    found = {}
    for kind, data in declared.items():
        reader = _Reader(declaration, kind, data, definitions, vocabulary)
        found[kind] = reader.item_type()
    for kind, item_type in found.items():
        for key in ("answers", "covers"):
            other = getattr(item_type, key)
            if other is not None and other not in found:
                message = f"the item {other!r} is not declared"
                declaration.fault(("items", kind, key), message, did_you_mean(other, list(found)))
    return found


@dataclass(slots=True)
class _Reader:
    declaration: Declaration
    kind: str
    data: Mapping[str, Any]
    definitions: Mapping[str, Any]
    vocabulary: Vocabulary

    def item_type(self) -> ItemType:
        data = self.data
        label = data.get("label") or self.kind.replace("-", " ").capitalize()
        states = tuple(data.get("states", ("open", "done")))
        section = data.get("section", ())
        expected = data.get("expected", False)
        covers = data.get("covers", {})
        answers = data.get("answers", {})
        self._check(states)
        return ItemType(
            kind=self.kind,
            label=label,
            plural=data.get("plural", f"{label}s"),
            sections=(section,) if isinstance(section, str) else tuple(section),
            in_field=data.get("field"),
            written=data.get("written"),
            name=self._name(),
            states=states,
            done=frozenset(data.get("done", states[1:])),
            headings=self._headings(),
            key=NAME if NAME in data.get("headings", {}) else None,
            values=self._schemas(),
            spellings=self._spellings(),
            records=tuple(data.get("records", ())),
            implies=data.get("implies", {}),
            needs=tuple(_need(need) for need in data.get("needs", ())),
            due=read_days(data.get("due", ())),
            expires=read_days(data.get("expires", ())),
            times=tuple(data.get("times", ())),
            delay=data.get("delay"),
            chosen=data.get("chosen", {}),
            counted_in=data.get("counted_in"),
            after=data.get("after"),
            roots=tuple(data.get("roots", ())),
            exclusive=data.get("exclusive"),
            ordered_in=data.get("ordered_in"),
            blocks=tuple(data.get("blocks", ())),
            binding={name: tuple(values) for name, values in data.get("binding", {}).items()},
            waivers=data.get("waivers"),
            is_expected=expected is not False,
            expected_for=_lists(expected) if isinstance(expected, dict) else {},
            proof=self._proof(),
            settled_by=self._settled_by(),
            led_by=data.get("led_by"),
            excuse=self._excuse(),
            is_fenced=data.get("fenced", False),
            names=_lists(data.get("names_one_of", {})),
            classes=self._classes(),
            answers=answers.get("item"),
            through=answers.get("through"),
            covers=covers.get("item"),
            covered_in=covers.get("in", ""),
            validator=self._validator(),
        )

    def _name(self) -> IdPattern | None:
        template = self.data.get("name")
        if template is None:
            return None
        try:
            return IdPattern(template)
        except PatternError as error:
            self._fault(str(error), "name")
            return None

    def _headings(self) -> dict[str, str]:
        given = self.data.get("headings", {})
        found: dict[str, str] = {}
        for name in (*self.data.get("values", {}), *_EVERY):
            said = given.get(name, ())
            usual = _USUAL.get(name, (name.replace("_", " "),))
            for heading in (*((said,) if isinstance(said, str) else said), *usual):
                found.setdefault(heading.casefold(), name)
        return found

    def _schemas(self) -> dict[str, Any]:
        """The schemas of the values, each with what a name in it stands for."""
        found = {}
        for name, schema in self.data.get("values", {}).items():
            named = str((schema or {}).get("$ref", "")).rpartition("/")[2]
            found[name] = {**self.definitions.get(named, {}), **(schema or {})}
        return found

    def _spellings(self) -> dict[str, Mapping[str, str]]:
        """Other ways to write values, by the name of the value."""
        found = {}
        for name, schema in self.data.get("values", {}).items():
            named = str((schema or {}).get("$ref", "")).rpartition("/")[2]
            if named in self.vocabulary.spellings:
                found[name] = self.vocabulary.spellings[named]
        return found

    def _validator(self) -> Any:
        values = self.data.get("values", {})
        check_names(self.declaration, ("items", self.kind), values, tuple(self.definitions))
        if not values or self.declaration.faults:
            return None
        schema = {"type": "object", "properties": values, "$defs": dict(self.definitions)}
        try:
            return compiled(schema)
        except SchemaError as error:
            self._fault(str(error), "values")
            return None

    def _proof(self) -> Proof | None:
        data = self.data.get("proof")
        if data is None:
            return None
        seen = data.get("seen", ("date",))
        return Proof(
            data["by"],
            frozenset(data.get("in", self.data.get("done", self.data.get("states", ())[1:]))),
            tuple(data.get("to", ())),
            _lists(data.get("passed", {})),
            (seen,) if isinstance(seen, str) else tuple(seen),
            data.get("since"),
            data.get("of_any_age", False),
        )

    def _settled_by(self) -> SettledBy | None:
        data = self.data.get("settled_by")
        return SettledBy(data["relation"], tuple(data["by"].split("."))) if data else None

    def _excuse(self) -> Excuse | None:
        data = self.data.get("excused_by")
        if data is None:
            return None
        return Excuse(
            data["value"], data["item"], data.get("within", {}), data.get("until"), data.get("at")
        )

    def _classes(self) -> Classes | None:
        data = self.data.get("classes")
        if data is None:
            return None
        of = tuple(tuple(path.split(".")) for path in data.get("of", ()))
        return Classes(data["by"], data.get("default", "default").casefold(), of)

    def _check(self, states: tuple[str, ...]) -> None:
        data, values = self.data, (*self.data.get("values", {}), *_EVERY)
        if "section" not in data and "field" not in data:
            self._fault("it must say where it stands", hint="add `section:`, or `field:`")
        proof, needs = data.get("proof", {}), data.get("needs", ())
        excuse = data.get("excused_by", {})
        in_states = {
            "done": data.get("done", ()),
            "needs": [state for need in needs for state in need.get("in", ())],
            "implies": data.get("implies", {}).values(),
            "proof": proof.get("in", ()),
        }
        for key, names in in_states.items():
            for state in names:
                self._known("state", state, states, key)
        named = {
            "records": data.get("records", ()),
            "headings": data.get("headings", ()),
            "binding": data.get("binding", ()),
            "needs": [n for need in needs for key in _NEEDED for n in need.get(key, ())],
            "implies": data.get("implies", ()),
            "times": data.get("times", ()),
            **{key: names_in(read_days(data.get(key, ()))) for key in ("due", "expires")},
            **{
                key: [data[key]] for key in ("delay", "after", "exclusive", "led_by") if key in data
            },
            "chosen": [name for pair in data.get("chosen", {}).items() for name in pair],
            "proof": [proof[key] for key in ("by", "since") if key in proof],
            "excused_by": [
                *(excuse[key] for key in ("value", "at") if key in excuse),
                *excuse.get("within", ()),
            ],
            "covers": [data["covers"]["in"]] if "covers" in data else (),
            "classes": [data["classes"]["by"]] if "classes" in data else (),
            "names_one_of": [
                name for key, of in data.get("names_one_of", {}).items() for name in (key, *of)
            ],
        }
        for key, names in named.items():
            for name in names:
                self._known("value", name, values, key)

    def _known(self, what: str, name: str, known: tuple[str, ...], key: str) -> None:
        if name not in known:
            message = f"the {what} {name!r} is not declared"
            self._fault(message, key, did_you_mean(name, list(known)))

    def _fault(self, message: str, key: str = "", hint: str | None = None) -> None:
        where: Where = ("items", self.kind, key) if key else ("items", self.kind)
        self.declaration.fault(where, message, hint)


def _need(data: Mapping[str, Any]) -> Need:
    where = _lists(data.get("where", {}))
    values, any_of = tuple(data.get("values", ())), tuple(data.get("any_of", ()))
    severity = Severity(data["severity"]) if "severity" in data else None
    return Need(values, any_of, frozenset(data.get("in", ())), where, severity)


def _lists(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(map(str, values)) for name, values in data.items()}
