"""References between records."""
