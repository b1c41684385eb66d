"""Days that records set: reviews, due days, expiries."""
