"""The figures of a market day."""
