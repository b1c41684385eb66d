"""How records hang together: references, what each resolves to, and the edges that follow."""

from govkb.graph.citing import ResolvedCitation
from govkb.graph.force import has_status, is_in_force, is_void
from govkb.graph.mention_patterns import MentionPatterns, mention_patterns
from govkb.graph.mentions import Mention, MentionKind, mentions_in, mentions_of
from govkb.graph.references import Citation, Name, split_reference
from govkb.graph.relations import RecordGraph, Relation, build_graph
from govkb.graph.resolution import Resolution, ResolutionKind
from govkb.graph.resolver import Resolver
from govkb.graph.surroundings import Surroundings
from govkb.graph.until import End, EndKind, end_of
from govkb.graph.waiting import is_open, waiting_and_awaited

__all__ = [
    "Citation",
    "End",
    "EndKind",
    "Mention",
    "MentionKind",
    "MentionPatterns",
    "Name",
    "RecordGraph",
    "Relation",
    "Resolution",
    "ResolutionKind",
    "ResolvedCitation",
    "Resolver",
    "Surroundings",
    "build_graph",
    "end_of",
    "has_status",
    "is_in_force",
    "is_open",
    "is_void",
    "mention_patterns",
    "mentions_in",
    "mentions_of",
    "split_reference",
    "waiting_and_awaited",
]
