"""What programs read beside the pages; `docs/site-files.md` says what of it stays as it is."""

from govkb.site.machine_readable.all_files import feed_files, reference_files
from govkb.site.machine_readable.feed import FEEDS
from govkb.site.machine_readable.masthead import Masthead

__all__ = ["FEEDS", "Masthead", "feed_files", "reference_files"]
