"""Parts of zip files that strangers made, bounded in size."""

import io
import zipfile
import zlib

from factcheck_cli.inputs.readers.article import UnreadableError
from factcheck_cli.inputs.readers.types import UnknownTypeError

LARGEST = 100 << 20
"""Bytes of a part, unpacked."""
_TOGETHER = 250 << 20
_MEMBERS = 50_000


class Packed:
    """A zip file. Raises UnreadableError where a part is damaged, locked or far too large."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise UnreadableError("this is a damaged zip file; save it anew with the program it comes from") from error
        self.names = frozenset(self._archive.namelist())
        if len(self.names) > _MEMBERS:
            raise UnreadableError(f"it has more than {_MEMBERS:,} parts, as no article has")
        self._left = _TOGETHER

    def part(self, name: str) -> bytes:
        """A part of it, unpacked; empty where there is none of this name."""
        if name not in self.names:
            return b""
        most = min(LARGEST, self._left)
        try:
            with self._archive.open(name) as part:
                data = part.read(most + 1)
        except RuntimeError as error:  # what the library says of a password
            raise UnreadableError("it is locked with a password; save it without") from error
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error) as error:
            raise UnreadableError(f"its part {name} is damaged; save it anew with the program it comes from") from error
        if len(data) > most:
            raise UnreadableError(f"its part {name} unpacks to more than {most >> 20:,} MB, as no article does")
        self._left -= len(data)
        return data


def unzipped(data: bytes) -> str:
    """The type of a zip file. Raises UnknownTypeError and UnreadableError."""
    packed = Packed(data)
    if "word/document.xml" in packed.names:
        return "docx"
    mime = packed.part("mimetype")[:100].strip()
    if mime == b"application/vnd.oasis.opendocument.text":
        return "odt"
    if mime == b"application/epub+zip" or "META-INF/container.xml" in packed.names:
        return "epub"
    raise UnknownTypeError("this is a zip file without an article in it; unpack it, and scan what is in it")
