"""`govkb links`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govkb.cli.completing import record_ids
from govkb.cli.output import write_difference
from govkb.counting import counted
from govkb.errors import UsageError

if TYPE_CHECKING:
    from govkb.graph import ResolvedCitation
    from govkb.graph.suggestions import Undeclared
    from govkb.knowledge_base import KnowledgeBase
    from govkb.reading import Record

_OPEN = ("ambiguous", "contradicting", "unresolved")


@click.command("links", short_help="List references, or offer relations to declare.")
@click.argument("names", metavar="[RECORD|PATH]...", nargs=-1, shell_complete=record_ids)
@click.option("--unresolved", is_flag=True, help="Only what leads nowhere, or to several.")
@click.option("--kind", "kinds", metavar="CLASS", multiple=True, help="Only this class, e.g. stem.")
@click.option("--suggest", is_flag=True, help="What the text mentions and no field declares.")
@click.option(
    "--relation",
    metavar="NAME",
    default="relates_to",
    show_default=True,
    help="The relation to suggest.",
)
@click.option("--write", is_flag=True, help="With --suggest: put it into the frontmatter.")
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def command(
    names: tuple[str, ...],
    unresolved: bool,
    kinds: tuple[str, ...],
    suggest: bool,
    relation: str,
    write: bool,
    output: str,
) -> None:
    """List every reference with what it leads to and by which class it was resolved.

    With a RECORD only what it names and what names it; with a PATH only what stands in these files.

    \b
      govkb links
      govkb links INC-20260418-B
      govkb links --unresolved
      govkb links --kind short-id --kind stem
      govkb links --format json > links.json
      govkb links --suggest records/incidents
      govkb links --suggest --write

    --suggest offers relations to what the text mentions, names in inline code among them. With
    --write they are added to the frontmatter; nothing else is changed, and nothing taken away.
    """
    from govkb.workspace import Workspace

    if write and not suggest:
        raise UsageError("--write needs --suggest", "a list of references writes nothing")
    if suggest and (unresolved or kinds):
        raise UsageError("--suggest is about relations to declare: --unresolved and --kind aren't")
    workspace = Workspace.open(Path.cwd())
    base = workspace.load()
    if suggest:
        _suggest(base, names, relation, write, output)
    else:
        _refuse_unknown_class(kinds)
        _list(base, names, kinds or (_OPEN if unresolved else ()), unresolved, output)


def _list(
    base: KnowledgeBase, names: tuple[str, ...], kinds: tuple[str, ...], parts: bool, output: str
) -> None:
    from govkb.reporting import references

    wanted = _wanted(base, names)
    found = [c for c in base.graph.citations if _is_wanted(c, wanted, kinds, parts)]
    if output == "json":
        click.echo(references.document(found), nl=False)
    else:
        click.echo(references.lines(found), nl=False)
        click.echo(counted(len(found), "reference"), err=True)


def _is_wanted(
    resolved: ResolvedCitation, wanted: _Wanted, kinds: tuple[str, ...], parts: bool
) -> bool:
    citation, resolution, _, misses_part = resolved
    if kinds and resolution.kind.value not in kinds and not (parts and misses_part):
        return False
    if wanted.is_all or citation.record.path in wanted.citing:
        return True
    return resolution.record is not None and resolution.record.path in wanted.cited


def _suggest(
    base: KnowledgeBase, names: tuple[str, ...], relation: str, write: bool, output: str
) -> None:
    from govkb.graph.suggestions import undeclared
    from govkb.reporting import references

    if relation not in base.catalogue.vocabulary.relations:
        known = ", ".join(sorted(base.catalogue.vocabulary.relations))
        raise UsageError(f"no relation is called {relation!r}", f"relations: {known}")
    wanted = _wanted(base, names)
    offered = undeclared(base.graph, relation)
    found = [s for s in offered if wanted.is_all or s.record.path in wanted.citing]
    if write:
        _write(base, found, relation)
    elif output == "json":
        click.echo(references.suggestion_document(found, relation), nl=False)
    else:
        click.echo(references.suggestion_lines(found, relation), nl=False)
        hint = "; --write puts them into the frontmatter" if found else _others(base, wanted)
        click.echo(f"{counted(len(found), 'relation')} could be declared{hint}", err=True)


def _others(base: KnowledgeBase, wanted: _Wanted) -> str:
    """The relations that the records could declare instead, where their types don't have one."""
    from govkb.graph.suggestions import undeclared

    counts = {
        name: sum(
            wanted.is_all or s.record.path in wanted.citing for s in undeclared(base.graph, name)
        )
        for name in sorted({n for t in base.catalogue.types.values() for n in t.relations})
    }
    found = [f"--relation {name} ({count:,})" for name, count in counts.items() if count]
    return f"; by other relations: {', '.join(found)}" if found else ""


def _write(base: KnowledgeBase, found: list[Undeclared], relation: str) -> None:
    from govkb.workspace.declaring import declared

    mended = declared(base.config.root, found, relation)
    mended.save(base.config.root)
    write_difference(mended)
    for path, reason in sorted(mended.refused.items()):
        click.echo(f"{path} was left alone: {reason}", err=True)
    number = sum(suggestion.record.path in mended.after for suggestion in found)
    click.echo(f"{counted(number, 'relation')} declared", err=True)


@dataclass
class _Wanted:
    """The paths of the records that are asked for: those that cite, and those that are cited."""

    is_all: bool
    citing: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)


def _wanted(base: KnowledgeBase, names: tuple[str, ...]) -> _Wanted:
    wanted = _Wanted(is_all=not names)
    for name in names:
        full = (Path.cwd() / name).resolve()
        if full.exists():
            wanted.citing |= set(_below(base, full))
        else:
            paths = {record.path for record in _named(base, name)}
            wanted.citing |= paths
            wanted.cited |= paths
    return wanted


def _below(base: KnowledgeBase, full: Path) -> Iterator[str]:
    root = base.config.root
    if not full.is_relative_to(root):
        raise UsageError(f"{full}: it is outside the project {root}")
    below = full.relative_to(root).as_posix()
    for record in base.records:
        if below == "." or record.path == below or record.path.startswith(f"{below}/"):
            yield record.path


def _named(base: KnowledgeBase, name: str) -> Iterable[Record]:
    resolution = base.graph.resolver.resolve_name(name)
    records = (resolution.record,) if resolution.record else resolution.candidates
    if not records:
        near = [record.id for record in base.graph.resolver.nearest(name)]
        hint = f"did you mean {' or '.join(near)}?" if near else "`govkb list` shows all records"
        raise UsageError(f"{name!r} is no record, file or folder", hint)
    return records


def _refuse_unknown_class(kinds: tuple[str, ...]) -> None:
    from govkb.graph import ResolutionKind

    known = [kind.value for kind in ResolutionKind]
    for kind in kinds:
        if kind not in known:
            raise UsageError(
                f"no reference is resolved by {kind!r}", f"classes: {', '.join(known)}"
            )
