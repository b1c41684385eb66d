"""What `govkb types TYPE` shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from govkb.counting import counted
from govkb.record_types import RecordType
from govkb.record_types.description import describe
from govkb.reporting.escaping import visible

_FLAGS = {
    "append_only": "append-only",
    "cumulative": "carried on whole",
    "carry_forward": "open items carried on",
    "may_be_empty": "may be empty",
    "cites": "each entry names a record",
}


def type_page(record_type: RecordType, origin: str, records: int) -> list[str]:
    """Everything about a type, line by line."""
    data = describe(record_type)
    lines = [f"{data['name']}: {data['purpose']}"]
    lines.append(f"{counted(records, 'record')} · {origin}")
    if data["names"]:
        lines.append(f"also written {', '.join(f'`type: {name}`' for name in data['names'])}")
    parts: list[tuple[str, Iterable[tuple[str, str]]]] = [
        ("Ids", _ids(data)),
        ("Statuses", _statuses(data)),
        ("Fields (* required)", _fields(data)),
        ("Classifications", _classifications(data)),
        ("Sections", _sections(data)),
        ("Items", _items(data)),
        ("Relations", _relations(data)),
    ]
    for heading, rows in parts:
        lines += _part(heading, list(rows))
    return [visible(line) for line in lines]


def _part(heading: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield ""
        yield heading
        width = max(len(name) for name, _ in rows if len(name) <= 40 or len(rows) == 1)
        for name, text in rows:
            yield f"  {name:{width}}  {text}".rstrip()


def _ids(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for form in data["ids"]:
        paths = ", ".join(form["paths"])
        yield form["example"], f"{form['form']}  in  {paths}"
    for alias in data["aliases"]:
        yield alias, "short form"


def _statuses(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not data["statuses"]:
        yield "any text", ""
    for status in data["statuses"]:
        moves = ", ".join(status["moves_to"]) or "nothing"
        words = [f"to {moves}"]
        words += ["the first"] if status["initial"] else []
        words += ["done"] if status["done"] else []
        words += ["from then on the body may not change"] if status["frozen"] else []
        words += [f"also called {', '.join(status['synonyms'])}"] if status["synonyms"] else []
        words += _demands(status["demands"])
        yield status["name"], "; ".join(words)


def _demands(demands: dict[str, Any]) -> Iterator[str]:
    for kind in ("fields", "sections"):
        if demands.get(kind):
            yield f"demands the {kind} {', '.join(demands[kind])}"
    for path, values in demands.get("values", {}).items():
        yield f"demands that {path} is {' or '.join(str(value) for value in values)}"
    for related in demands.get("related", ()):
        by = f" by {' or '.join(related['by'])}" if related["by"] else ""
        yield f"demands at least {related['at_least']} relation{by} to {' or '.join(related['to'])}"


def _fields(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field in sorted(data["fields"], key=lambda field: not field["required"]):
        text = ", ".join(field["values"]) or field["kind"]
        if field["vocabulary"] and field["values"]:
            text = f"{field['vocabulary']}: {text}"
        if field["default"] is not None:
            text += f" (default: {field['default']})"
        if field["from_body"]:
            text += f" (or in the body: {', '.join(field['from_body'])})"
        yield field["name"] + ("*" if field["required"] else ""), text
    if data["extra_fields"] == "allow":
        yield "…", "and any others"


def _classifications(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for of in data["classifications"]:
        words = [f"each change is a step of {of['history']}"]
        words += ["with a probe"] if of["probe"] == "required" else []
        words += [f"no older than {of['filed']}"] if of["filed"] else []
        words += [f"stale after {of['stale_after']} days"] if of["stale_after"] else []
        yield of["field"], "; ".join(words)


def _updates(shape: dict[str, Any] | None) -> list[str]:
    if shape is None:
        return []
    demands = f", with {' and '.join(shape['demands'])}" if shape["demands"] else ""
    return [f'added to under "{shape["heading"]}"{demands}']


def _sections(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if data["append_only"]:
        yield "the whole body", ", ".join(["append-only", *_updates(data["updates"])])
    for section in data["sections"]:
        words = ["required"] if section["required"] else []
        for field, values in section["required_for"].items():
            words.append(f"required where {field} is {' or '.join(values)}")
        words += [text for flag, text in _FLAGS.items() if section[flag]]
        words += _updates(section["updates"])
        words += [f"counts {section['counts']} 1, 2, 3 …"] if section["counts"] else []
        words += [f"also called {', '.join(section['aliases'])}"] if section["aliases"] else []
        marks = "###" if section["within"] else "##"
        yield f"{marks} {section['name']}", ", ".join(words)


def _items(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for kind in data["items"]:
        places = [f"under {' or '.join(kind['sections'])}"] if kind["sections"] else []
        places += [f"in `{kind['field']}`"] if kind["field"] else []
        words = [" or ".join(places)]
        words += [f"called {kind['name']}"] if kind["name"] else []
        words.append(", ".join(kind["states"]))
        words += [f"with {', '.join(kind['values'])}"] if kind["values"] else []
        for need in kind["needs"]:
            when = f" when {' or '.join(need['in'])}" if need["in"] else ""
            where = "".join(
                f", where {name} is {' or '.join(choices) or 'said'}"
                for name, choices in need["where"].items()
            )
            wanted = [*need["values"], *([" or ".join(need["any_of"])] if need["any_of"] else [])]
            words.append(f"needs {', '.join(wanted)}{when}{where}")
        if kind["blocks"]:
            words.append(f"an open one is in the way of {' and '.join(kind['blocks'])}")
        yield kind["kind"], "; ".join(words)


def _relations(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for relation in data["relations"]:
        words = [f"to {' or '.join(relation['to'])}" if relation["to"] else "to any record"]
        words.append("either way" if relation["symmetric"] else f"back: {relation['inverse']}")
        words += ["no circles"] if relation["acyclic"] else []
        words += [f"at least {relation['at_least']}"] if relation["at_least"] else []
        words += [f"at most {relation['at_most']}"] if relation["at_most"] else []
        words += ["always a list"] if relation["list"] else []
        words += [f"with {', '.join(relation['qualifiers'])}"] if relation["qualifiers"] else []
        yield relation["name"], "; ".join(words)
