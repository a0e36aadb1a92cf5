"""People: candidates, their passes, and which of them are one."""
