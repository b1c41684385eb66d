"""From the bytes of one file to a record: no disk, and no exception for what it contains."""

from govkb.reading.body import Block, Body, Heading, Link, Section
from govkb.reading.frontmatter import ReadFault
from govkb.reading.record import ReadResult, Record, read_record, unreadable

__all__ = [
    "Block",
    "Body",
    "Heading",
    "Link",
    "ReadFault",
    "ReadResult",
    "Record",
    "Section",
    "read_record",
    "unreadable",
]
