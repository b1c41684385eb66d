"""What a kind of record is: data in `templates/TYPE/type.yaml`, read into values here."""

from govkb.record_types.body_sources import BodySource
from govkb.record_types.catalogue import TypeCatalogue, load_catalogue
from govkb.record_types.classifications import Classification
from govkb.record_types.declarations import DeclarationFault
from govkb.record_types.executions import Execution
from govkb.record_types.id_patterns import IdPattern
from govkb.record_types.record_type import (
    DerivedFigure,
    Form,
    LetterRule,
    RecordType,
    RowIds,
    SectionType,
    UpdateShape,
)
from govkb.record_types.relation_types import RelationType, RelationUse
from govkb.record_types.statuses import Demand, RelatedDemand, StatusMachine, ValueDemand

__all__ = [
    "BodySource",
    "Classification",
    "DeclarationFault",
    "Demand",
    "DerivedFigure",
    "Execution",
    "Form",
    "IdPattern",
    "LetterRule",
    "RecordType",
    "RelatedDemand",
    "RelationType",
    "RelationUse",
    "RowIds",
    "SectionType",
    "StatusMachine",
    "TypeCatalogue",
    "UpdateShape",
    "ValueDemand",
    "load_catalogue",
]
