"""Sections of the body."""
