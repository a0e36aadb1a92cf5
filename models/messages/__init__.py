"""Text messages: who gets one and why, what it says, what sends it, and what became of each."""
