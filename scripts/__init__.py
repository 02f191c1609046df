"""Set-up and project checks. What runs before the dependencies exist uses the standard library only."""
