"""The settings `[labels]`: which labels there are, by namespace."""

from __future__ import annotations

from msgspec import Struct

from govkb.settings_table import SettingsTable


class ValueSource(Struct, frozen=True):
    """Records that hold the values of a namespace.

    Either the cells below `column` in the tables of one `record`, or the `field` of every record
    of a `type`.
    """

    record: str | None = None
    column: str = ""
    type: str | None = None
    field: str = "id"


class Namespace(Struct, frozen=True):
    """Labels with the same beginning: `kind/bug` is `bug` in `kind`, divided by `/`.

    Of one that is `exclusive` nobody has two; records of the types in `required` have one each.
    """

    name: str
    separator: str
    values: tuple[str, ...] = ()
    source: ValueSource | None = None
    exclusive: bool = False
    required: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """What its labels begin with."""
        return f"{self.name}{self.separator}"


class LabelSettings(Struct, frozen=True):
    """All labels there are; without any, nobody is told which to use.

    `bare` are those outside of namespaces. Records of the types in `required` have at least one.
    """

    namespaces: tuple[Namespace, ...] = ()
    bare: tuple[str, ...] = ()
    required: tuple[str, ...] = ()

    @property
    def are_declared(self) -> bool:
        """Whether there is a taxonomy at all."""
        return bool(self.namespaces or self.bare or self.required)


def read_labels(table: SettingsTable) -> LabelSettings:
    """The taxonomy; raises ConfigurationError for what can't be one."""
    namespaces = tuple(_namespace(part) for part in table.tables("namespaces"))
    prefixes: set[str] = set()
    for namespace in namespaces:
        if namespace.prefix in prefixes:
            raise table.fault("namespaces", f"declares {namespace.prefix!r} twice: join the two")
        prefixes.add(namespace.prefix)
    return table.finished(LabelSettings(namespaces, table.texts("bare"), table.texts("required")))


def _namespace(table: SettingsTable) -> Namespace:
    name, separator = table.text("name"), table.text("separator") or "/"
    if name is None:
        raise table.fault("name", "is missing: what its labels begin with, such as `kind`")
    values, source = table.texts("values"), _source(table)
    if not values and source is None:
        raise table.fault("values", "is missing: list them, or say with `values_from` where from")
    exclusive = table.flag("exclusive", default=False)
    required = table.texts("required")
    return table.finished(Namespace(name, separator, values, source, exclusive, required))


def _source(table: SettingsTable) -> ValueSource | None:
    if "values_from" not in table.names():
        return None
    part = table.table("values_from")
    record, column, kind = part.text("record"), part.text("column"), part.text("type")
    field = part.text("field")
    if (record is None) == (kind is None):
        raise part.fault("record", "or `type` has to be given, and not both")
    if (record is None) != (column is None):
        raise part.fault("column", "is the heading of a column in the tables of `record`")
    if kind is None and field is not None:
        raise part.fault("field", "is a field of the records of a `type`")
    return part.finished(ValueSource(record, column or "", kind, field or "id"))
