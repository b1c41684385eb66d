"""Text that would do something to whoever reads it."""
