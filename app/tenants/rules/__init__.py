"""A town's decision tables: files that an editor writes, read, checked and compiled for the engine."""
