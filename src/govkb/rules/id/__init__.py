"""Identity: ids, file names and types."""
