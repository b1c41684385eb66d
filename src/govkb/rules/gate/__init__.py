"""The gates of a change (`govkb check-change`), and the labels of changes and records."""
