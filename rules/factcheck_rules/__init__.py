"""The built-in rule packs, and in `optional` the opt-in ones: one `.fact` file a pack."""
