"""Texts of several kinds for archives, and questions to these."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

QUAY = """\
---
title: The quay
author: Ruth Abara
date: 2026-03-02
---
# Quay may close

Officials say the *old quay* could sink.

“Fares rose 40 per cent,” said Ada Voss, head of the ferry company. She said that the mill is likely to close.
"""
MILL = """\
The mill quay closed on Monday. Officials say the wall could fall before the winter.

“We moved the boats,” said Ruth Abara. “Nobody was hurt. The rope may have been cut.”
"""


def inputs(folder: Path) -> list[str]:
    """Inputs of several kinds in the folder, one of them not to be read."""
    (folder / "quay.md").write_text(QUAY, "utf-8")
    (folder / "mill.txt").write_text(MILL, "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    rows = [
        {"id": "one", "text": MILL},
        {"text": "It may sink. 😀 “Nobody knows,” Ada Voss said."},
        {"id": "one", "text": "No."},
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return ["mill.txt", "quay.md", "empty.txt", "rows.jsonl", "article.txt"]


def asked(path: Path | str, question: str, *values: object) -> list[Any]:
    """What the archive answers."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(question, values).fetchall()


def changed(path: Path | str, *statements: str) -> None:
    """Changes the archive as another program would."""
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def is_sound(path: Path) -> None:
    """Fails where the file is damaged, or the index of its words is not that of its sentences."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert not database.execute("PRAGMA foreign_key_check").fetchall()
        database.execute("INSERT INTO words(words, rank) VALUES('integrity-check', 1)")
        held = "SELECT count(*) FROM sentence WHERE id BETWEEN document.first AND document.first + document.count - 1"
        assert not database.execute(
            f"SELECT id FROM document WHERE count <> ({held} AND sentence.document = document.id)"  # noqa: S608 - ours
        ).fetchall()
