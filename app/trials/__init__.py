"""Trial rooms: set-ups side by side, and the votes on them. No citizens' traffic."""
