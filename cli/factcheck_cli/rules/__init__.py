"""`factcheck rules …`: for the authors of rules, one module a command and one a page."""
