"""Forgetting people: on request with a certificate, by periods, and again when a backup brings them back."""
