"""The `govkb.toml` of a repository that is adopted."""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec import Struct

from govkb.scaffolding.adoption.documents import Document
from govkb.scaffolding.adoption.evidence import files
from govkb.scaffolding.adoption.exclusions import Exclusion
from govkb.scaffolding.adoption.inclusions import Inclusion
from govkb.scaffolding.adoption.sidecars import Sidecars
from govkb.scaffolding.adoption.yaml_text import shown

_WORDS = ("exempt", "governance_exempt", "skip_validation", "skip_checks")


class Exemption(Struct, frozen=True):
    """A field that frees a record of `fields`. `documents` have it, `true` of them with true."""

    field: str
    documents: int
    true: int
    fields: tuple[str, ...]


def find_exemption(documents: Sequence[Document], required: Sequence[str]) -> Exemption | None:
    """The exemption that a field of one of the usual names states, with true or false only."""
    for word in _WORDS:
        values = [d.metadata[word] for d in documents if d.metadata and word in d.metadata]
        if values and all(isinstance(value, bool) for value in values):
            exempt = [d.metadata for d in documents if d.metadata and d.metadata.get(word)]
            free = [n for n in required if any(n not in metadata for metadata in exempt)]
            return Exemption(word, len(values), len(exempt), tuple(free))
    return None


def settings_text(
    templates: str,
    baseline: str,
    documents: int,
    chosen: Sequence[tuple[str, str]],
    inclusions: Sequence[Inclusion],
    exclusions: Sequence[Exclusion],
    sidecars: Sidecars,
    exemption: Exemption | None,
) -> str:
    """The settings, each with what it rests on.

    `chosen` are govkb's own types that serve as they are, each with how well.
    """
    lines = [
        "# Written by `govkb adopt`; the comments say what each line rests on.",
        f'records = "." # {files(documents)} are read where they are',
        *(
            ["# Files elsewhere are not looked at: add the folders of new records."]
            if inclusions
            else []
        ),
        *_list("include", [(i.glob, i.reason) for i in inclusions]),
        *_list("exclude", [(e.glob, e.reason) for e in exclusions]),
        f"templates = {_quoted(templates)} # the repository's own types, and what they share",
        *(_list("types", chosen) or ["types = [] # of those that govkb brings none is needed"]),
        "",
        "[rules]",
        f"baseline = {_quoted(baseline)} # what was found on the day of adoption; only new is told",
        *_sidecar_lines(sidecars),
        *_exemption_lines(exemption),
    ]
    return "\n".join(lines) + "\n"


def _sidecar_lines(sidecars: Sidecars) -> list[str]:
    lines = []
    if sidecars.file:
        folders = (
            "1 folder has"
            if len(sidecars.folders) == 1
            else (f"{len(sidecars.folders)} folders have")
        )
        lines += ["", "[inheritance]"]
        lines.append(f"file = {_quoted(sidecars.file)} # {folders} one")
    if sidecars.suffix or sidecars.zones:
        lines += ["", "[sidecars]"]
    if sidecars.suffix:
        lines.append(f"suffix = {_quoted(sidecars.suffix)} # {files(len(sidecars.files))}")
    zones = [
        (zone.glob, f"{zone.having} have it" + "".join(f"; {m} doesn't" for m in zone.missing))
        for zone in sidecars.zones
    ]
    return lines + _list("required", zones)


def _exemption_lines(exemption: Exemption | None) -> list[str]:
    if exemption is None:
        return []
    seen = f"{files(exemption.documents)} have it, {exemption.true} with true"
    return [
        "",
        "[exemption]",
        f"field = {_quoted(exemption.field)} # {seen}",
        f"fields = [{', '.join(map(_quoted, exemption.fields))}] # what those leave out",
    ]


def _list(key: str, items: Sequence[tuple[str, str]]) -> list[str]:
    if not items:
        return []
    return [f"{key} = [", *(f"  {_quoted(v)}, # {shown(why)}" for v, why in items), "]"]


def _quoted(text: str) -> str:
    """A text as a TOML string; JSON's escapes are TOML's, but for surrogates."""
    return json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )
