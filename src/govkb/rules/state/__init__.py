"""Statuses and what they demand."""
