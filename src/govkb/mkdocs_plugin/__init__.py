"""The site by way of MkDocs and Material: the plugin, and the two commands that run it."""
