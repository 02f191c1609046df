"""A published generation, opened for reading: chunk store, dense index (Chroma), lexical index."""
