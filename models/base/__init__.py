"""What every noun stands on: the database, the clock, check digits, packed bodies, backups."""
