"""Facts of English: word tables and inflection, the lowest layer of the engine."""
