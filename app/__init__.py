"""The Amtslotse service: everything that runs when a citizen asks."""
