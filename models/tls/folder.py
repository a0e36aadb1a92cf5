"""Folder: the names of the files with which the server speaks TLS, and of a trial's authority."""

CERTIFICATE, KEY = "server.pem", "server.key"
AUTHORITY = "authority.pem"  # what tablets install; nobody has its key
ISSUER, ISSUER_KEY = "issuer.pem", "issuer.key"
