"""From the bytes of one file to a record: no disk, and no exception for what it contains."""

from govkb.reading.body import Block, Body, Heading, Link, Section
from govkb.reading.frontmatter import ReadFault
from govkb.reading.inheritance import NOTHING_INHERITED, Inherited
from govkb.reading.outline import Outline, OutlineHeading, OutlineSection
from govkb.reading.reader import read_record, read_sidecar, unreadable
from govkb.reading.record import ReadResult, Record
from govkb.reading.suppressions import Suppression

__all__ = [
    "NOTHING_INHERITED",
    "Block",
    "Body",
    "Heading",
    "Inherited",
    "Link",
    "Outline",
    "OutlineHeading",
    "OutlineSection",
    "ReadFault",
    "ReadResult",
    "Record",
    "Section",
    "Suppression",
    "read_record",
    "read_sidecar",
    "unreadable",
]
