"""The bytes of a file as text, for readers: what was guessed is noted, what is no text is refused."""

from factcheck_cli.inputs.decoding import decode
from factcheck_cli.inputs.readers.article import Asked, UnreadableError
from factcheck_cli.log import Minutes


def decoded(data: bytes, asked: Asked) -> str:
    """The text. Raises UnreadableError where it is none."""
    minutes = Minutes()
    text = decode(data, asked.name, minutes)
    for told in minutes.told:
        if told.is_failure:
            raise UnreadableError(told.message)
        asked.note(told.message)
    return text or ""
