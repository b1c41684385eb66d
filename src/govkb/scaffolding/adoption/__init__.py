"""Settings and types for a repository that has records already: a tree in, texts out.

`survey` reads the disk; everything else is a pure function: the same tree gives the same bytes.
"""

from govkb.scaffolding.adoption.adopting import Adoption, adopt
from govkb.scaffolding.adoption.disk import survey
from govkb.scaffolding.adoption.inventory import Inventory
from govkb.scaffolding.adoption.shipped import Shipped, load_shipped

__all__ = ["Adoption", "Inventory", "Shipped", "adopt", "load_shipped", "survey"]
