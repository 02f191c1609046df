"""The command `amtslotse`."""
