"""Who of the staff may do what: accounts, roles, sessions, and the log of what they did."""
