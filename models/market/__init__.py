"""The set-up of a market day: who, where, and what is offered."""
