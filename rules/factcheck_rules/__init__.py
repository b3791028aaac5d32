"""The built-in rule packs: one `.fact` file a pack."""
