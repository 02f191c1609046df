"""Verification in explicit rules: each module asks one question of a drafted statement and says why it fails."""
