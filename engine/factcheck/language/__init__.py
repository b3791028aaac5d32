"""The rule language: `.fact` text to syntax, to validated rules, to an immutable program."""
