"""The cache of compiled programs: whole files, read only when undamaged, in a folder of one's own."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factcheck import Scanner, cache
from factcheck.load import load

RULES = """pack house

rule might : possible
    match   might
    message "may"
    flag    "It might rain."
    pass    "It rained."
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an empty cache."""
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A rule file."""
    path = tmp_path / "house.fact"
    path.write_text(RULES, "utf-8")
    return path


def test_kept_for_the_owner_alone(kept: Path, rules: Path) -> None:
    """One file a program, and nothing left beside it."""
    load([rules], builtin=False)
    (file,) = kept.iterdir()
    if os.name == "posix":
        assert (kept.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_damaged_file_is_replaced(kept: Path, rules: Path) -> None:
    """Any byte of it: what was kept is made anew, and scanning goes on."""
    load([rules], builtin=False)
    (file,) = kept.iterdir()
    whole = file.read_bytes()
    for at in (0, 31, 32, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert Scanner(rules, builtin=False).scan("It might rain.").sentences[0].level == "possible"
        assert len(file.read_bytes()) == len(whole)
        assert cache.read(file.stem) is not None
    file.write_bytes(b"")
    assert load([rules], builtin=False).program.rules
    assert cache.read(file.stem) is not None


def stored(key: str) -> bytes | None:
    """What the cache holds."""
    found = cache.read(key)
    return None if found is None else bytes(found)


def test_sound_bytes_that_are_no_tables_are_replaced(kept: Path, rules: Path) -> None:
    """The hash says that a file is whole, not that it holds what it should."""
    load([rules], builtin=False)
    (file,) = kept.iterdir()
    for data in (b"", b"no tables", b"\x93NUMPY" + bytes(200)):
        cache.write(file.stem, data)
        assert stored(file.stem) == data
        assert load([rules], builtin=False).program.rules
        assert stored(file.stem) != data


def test_other_rules_are_another_program(kept: Path, rules: Path) -> None:
    """What is kept is found by content, not by name."""
    load([rules], builtin=False)
    rules.write_text(RULES.replace(" possible", " probable"), "utf-8")
    assert load([rules], builtin=False).program.rules[0].level == "probable"
    assert len(list(kept.iterdir())) == 2


def test_processes_that_start_at_once(kept: Path, rules: Path) -> None:
    """Each finds or writes the whole program; no unfinished file stays."""
    command = [
        sys.executable,
        "-c",
        f"from factcheck import Scanner; print(len(Scanner({str(rules)!r}).program.rules))",
    ]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    counts = {process.communicate()[0] for process in running}
    assert [process.returncode for process in running] == [0] * 4
    assert len(counts) == 1
    names = [file.name for file in kept.iterdir()]
    assert len([name for name in names if name.endswith(cache.PROGRAM)]) == 1
    assert not [name for name in names if name.startswith(".")]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_folder_that_others_can_write_to_is_not_used(kept: Path, rules: Path) -> None:
    """What lies there may be anybody's."""
    kept.mkdir()
    kept.chmod(0o777)
    load([rules], builtin=False)
    assert not list(kept.iterdir())
    cache.write("a", b"data")
    assert cache.read("a") is None


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules load all the same."""
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file" / "cache"))
    assert load([rules], builtin=False).program.rules


def test_what_killed_writers_left_is_removed(kept: Path) -> None:
    """After an hour; before, somebody may be writing it."""
    cache.write("a", b"data")
    for name, age in ((".new-old", 7200), (".new-now", 0)):
        (kept / name).write_bytes(b"half")
        os.utime(kept / name, (time.time() - age,) * 2)
    cache.write("b", b"data")
    assert sorted(file.name for file in kept.iterdir()) == [".new-now", "a.tables", "b.tables"]


def test_user_without_a_home_scans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no place for a cache there is none, and scanning goes on."""

    def nowhere(*_: object, **__: object) -> Path:
        message = "could not determine the home directory"
        raise RuntimeError(message)

    monkeypatch.delenv(cache.VARIABLE, raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", nowhere)
    assert cache.folder() is None
    assert cache.read("key") is None
    cache.write("key", b"data")


def test_other_files_of_the_folder_stay(kept: Path, rules: Path) -> None:
    """A folder that is named for the cache may hold other things."""
    kept.mkdir(mode=0o700)
    (kept / "notes.json").write_text("{}", "utf-8")
    Scanner(rules, builtin=False)
    assert (kept / "notes.json").exists()


def forget() -> None:
    """Has the cache take this process for one that has read and written nothing yet."""
    cache._used.clear()  # noqa: SLF001 - nobody but a test is two processes


def test_each_kind_is_kept_for_itself(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest of a kind go when there are more of it than are kept, whatever there is of the others."""
    monkeypatch.setattr(cache, "_FILES", 3)
    cache.write("program", b"data")
    for number in range(5):
        cache.write_json(f"{number}", [number], cache.VERDICT)
        os.utime(kept / f"{number}{cache.VERDICT}", (number, number))
        forget()
    assert [cache.read_json(f"{number}", cache.VERDICT) for number in range(5)] == [None, None, [2], [3], [4]]
    assert stored("program") == b"data"
    cache.write_json("odd", "\ud800", cache.VERDICT)  # no JSON can hold it
    assert cache.read_json("odd", cache.VERDICT) is None


def test_many_programs_are_kept_as_long_as_they_are_small(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A team of fifty desks finds all of theirs the next day; the oldest go when they take too much room."""
    for number in range(60):
        cache.write(f"{number}", bytes(1_000))
        os.utime(kept / f"{number}.tables", (number, number))
        forget()
    assert len(list(kept.iterdir())) == 60
    monkeypatch.setattr(cache, "_BYTES", 3_500)
    cache.write("last", bytes(1_000))
    assert sorted(file.stem for file in kept.iterdir()) == ["58", "59", "last"]


def test_what_a_process_has_used_it_never_removes(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a run of more rule sets than are kept would find none of them the next time."""
    monkeypatch.setattr(cache, "_FILES", 2)
    cache.write("of-before", b"data")
    cache.write("read", b"data")
    forget()
    assert stored("read") == b"data"
    for number in range(5):
        cache.write(f"{number}", b"data")
    assert sorted(file.stem for file in kept.iterdir()) == ["0", "1", "2", "3", "4", "read"]
