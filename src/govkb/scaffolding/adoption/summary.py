"""What adoption found, in words for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from govkb.counting import counted
from govkb.scaffolding.adoption.documents import Document, Documents
from govkb.scaffolding.adoption.evidence import files
from govkb.scaffolding.adoption.exclusions import Exclusion
from govkb.scaffolding.adoption.inventory import Inventory
from govkb.scaffolding.adoption.sidecars import Sidecars
from govkb.scaffolding.adoption.type_file import Type
from govkb.scaffolding.adoption.yaml_text import shown

_MOST = 10


def summary(
    inventory: Inventory,
    documents: Documents,
    types: Sequence[Type],
    unplaced: Sequence[tuple[Document, str]],
    exclusions: Sequence[Exclusion],
    sidecars: Sidecars,
    doubts: Sequence[str] = (),
) -> str:
    """A few lines: how many files, which types, how their ids look, what has no place."""
    lines = [f"{files(len(inventory.markdown()))} of Markdown, {counted(len(types), 'type')}", ""]
    width = max((len(found.name) for found in types), default=0)
    for found in types:
        ids = ", ".join(shape.template for shape in found.shapes[:3]) or "no common form"
        more = " …" if len(found.shapes) > 3 else ""
        lines.append(f"  {found.name:{width}}  {files(len(found.documents)):>10}  {ids}{more}")
    if sidecars.file:
        lines += ["", f"Metadata is inherited from {sidecars.file} in its folder and above."]
    lines += _section("Left out", [f"{e.glob}: {e.reason}" for e in exclusions])
    lines += _section("Can't be read", [f"{p}: {why}" for p, why in documents.unreadable.items()])
    lines += _section("Look at these", doubts)
    lines += _section("Ids that are like no others of their type", _odd_ids(types))
    reasons = Counter(why for _, why in unplaced)
    firsts = {why: document.path for document, why in reversed(unplaced)}
    without = [f"{files(n)}: {why}, such as {firsts[why]}" for why, n in reasons.most_common()]
    lines += _section("No type for", without)
    if inventory.is_cut_off:
        lines += ["", "There is more than was read; adopt one folder at a time."]
    return "\n".join(shown(line) for line in lines) + "\n"


def _odd_ids(types: Sequence[Type]) -> list[str]:
    """For each type how many of its ids have none of its forms."""
    lines = []
    for found in types:
        ids = sorted({document.id for document in found.documents})
        odd = [i for i in ids if not any(shape.has(i) for shape in found.shapes)]
        if odd:
            total = len(found.documents)
            lines.append(f"{found.name}: {len(odd)} of {total}, such as {odd[0]}")
    return lines


def _section(title: str, items: Sequence[str]) -> list[str]:
    if not items:
        return []
    rest = [f"  … and {len(items) - _MOST} more"] if len(items) > _MOST else []
    return ["", f"{title}:", *(f"  {item}" for item in items[:_MOST]), *rest]
