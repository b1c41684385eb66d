"""One file a format: diagnostics in, text out. Nothing here prints."""
