"""What comes in: batches from tablets, facts from phones, hand-overs."""
