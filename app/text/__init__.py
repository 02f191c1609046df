"""Working on text without models: quotable units, lexical terms, figures."""
