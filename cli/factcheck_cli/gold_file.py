"""Files of gold sentences: JSON lines, a sentence each."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson

from factcheck.evaluate.gold import Gold, GoldError, gold, kind_of
from factcheck_cli.folder import shown, why
from factcheck_cli.log import Log
from factcheck_cli.reading import STDIN


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The gold sentences of a file."""

    name: str
    sentences: tuple[Gold, ...]


def read(paths: Iterable[str], log: Log) -> list[GoldSet]:
    """The sets of the files. Wrong rows, and files that measure nothing or several things, are told and left out."""
    return [found for path in dict.fromkeys(paths) if (found := _set(path, log))]


def _set(path: str, log: Log) -> GoldSet | None:
    name = shown(path)
    try:
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
    except OSError as error:
        log.failure(name, why(error))
        return None
    sentences: list[Gold] = []
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
            sentences.append(gold(row if isinstance(row, dict) else {}, f"{name}:{number}"))
        except orjson.JSONDecodeError:
            log.failure(f"{name}:{number}", "this row is not JSON; write one object a line")
        except GoldError as error:
            log.failure(f"{name}:{number}", str(error))
    try:
        kind_of(sentences)
    except GoldError as error:
        log.failure(name, str(error))
        return None
    return GoldSet(name, tuple(sentences)) if sentences else None
