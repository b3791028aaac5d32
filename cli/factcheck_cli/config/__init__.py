"""Configuration: `factcheck.toml` files and `[tool.factcheck]` tables, found, read, checked, merged and told."""
