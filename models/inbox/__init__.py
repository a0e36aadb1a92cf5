"""The inbox: what waits for the office, and which of it went out by mail."""
