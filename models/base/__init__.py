"""What every room uses: the database, the clock, check digits, packed bodies, lists, secrets, backups."""
