"""What is wrong with an archive."""


class StoreError(Exception):
    """What is wrong with an archive, and the remedy."""
