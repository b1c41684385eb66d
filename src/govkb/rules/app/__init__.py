"""Append-only sections, compared with a base."""
