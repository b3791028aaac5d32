"""The archive that `--db` keeps: runs, documents, sentences and findings in one SQLite file, with full-text search."""
