"""Questions about records that commands and pages ask alike; answers are values, never text."""
