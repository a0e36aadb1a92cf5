"""Benchmarks: what the application costs beside a baseline measured in the same run."""
