"""The two sources of truth, operations and settlements, and what tablets were told."""
