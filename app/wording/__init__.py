"""Fixed wording for citizens: one YAML catalog a language, read by `app.wording.catalog`."""
