"""What the characters of a record say: misread ones, emoji, and comments meant for govkb."""
