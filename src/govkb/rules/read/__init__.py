"""Reading: whether a file can be taken for a record at all."""
