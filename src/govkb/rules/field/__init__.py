"""Fields: what the frontmatter says."""
