"""Pictures of a graph in the languages of other programs; one file a format."""
