"""Key pairs of a county: what signs passes and what contacts are sealed to."""
