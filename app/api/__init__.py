"""HTTP: one router a concern, schemas beside it; nothing here knows how an answer is made."""
