"""Pages that `scan --watch -o` keeps: what it writes is what a scan writes that keeps none."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn, get_args

import pytest
from typer.testing import Result

from factcheck_cli.inputs.text import Text
from factcheck_cli.options import Format
from factcheck_cli.watch import scan as scan_watch
from factcheck_cli.watch.reprints import Reprints
from factcheck_cli.work.plan import Plan
from factcheck_cli.work.press import Pages, Press

Run = Callable[..., Result]
TEXTS = 40


def old(path: Path, text: str) -> None:
    """Writes the file as of an hour ago; later ones are newer."""
    path.write_text(text, "utf-8")
    stamp = time.time() - 3_600 + len(text)
    os.utime(path, (stamp, stamp))


@pytest.fixture
def desk(folder: Path) -> Path:
    """A folder of articles; two of them have something that is suppressed, and one a suppression of nothing."""
    place = folder / "desk"
    place.mkdir()
    for number in range(TEXTS):
        old(place / f"{number}.txt", f"Officials say mill {number} could burn. It rained.\n")
    old(place / "a.md", "It could sink. <!-- factcheck: ignore house/chance because the pier is meant -->\n")
    old(place / "b.md", "It sank. <!-- factcheck: ignore house/chance because nothing is -->\n")
    return place


class Watched:
    """A scan as `--watch` does it, once for each `look`, and how many texts were scanned for the last."""

    def __init__(self, run: Run, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
        def watched(
            load: Callable[[], Plan], once: Callable[..., int], paths: Sequence[str], *_: object, **__: object
        ) -> NoReturn:
            self.once, self.paths, self.plan = once, paths, load()
            raise SystemExit(0)

        monkeypatch.setattr(scan_watch, "watched", watched)
        assert run("scan", *arguments, "--rules", "house.fact", "--no-builtin", "--watch").exit_code == 0
        self.reprints = Reprints()
        self.scanned = 0
        as_before = Press.print

        def counted(press: Press, batch: Sequence[Text], number: int = 0) -> Iterator[Pages]:
            self.scanned += len(batch)
            return as_before(press, batch, number)

        monkeypatch.setattr(Press, "print", counted)

    def look(self) -> int:
        """The exit status."""
        self.scanned = 0
        return self.once(self.plan, self.paths, self.reprints)

    def whole(self) -> int:
        """The same, with nothing kept."""
        return self.once(self.plan, self.paths, Reprints())


@pytest.mark.parametrize("form", get_args(Format))
def test_the_same_is_written(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], desk: Path, form: str
) -> None:
    """And told, whatever changes, comes and goes in the folder; few texts are scanned for it."""
    one = Watched(run, monkeypatch, "desk", "--format", form, "-o", "out", "--fail-at", "possible")
    out = desk.parent / "out"

    def same() -> None:
        capsys.readouterr()
        status, scanned = one.look(), one.scanned
        written, told = out.read_bytes(), capsys.readouterr()
        assert status == one.whole()
        assert written == out.read_bytes()
        assert told == capsys.readouterr()
        one.scanned = scanned

    same()
    assert one.scanned == TEXTS + 2
    same()
    assert one.scanned == 0
    old(desk / "7.txt", "Officials say that the mill may burn down. It rained on it.\n")
    same()
    assert 0 < one.scanned < TEXTS
    old(desk / "new.txt", "It may burn.\n")
    same()
    assert 0 < one.scanned < TEXTS
    (desk / "3.txt").unlink()
    same()
    assert 0 < one.scanned < TEXTS
    said = '[[ignore]]\nrules = "all"\nsentence = "Officials say mill 5 could burn."\nreason = "It stood empty."\n'
    old(desk / "5.txt.factcheck.toml", said)
    same()
    assert 0 < one.scanned < TEXTS
    same()
    assert one.scanned == 0


def test_a_folder_of_pages(run: Run, monkeypatch: pytest.MonkeyPatch, desk: Path) -> None:
    """Each page leads to those around it also when these are new."""
    one = Watched(run, monkeypatch, "desk", "-o", "report/", "--format", "html")

    def pages() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in Path("report").rglob("*.html")}

    one.look()
    old(desk / "new.txt", "It may burn.\n")
    one.look()
    assert 0 < one.scanned < TEXTS
    kept = pages()
    assert len(kept) == TEXTS + 4
    one.whole()
    assert kept == pages()


def test_what_is_saved_just_now_is_not_kept(run: Run, monkeypatch: pytest.MonkeyPatch, desk: Path) -> None:
    """A file system may give the next change the same time."""
    one = Watched(run, monkeypatch, "desk", "-o", "out.csv", "--format", "csv")
    one.look()
    (desk / "7.txt").write_text("It could sink.\n", "utf-8")
    before = (desk / "7.txt").stat()
    one.look()
    (desk / "7.txt").write_text("It may sink. \n", "utf-8")
    os.utime(desk / "7.txt", ns=(before.st_mtime_ns, before.st_mtime_ns))
    one.look()
    assert "It may sink." in Path("out.csv").read_text("utf-8")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("options", [("--db", "archive.db"), ("--baseline", "known.jsonl")])
def test_what_depends_on_more_is_not_kept(run: Run, monkeypatch: pytest.MonkeyPatch, options: tuple[str, str]) -> None:
    """An archive has its own way to tell what is unchanged, and what is known may be known from another text."""
    house = ("--rules", "house.fact", "--no-builtin")
    assert run("baseline", "create", "desk", "-o", "known.jsonl", *house).exit_code == 0
    one = Watched(run, monkeypatch, "desk", "-o", "out.csv", "--format", "csv", *options)
    one.look()
    one.look()
    assert one.scanned >= TEXTS + 2


def test_what_could_not_be_read_is_tried_again(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], desk: Path
) -> None:
    """What keeps it from being read may go while its file stays as it is."""
    old(desk / "odd.pdf", "%PDF-1.4 and no more")
    one = Watched(run, monkeypatch, "desk", "-o", "out.csv", "--format", "csv")
    assert one.look() == one.look() == 3
    assert one.scanned < TEXTS
    assert capsys.readouterr().err.count("odd.pdf: ") == 2
