"""New files from answers: everything here returns text, nothing writes."""

from govkb.scaffolding.allocation import Allocation, allocate
from govkb.scaffolding.record import new_record

__all__ = ["Allocation", "allocate", "new_record"]
