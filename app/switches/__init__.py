"""What the operator has switched off for a town: the bot, generation, or topics; with the log of who did it and why."""
