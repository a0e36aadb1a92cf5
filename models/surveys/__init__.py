"""Intention surveys before the season: who is asked, how they were reached, what they answered, the figures of it."""
