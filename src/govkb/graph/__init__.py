"""How records hang together: references, what each resolves to, and the edges that follow."""

from govkb.graph.references import Citation, Mentions, split_reference
from govkb.graph.relations import RecordGraph, Relation, ResolvedCitation, build_graph
from govkb.graph.resolver import Resolution, ResolutionKind, Resolver

__all__ = [
    "Citation",
    "Mentions",
    "RecordGraph",
    "Relation",
    "Resolution",
    "ResolutionKind",
    "ResolvedCitation",
    "Resolver",
    "build_graph",
    "split_reference",
]
