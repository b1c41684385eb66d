"""What a rule is made of, and the ways in which it says where a fault is."""

from __future__ import annotations

from msgspec import Struct

from govkb.diagnostics import Diagnostic, Fix, Related, Severity
from govkb.reading import ReadFault, ReadResult, Record
from govkb.record_types.fields import dotted
from govkb.source import Span

Path = tuple[str | int, ...]


class Rule(Struct, frozen=True):
    """A rule's name and grade. The module that holds it is the rule.

    Its docstring is the documentation, and at most one function is the check. `check_file(result,
    terms)` sees one file and `check_record(record, terms)` one readable record with a type: what
    they yield may depend on nothing else, and is kept for as long as the file stays the same.
    `check_base(base)` sees everything, and bodies only at a price: it should ask for none but those
    it complains about. `check_outcome(outcome)` hears afterwards what was to be hidden and never
    came up. Without a function the rule stands for the faults of reading that go by its slug.

    A rule that is `fixable` offers a fix for some of what it finds. One that `needs_base` speaks
    only where there is a base to compare with, one that `needs_change` only where a change is asked
    about. One that is `on_request` runs only where the settings or the command line name it itself.
    """

    code: str
    slug: str
    severity: Severity
    fixable: bool = False
    needs_base: bool = False
    needs_change: bool = False
    on_request: bool = False

    def at_key(
        self,
        record: Record,
        key: Path,
        message: str,
        *,
        hint: str | None = None,
        value: bool = True,
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A fault of a frontmatter field: of its value, or with `value=False` of the key itself."""
        span = record.span_of(key, value=value)
        place = dotted(key) or None
        return self._diagnostic(record.path, span, message, hint, place, record.id, related, fix)

    def at_offsets(
        self,
        record: Record,
        start: int,
        end: int,
        message: str,
        *,
        hint: str | None = None,
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A fault of the text between two byte offsets."""
        span = record.source.span(start, end)
        return self._diagnostic(record.path, span, message, hint, None, record.id, related, fix)

    def at_file(
        self,
        path: str,
        message: str,
        *,
        hint: str | None = None,
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A fault of a whole file."""
        return self._diagnostic(path, None, message, hint, None, None, related, fix)

    def at_source(
        self,
        result: ReadResult,
        start: int,
        end: int,
        message: str,
        *,
        hint: str | None = None,
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A fault between two byte offsets of a file that may be no readable record."""
        span = result.source.span(start, end)
        record_id = result.record.id if result.record is not None else None
        return self._diagnostic(result.path, span, message, hint, None, record_id, related, fix)

    def at_fault(self, result: ReadResult, fault: ReadFault) -> Diagnostic:
        """A fault that reading came upon."""
        span = result.source.span(fault.start, fault.end) if fault.end else None
        return self._diagnostic(result.path, span, fault.message, fault.hint)

    def _diagnostic(
        self,
        path: str,
        span: Span | None,
        message: str,
        hint: str | None = None,
        key: str | None = None,
        record_id: str | None = None,
        related: tuple[Related, ...] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        return Diagnostic(
            self.code,
            self.slug,
            self.severity,
            path,
            message,
            span,
            hint,
            key,
            record_id or None,
            related,
            fix=fix,
        )
