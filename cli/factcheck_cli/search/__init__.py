"""`factcheck search`: sentences of an archive."""
