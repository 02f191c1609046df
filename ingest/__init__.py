"""From source texts to a published generation."""
