"""TLS of a server's own: a trial's authority, and the folder that server and authority share."""
