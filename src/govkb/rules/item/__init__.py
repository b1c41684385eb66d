"""Items: criteria, gates, actions and whatever else a type gives a meaning."""
