"""What tablets are told: the records of a snapshot and of the answers to a batch."""
