"""One municipality: its settings, offices, languages, calendar."""
