"""Tables of records: a page's rows as HTML, and all rows as data that the browser filters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from msgspec import Struct

from govkb.site.facts import in_words
from govkb.site.marks import Mark
from govkb.site.record_rows import Row
from govkb.site.viewpoint import Viewpoint

# So many rows stand on a page as plain HTML: few enough for a small first page.
PAGE_ROWS = 200
# A list of thousands of tags helps nobody to choose.
_MOST_CHOICES = 200
# Below the table's own folder, where no record has a page: those have no folders of their own.
_FOLDER = "page"
_MARKED = ("severity", "status")
_LABELS = {"tags": "Tag"}


class Column(Struct, frozen=True):
    """A column of a table. `kind` is id, text, choice, mark, date or number."""

    name: str
    label: str
    kind: str
    hint: str = ""


class Cell(Struct, frozen=True):
    """What a row has in a column; `href` is where its title leads."""

    kind: str
    text: str
    mark: Mark | None = None
    href: str | None = None


class Facet(Struct, frozen=True):
    """A property with few values that the reader can choose from, each with its number of rows."""

    label: str
    column: str
    values: tuple[tuple[str, int], ...]


class Step(Struct, frozen=True):
    """A link to another page of the same table."""

    label: str
    href: str


class TablePage(Struct, frozen=True):
    """One page of a table: `number` of `count`. Only the first can be filtered.

    `data` has all rows where they stand on the page anyway; else the browser gets them from
    `source`.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    facets: tuple[Facet, ...]
    total: int
    number: int
    count: int
    steps: tuple[Step, ...]
    data: str
    source: str


class RecordTable(Struct, frozen=True):
    """Rows in their order. `uri` is that of the table's first page, the index of a folder.

    Columns that no row fills are left out, as is the type where all have the same.
    """

    uri: str
    rows: Sequence[Row]
    columns: tuple[Column, ...]
    facets: tuple[Facet, ...]

    @classmethod
    def of(cls, uri: str, rows: Sequence[Row], fields: Iterable[str] = ()) -> RecordTable:
        """A table with columns for these fields beside those that every table has."""
        wanted = (*_MARKED, *fields, "owner")
        used = [name for name in wanted if any(row.texts.get(name) for row in rows)]
        if len({row.folder for row in rows}) > 1:
            used = ["type", *used]
        facets = tuple(_facets(rows, [*used, "tags", "year"]))
        return cls(uri, rows, tuple(_columns(rows, used)), facets)

    @property
    def count(self) -> int:
        """On how many pages the table stands."""
        return max(1, -(-len(self.rows) // PAGE_ROWS))

    def page_uri(self, number: int) -> str:
        """The uri of one of the pages."""
        return self.uri if number == 1 else f"{self._folder}{_FOLDER}/{number}.md"

    def files(self, view: Viewpoint) -> dict[str, bytes]:
        """What stands beside the first page, by address: all rows, where they are too many."""
        if self.count == 1:
            return {}
        return {f"{self._folder}{_FOLDER}/rows.json": self._data(view).encode()}

    def page(self, number: int, view: Viewpoint) -> TablePage:
        """A page as seen from where it is."""
        start = (number - 1) * PAGE_ROWS
        shown = self.rows[start : start + PAGE_ROWS]
        return TablePage(
            columns=self.columns,
            rows=tuple(tuple(_cell(c, row, view) for c in self.columns) for row in shown),
            facets=self.facets if number == 1 else (),
            total=len(self.rows),
            number=number,
            count=self.count,
            steps=tuple(self._steps(number, view)),
            data=self._data(view) if self.count == 1 else "",
            source=f"{_FOLDER}/rows.json" if self.count > 1 else "",
        )

    @property
    def _folder(self) -> str:
        return self.uri.removesuffix("index.md")

    def _steps(self, number: int, view: Viewpoint) -> Iterable[Step]:
        steps = {"First": 1 if number > 2 else 0, "Previous": number - 1, "Next": number + 1}
        for label, there in steps.items():
            if 1 <= there <= self.count:
                yield Step(label, view.page(self.page_uri(there)))

    def _data(self, view: Viewpoint) -> str:
        """All rows as compact JSON, in which values that repeat are numbers into lists."""
        lists: dict[str, _List] = {}
        coded = [column.name for column in self.columns if column.kind in ("choice", "mark")]
        rows = [_numbered(row, coded, lists, view) for row in self.rows]
        whole = {
            "version": 1,
            "columns": [[c.name, c.label, c.kind] for c in self.columns],
            "fields": ["id", "title", "date", "in", "out", "place", "tags", *coded],
            "suffix": "/" if view.linker.addresses.directories else ".html",
            "lists": {name: found.items for name, found in lists.items()},
            "rows": rows,
        }
        return json.dumps(whole, separators=(",", ":"))


class _List:
    """Values in the order in which they come up, and how each is written down."""

    def __init__(self) -> None:
        self.items: list[object] = []
        self._numbers: dict[str, int] = {}

    def number(self, value: str, item: object) -> int:
        """The place of a value, which is added where it is new; -1 for none."""
        if not value:
            return -1
        if value not in self._numbers:
            self._numbers[value] = len(self.items)
            self.items.append(item)
        return self._numbers[value]


def _numbered(
    row: Row, coded: Iterable[str], lists: dict[str, _List], view: Viewpoint
) -> list[object]:
    def number(name: str, value: str, item: object) -> int:
        return lists.setdefault(name, _List()).number(value, item)

    place = view.page(f"{row.folder}/-.md").rpartition("-")[0] if row.uri else ""
    return [
        row.texts["id"],
        row.texts["title"],
        row.texts["date"],
        int(row.texts["in"]),
        int(row.texts["out"]),
        # A page may be in the very folder of the table: the empty beginning of a link is one too.
        number("place", row.folder if row.uri else "", place),
        [number("tags", tag, tag) for tag in row.tags],
        *(number(name, row.texts.get(name, ""), _item(name, row)) for name in coded),
    ]


def _item(name: str, row: Row) -> object:
    mark = row.marks.get(name)
    return [mark.text, mark.shape, mark.kind, mark.rank] if mark else row.texts.get(name, "")


def _columns(rows: Iterable[Row], used: Iterable[str]) -> Iterable[Column]:
    yield Column("id", "Id", "id")
    yield Column("title", "Title", "text")
    for name in used:
        yield Column(name, in_words(name), "mark" if name in _MARKED else "choice")
    if any(row.texts["date"] for row in rows):
        yield Column("date", "Date", "date")
    yield Column("in", "In", "number", "references from other records")
    yield Column("out", "Out", "number", "references to other records")


def _cell(column: Column, row: Row, view: Viewpoint) -> Cell:
    href = view.page(row.uri) if column.kind == "text" and row.uri else None
    return Cell(column.kind, row.texts.get(column.name, ""), row.marks.get(column.name), href)


def _facets(rows: Iterable[Row], names: Iterable[str]) -> Iterable[Facet]:
    for name in names:
        counts: dict[str, int] = {}
        ranks: dict[str, int] = {}
        for row in rows:
            for value in row.values(name):
                counts[value] = counts.get(value, 0) + 1
                ranks[value] = row.marks[name].rank if name in row.marks else 0
        if len(counts) > 1:
            commonest = sorted(counts, key=lambda value: (-counts[value], value))[:_MOST_CHOICES]
            # The worst mark first, the newest year first, everything else by name.
            commonest.sort(key=lambda value: (ranks[value], value), reverse=name == "year")
            values = tuple((value, counts[value]) for value in commonest)
            yield Facet(_LABELS.get(name, in_words(name)), name, values)
