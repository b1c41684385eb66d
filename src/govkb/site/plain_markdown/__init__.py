"""The site as a folder of plain Markdown, for whatever generator people have."""

from govkb.site.plain_markdown.all_pages import markdown_pages

__all__ = ["markdown_pages"]
