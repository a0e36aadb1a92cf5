"""Sync: operations from tablets and phones, and what is derived from them."""
