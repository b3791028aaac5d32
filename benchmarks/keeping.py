"""What an archive costs and what it saves: `python benchmarks/keeping.py ROWS.jsonl [RUNS]`.

The rows are scanned without an archive, into a new one, once more as they are, and with one of them changed; then a few
things are searched for. Of several runs the least processor time is told, as other programs share the machine.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from child import FACTCHECK, usage

SEARCHES: Sequence[tuple[str, ...]] = (
    ("--level", "unverified", "--kind", "anonymous"),
    ("--source", "minister"),
    ("--rule", "hedge/may"),
    ('"prime minister"',),
    ("said",),
)


def main(path: str, runs: int = 3) -> None:
    """Prints a line a measure: seconds of processor time."""
    rows = Path(path).read_bytes().splitlines(keepends=True)
    changed = json.loads(rows[len(rows) // 2])
    changed["text"] += " The pier may close."
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        table, archive, output = Path("rows.jsonl"), Path("archive.db"), Path("out.jsonl")
        scan = [FACTCHECK, "scan", str(table), "--quiet", "--jobs", "1", "-o", str(output)]
        keeping = [*scan, "--db", str(archive)]

        def put(row: bytes | None = None) -> None:
            own = [*rows[: len(rows) // 2], row, *rows[len(rows) // 2 + 1 :]] if row else rows
            table.write_bytes(b"".join(own))

        def measured(name: str, command: Sequence[str], before: Callable[[], None] = lambda: None) -> None:
            seconds = []
            for _ in range(runs):
                before()
                seconds.append(usage(command).processor)
            print(f"{name:40}{min(seconds):8.2f}", flush=True)

        def emptied() -> None:
            for name in folder_of(archive):
                name.unlink()

        put()
        print(f"{table.stat().st_size / 1e6:,.1f} MB, {len(rows):,} rows; seconds of processor time")
        measured("without an archive", scan)
        measured("all is new", keeping, emptied)
        size, lines = (file.stat().st_size / 1e6 for file in (archive, output))
        print(f"{'the archive, MB':40}{size:8.1f}; the JSON lines {lines:.1f}")
        measured("nothing has changed", keeping)
        versions = iter(range(runs))

        def one_row() -> None:
            put(json.dumps({**changed, "text": changed["text"] + f" {next(versions)}"}).encode() + b"\n")

        measured("one row has changed", keeping, one_row)
        for words in SEARCHES:
            measured(f"search {' '.join(words)}", [FACTCHECK, "search", *words, "--db", str(archive), "-n", "20"])
        measured("the program alone", [FACTCHECK, "search", "--runs", "--db", str(archive)])


def folder_of(archive: Path) -> list[Path]:
    """The files of the archive that are there."""
    return list(archive.parent.glob(f"{archive.name}*"))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
