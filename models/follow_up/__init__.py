"""After the day: whom the office asks how it went, what they said, who helps whom, and the figures of it."""
