"""TLS folder: the names of the files with which the server speaks TLS, and of a trial's authority."""

CERTIFICATE, KEY = "server.pem", "server.key"
AUTHORITY, AUTHORITY_KEY = "authority.pem", "authority.key"
