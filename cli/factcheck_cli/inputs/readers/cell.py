"""The process that reads strangers' files: it is asked for one at a time, and answers a JSON line an article.

It may not use more memory than is good, and ends when it has used up the processor time for an article.
"""

import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from factcheck_cli.inputs.readers.article import Asked, Lost, Reader, UnreadableError
from factcheck_cli.inputs.readers.types import TYPES, ZIP, UnknownTypeError

MEMORY = 400 << 20
"""Bytes that it may use."""


def main() -> None:
    """Answers until nobody asks."""
    _bound()
    asking, answering = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    while line := asking.readline():
        _answer(orjson.loads(line), asking, answering)


def _bound() -> None:
    """Bounds the memory, where the system lets us, and lets a clock that has run down end the process."""
    if sys.platform == "win32":
        return
    import resource

    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


def _wind(seconds: float) -> None:
    """Winds up the clock of processor time, which ends the process when it has run down; nought stops it."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


_LONG = 200  # characters of what a library says


def _said(error: object) -> str:
    return " ".join(str(error).split())[:_LONG]


Say = Callable[[str, Any], None]


def _answer(asked: dict[str, Any], asking: BinaryIO, answering: BinaryIO) -> None:
    """Says all there is to say of one file, and at the end that this is all."""

    def say(what: str, value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        answering.write(orjson.dumps({what: value}) + b"\n")
        answering.flush()
        _wind(asked["seconds"])

    _wind(asked["seconds"])
    try:
        _read(asked, asking, say)
    except (UnreadableError, UnknownTypeError) as error:
        say("failure", str(error))
    except ImportError as error:
        say("missing", error.name or "")
    except OSError as error:
        say("error", [error.errno, _said(error.strerror or error)])
    except MemoryError:
        say("failure", f"reading it takes more than {MEMORY >> 20:,} MB of memory; scan parts of it")
    except RecursionError:
        say("failure", "it is nested too deeply; save it anew with the program it comes from")
    except Exception as error:  # noqa: BLE001 - a library that a broken file breaks must not stop the scan
        say("failure", f"it cannot be read, it may be damaged ({type(error).__name__}: {_said(error)})")
    say("done", True)
    _wind(0)


def _read(asked: dict[str, Any], asking: BinaryIO, say: Say) -> None:
    kind, data, path = asked["type"], b"", ""
    if "size" in asked:
        data = asking.read(asked["size"])
    else:
        path = asked["path"].encode("latin-1").decode("utf-8", "surrogateescape")
        data = b"" if kind != ZIP and TYPES[kind].streamed else Path(path).read_bytes()
    if kind == ZIP:
        from factcheck_cli.inputs.readers.packed import unzipped

        kind = unzipped(data)
        say("type", kind)
    read: Reader = import_module(f"factcheck_cli.inputs.readers.{TYPES[kind].module}").read
    fields = asked["text_field"], asked["id_field"]
    how = Asked(asked["name"], asked["whole_page"], lambda said: say("note", said), *fields, path, asked["facts"])
    if asked["left"]:
        how = replace(how, left=lambda text, place, why: say("left", [text, place, why]))
    for article in read(data, how):
        if article is None:
            say("passed", True)
        elif isinstance(article, Lost):
            say("lost", article.why)
        else:
            say("article", article)


if __name__ == "__main__":
    main()
