"""Names as searches compare them: case and accents make no difference, as they make none in words."""

from unicodedata import combining, normalize


def folded(text: str) -> str:
    """The text without these."""
    if text.isascii():
        return text.lower()
    return "".join(char for char in normalize("NFKD", text.casefold()) if not combining(char)).casefold()
