"""The walk of a question: one stage a file, value types in `values`, composed in `pipeline`."""
