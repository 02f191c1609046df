"""The quality checks, one idea a file, all with the signature `Check` of `ingest.checks.check`."""
