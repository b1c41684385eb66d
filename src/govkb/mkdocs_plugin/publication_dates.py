"""Keeps today's date out of the site: a build says the same whenever it is run.

MkDocs takes the day of the build for the day on which every page was changed, unless
SOURCE_DATE_EPOCH tells it another.
"""

from __future__ import annotations

import os

from mkdocs.structure.pages import Page

# MkDocs also stamps the packed sitemap with it, so it has to be a date.
UNKNOWN = "1970-01-01"


def without_update_date(page: Page) -> Page:
    """The page, as changed on an unknown day where nobody has given one."""
    if "SOURCE_DATE_EPOCH" not in os.environ:
        page.update_date = UNKNOWN
    return page
