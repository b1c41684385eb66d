"""What a change means, one file a format: a review in, text out. Nothing here prints."""

STYLES = ("text", "markdown", "json")
