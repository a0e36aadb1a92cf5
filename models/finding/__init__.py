"""All that the office finds by words."""
