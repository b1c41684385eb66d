"""What the characters of a record say and how to write them: misread ones, emoji, comments."""
