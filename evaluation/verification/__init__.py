"""How well verification tells carried statements from corrupted ones."""
