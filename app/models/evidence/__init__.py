"""The evidence model: which sentences of a page answer a question, and whether any does."""
