"""Checks: what may not stand in a vacancy, and why (docs/vacancy-checks.md)."""
