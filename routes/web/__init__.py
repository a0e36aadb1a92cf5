"""What pages of every audience share. `parts` lists what the application takes from here."""
