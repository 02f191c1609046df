"""Readers, one a format; each yields `ServiceDocument`s and findings."""
