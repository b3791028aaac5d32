"""`rules test --watch` and `scan --watch`: again whenever a file changes, in a process of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from select import select
from typing import Any

import pytest
from typer.testing import Result

from factcheck_cli.watch import waiting as watch

Run = Callable[..., Result]
Watching = Callable[..., Any]

ONE = 'pack one\n\nrule r : note\n    "M."\n    match ash\n    flag "An ash."\n    pass "An elm."\n'
TWO = ONE.replace("one", "two").replace("ash", "oak")
GOLD = '{"text": "An ash.", "label": "certain"}\n'
_PATIENCE = 120  # seconds until a test gives up; a busy machine may be slow


def put(path: Path, text: str) -> None:
    """Writes the file at one stroke, so that nobody sees half of it."""
    new = Path("new.part")
    new.write_text(text, "utf-8")
    new.replace(path)


def changed(path: str) -> str:
    """What is said of a change."""
    return f"factcheck: {Path(path)} has changed\n"


@pytest.fixture(autouse=True)
def files(folder: Path) -> Path:
    """Write two packs, and labelled sentences."""
    (folder / "packs").mkdir()
    (folder / "packs" / "one.fact").write_text(ONE, "utf-8")
    (folder / "packs" / "two.fact").write_text(TWO, "utf-8")
    (folder / "packs" / "gold.jsonl").write_text(GOLD, "utf-8")
    return folder / "packs"


def test_a_folder_is_watched(watching: Watching, files: Path) -> None:
    """Files that change, come and go, rules and sentences; mistakes do not end it, Ctrl-C does, without a word."""
    one = watching("packs")
    first = one.page("4 examples: all pass", "packs/gold.jsonl (1 sentence")
    assert "changed" not in first
    put(files / "one.fact", ONE.replace("An ash.", "An alder."))
    assert one.page("4 examples: 3 pass, 1 does not").startswith(f"{changed('packs/one.fact')}error[FC060]")
    (files / "two.fact").unlink()
    assert one.page("2 examples: 1 passes, 1 does not").startswith(changed("packs/two.fact"))
    put(files / "one.fact", "rule\n")
    one.page(changed("packs/one.fact"), "error[FC010]")
    put(files / "one.fact", ONE)
    one.page(changed("packs/one.fact"), "2 examples: all pass")
    put(files / "gold.jsonl", GOLD * 2)
    assert one.page("(2 sentences").startswith(changed("packs/gold.jsonl"))
    put(files / "three.fact", TWO.replace("two", "three"))
    assert one.page("4 examples: all pass").startswith(changed("packs/three.fact"))
    assert one.interrupt() == 130
    assert one.rest == "\n"


def test_other_files_are_no_matter(watching: Watching, files: Path) -> None:
    """A file in a watched folder that is neither rules nor sentences is not told of: the next change is the first."""
    one = watching("packs")
    one.page("4 examples: all pass")
    put(files / "readme.txt", "No rules.")
    put(files / "one.fact", ONE.replace("An elm.", "A yew."))
    assert one.page("all pass").startswith(changed("packs/one.fact"))


def test_files_are_watched_by_name(watching: Watching, files: Path) -> None:
    """Of named files the others in their folders are no matter, and one that is put in their place is seen."""
    one = watching("packs/one.fact")
    one.page("2 examples: all pass")
    put(files / "two.fact", "rule\n")
    (files / "new.fact").write_text(ONE.replace("An elm.", "A yew."), "utf-8")
    (files / "new.fact").replace(files / "one.fact")
    assert one.page("2 examples: all pass").startswith(changed("packs/one.fact"))
    (files / "one.fact").unlink()
    one.page(changed("packs/one.fact"), "error[FC001]: there is no such file or folder")
    put(files / "one.fact", ONE)
    one.page(changed("packs/one.fact"), "2 examples: all pass")
    assert one.interrupt() == 130


def test_only_what_a_change_touches_is_read_again(watching: Watching, files: Path) -> None:
    """Wrong rows of sentences are told when their file is read, and not again while it stays as it is."""
    put(files / "gold.jsonl", GOLD + '{"text": "An ash.", "label": "tall"}\n')
    one = watching("packs")
    one.page("`tall` is no label")
    put(files / "one.fact", ONE + "# a comment\n")
    one.page(changed("packs/one.fact"), "(1 sentence")
    assert "`tall`" not in "".join(one.pages[1:])


def test_links_are_followed(watching: Watching, folder: Path, files: Path) -> None:
    """A link to a file changes with the file it leads to."""
    (folder / "house").mkdir()
    (folder / "house" / "linked.fact").symlink_to(files / "one.fact")
    one = watching("house/linked.fact")
    one.page("2 examples: all pass")
    put(files / "one.fact", ONE.replace("An elm.", "A yew."))
    assert re.match(r"factcheck: \S+ has changed\n", one.page("2 examples: all pass"))


def test_json_each_time(watching: Watching, files: Path) -> None:
    """With --json each run prints its object."""
    one = watching("packs", "--json")
    assert one.page('"passed": 2').startswith("{\n")
    put(files / "one.fact", ONE.replace("An ash.", "An alder."))
    assert "\n{\n" in one.page(changed("packs/one.fact"), '"passed": 1')


@pytest.mark.parametrize("command", [("rules", "test", "packs"), ("scan", "article.txt", "-o", "out.csv")])
def test_watchfiles_is_an_extra(run: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]) -> None:
    """Without the library that watches files its install command is named."""
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = run(*command, "--no-builtin", "--watch")
    assert result.stderr == f"factcheck: --watch needs watchfiles, which is not installed: {watch.INSTALL}\n"
    assert watch.INSTALL == "pip install 'factcheck-engine[watch]'"
    assert result.exit_code == 2


def test_standard_input_cannot_be_watched(run: Run) -> None:
    """What comes through a pipe does not change."""
    result = run("rules", "test", "packs", "-", "--no-builtin", "--watch")
    assert result.stderr == "factcheck: standard input cannot be watched: name files\n"
    assert result.exit_code == 2


def test_no_folder_to_watch(run: Run, folder: Path) -> None:
    """Where there is no folder nothing can change in it."""
    result = run("rules", "test", "gone/one.fact", "--no-builtin", "--watch")
    assert result.stderr == f"factcheck: {folder / 'gone'}: there is no such folder to watch; check the path\n"
    assert result.exit_code == 2
    shutil.rmtree(folder / "packs")
    assert run("rules", "test", "packs", "--no-builtin").exit_code == 2


# Articles ------------------------------------------------------------------------------------------------------------

SCAN = ("scan", "--rules", "house.fact", "--format", "csv")


def test_a_saved_article_is_scanned_again(watching: Watching, folder: Path) -> None:
    """Of a folder only the file that was saved, new ones, too; one that is gone is told of; Ctrl-C ends it quietly."""
    desk = folder / "desk"
    desk.mkdir()
    (desk / "one.txt").write_text("It could sink.", "utf-8")
    (desk / "two.txt").write_text("It sank.", "utf-8")
    one = watching(*SCAN, "desk")
    one.page("desk/one.txt,0,", "desk/two.txt,0,")
    put(desk / "one.txt", "It may burn.")
    page = one.page(changed("desk/one.txt"), "It may burn.")
    assert "two.txt" not in page
    put(desk / "three.md", "# It rose\n\nIt could fall.\n")
    assert "one.txt" not in one.page("desk/three.md,1,", "It could fall.")
    (desk / "two.txt").unlink()
    assert "desk/" not in one.page("factcheck: desk/two.txt: this is gone\n").replace("desk/two.txt", "")
    (desk / "three.md").rename(desk / "four.md")
    one.page("factcheck: desk/three.md: this is gone\n", "desk/four.md,1,")
    assert one.interrupt() == 130
    assert one.rest == "\n"
    assert "Traceback" not in one.printed


def test_editors_save_in_several_ways(watching: Watching, folder: Path) -> None:
    """In the place of the old file, over it after it was emptied, or after it was put aside: each is one page."""
    draft = folder / "draft.txt"
    draft.write_text("It sank.", "utf-8")
    one = watching(*SCAN, "draft.txt")
    one.page("It sank.")
    put(draft, "It could sink.")
    one.page("It could sink.", ",possible,")
    with draft.open("w", encoding="utf-8") as file:
        file.flush()
        time.sleep(0.06)
        file.write("It may burn.")
    one.page("It may burn.", ",possible,")
    draft.rename("draft.txt~")
    time.sleep(0.06)
    draft.write_text("It could rise.", "utf-8")
    one.page("It could rise.", ",possible,")
    assert "gone" not in one.printed
    assert one.interrupt() == 130


def test_what_a_folder_leaves_out_is_no_matter(watching: Watching, folder: Path) -> None:
    """Ignored files, hidden ones and other kinds make no page of sentences."""
    desk = folder / "desk"
    desk.mkdir()
    (desk / ".factcheckignore").write_text("old*\n", "utf-8")
    (desk / "one.txt").write_text("It sank.", "utf-8")
    one = watching(*SCAN, "desk")
    one.page("It sank.")
    put(desk / "old.txt", "It could sink.")
    put(desk / ".one.txt", "It could sink.")
    put(desk / "one.bin", "It could sink.")
    put(desk / "one.txt", "It may burn.")
    one.page("It may burn.")
    assert "could sink" not in one.printed


def test_changed_rules_are_loaded_anew(watching: Watching, folder: Path) -> None:
    """All is scanned again with them; mistakes in them are shown, and those of before stay until they are mended."""
    house = Path("house.fact").read_text("utf-8")
    one = watching(*SCAN, "article.txt")
    assert ",house/chance," not in one.page("article.txt,1,", "house/unnamed")
    put(folder / "house.fact", house.replace("could | may", "moved | could | may"))
    one.page(changed("house.fact"), "article.txt,2,", "house/chance")
    put(folder / "house.fact", "rule\n")
    one.page(changed("house.fact"), "error[FC010]", "the rules of before stay until these are mended")
    put(folder / "article.txt", "It could sink.")
    one.page(changed("article.txt"), "house/chance")
    put(folder / "house.fact", house)
    one.page(changed("house.fact"), "article.txt,0,")
    assert one.interrupt() == 130


def test_rules_of_before_stay_in_several_processes(watching: Watching, folder: Path) -> None:
    """Other processes would load the wrong ones; these do their share again once they are mended."""
    house = Path("house.fact").read_text("utf-8")
    one = watching(*SCAN, "article.txt", "--jobs", "2")
    one.page("article.txt,1,")
    put(folder / "house.fact", "rule\n")
    one.page(changed("house.fact"), "the rules of before stay until these are mended")
    for text in ("It could sink.", "It may burn."):
        put(folder / "article.txt", text)
        one.page(changed("article.txt"), text, "house/chance")
    put(folder / "house.fact", house.replace("could | may", "burn | could | may"))
    one.page(changed("house.fact"), "article.txt,0,", "house/chance")
    put(folder / "article.txt", "They burn.")
    one.page(changed("article.txt"), "They burn.", "house/chance")
    assert "run it again" not in one.printed


def test_wrong_rules_at_first_are_waited_for(watching: Watching, folder: Path) -> None:
    """Where there are no rules of before, nothing is scanned until they are mended."""
    house = Path("house.fact").read_text("utf-8")
    put(folder / "house.fact", "rule\n")
    one = watching(*SCAN, "article.txt")
    assert "stay" not in one.page("error[FC010]")
    put(folder / "house.fact", house)
    one.page("article.txt,1,")


def test_with_a_file_all_is_written_again(watching: Watching, folder: Path) -> None:
    """One output holds all, so a change of one text writes it as a whole."""
    one = watching(*SCAN, "article.txt", "other.txt", "-o", "out.csv")
    note = "factcheck: other.txt: note: this is scanned as soon as it is there\n"
    one.page(note, "other.txt: there is no such file")
    put(folder / "other.txt", "It may burn.")
    one.page(changed("other.txt"))
    written = (folder / "out.csv").read_text("utf-8")
    assert "other.txt,0," in written
    assert "article.txt,1," in written


@pytest.mark.parametrize("paths", [("mistyped.txt",), ("mistyped",), ("gone/one.txt", "two.txt")])
def test_nothing_that_is_there_is_not_waited_for(run: Run, paths: tuple[str, ...]) -> None:
    """It is mistyped, most likely: the command ends as it does without a watch."""
    result, plain = run("scan", *paths, "--watch"), run("scan", *paths)
    assert (result.stderr, result.exit_code) == (plain.stderr, 3)
    assert f"{paths[0]}: there is no such file or folder; check the path" in result.stderr


def test_an_output_is_not_scanned(run: Run, folder: Path) -> None:
    """Each would make the next; data beside the articles is none of them."""
    (folder / "desk").mkdir()
    result = run("scan", "desk", "-o", "desk/report.html", "--watch")
    said = "desk/report.html: the output would be scanned with what is in desk; give -o a place outside this folder"
    assert (result.stderr, result.exit_code) == (f"factcheck: {said}\n", 2)


def test_documents_keep_their_names(watching: Watching, folder: Path) -> None:
    """What was named by a path of its own, or is a link, is called so again."""
    (folder / "desk").mkdir()
    (folder / "desk" / "one.txt").write_text("It sank.", "utf-8")
    Path("link.txt").symlink_to(folder / "article.txt")
    one = watching(*SCAN, "./desk", "link.txt")
    one.page("./desk/one.txt,0,", "link.txt,0,")
    put(folder / "desk" / "one.txt", "It may burn.")
    assert one.page("It may burn.").count("./desk/one.txt,0,") == 1
    put(folder / "article.txt", "It may rise.")
    assert "\nlink.txt,0," in one.page("It may rise.").replace("\r", "")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_a_terminal_is_cleared(folder: Path) -> None:
    """Each page stands on a terminal of its own; the cursor goes home first."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "factcheck_cli.app", *SCAN[:3], "article.txt", "--no-builtin", "--watch"]
    environment = os.environ | {"NO_COLOR": "1"}
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment) as program:
        os.close(theirs)

        def page(word: bytes) -> bytes:
            seen = b""
            while word not in seen:
                assert select([ours], [], [], _PATIENCE)[0], seen
                seen += os.read(ours, 4096)
            return seen

        try:
            assert page(b"Sources without a name: officials").startswith(b"\x1b[H\x1b[2J")
            put(folder / "article.txt", "It may burn.")
            assert b"\x1b[H\x1b[2J" in page(b"may burn")
            program.send_signal(signal.SIGINT)
            assert program.wait(_PATIENCE) == 130
        finally:
            program.kill()
    os.close(ours)


def test_a_watch_that_is_told_to_end_does_so(watching: Watching, folder: Path) -> None:
    """Also while it scans, when mistakes of a scan end nothing."""
    one = watching(*SCAN, "article.txt")
    one.page("article.txt,1,")
    put(folder / "article.txt", "".join(f"The dam may burst {number} times.\n" for number in range(200_000)))
    until = time.monotonic() + _PATIENCE
    while changed("article.txt") not in one.printed:
        assert time.monotonic() < until
        time.sleep(0.01)
    one.process.send_signal(signal.SIGTERM)
    assert one.process.wait(_PATIENCE) == 143


@pytest.mark.parametrize("command", [("packs",), (*SCAN, "article.txt")])
def test_one_that_waits_is_told_to_end(watching: Watching, command: tuple[str, ...]) -> None:
    """That is not Ctrl-C, and has a status of its own."""
    one = watching(*command)
    one.page("all pass" if command[0] == "packs" else "article.txt,1,")
    time.sleep(0.3)
    one.process.send_signal(signal.SIGTERM)
    assert one.process.wait(_PATIENCE) == 143
    assert "Traceback" not in one.printed


@pytest.mark.skipif(sys.platform == "win32", reason="there it is killed")
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("wait", [0.0, 0.3, 0.8])
@pytest.mark.parametrize("where", [("-o", "out.csv"), ("--db", "kept.db", "--jobs", "2")])
def test_one_that_is_told_to_end_leaves_no_half_of_anything(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    watching: Watching, run: Run, folder: Path, where: tuple[str, ...], wait: float, told: signal.Signals
) -> None:
    """Neither in the place of what it writes nor beside it, whatever it and its processes are at."""
    desk = folder / "desk"
    desk.mkdir()
    for number in range(40):
        (desk / f"{number}.txt").write_text(f"The dam may burst {number} times.\n" * 400, "utf-8")
    one = watching(*SCAN, "desk", *where)
    one.page("")
    whole = (folder / where[1]).read_bytes()
    put(folder / "house.fact", (folder / "house.fact").read_text("utf-8") + "# a word more\n")
    time.sleep(wait)
    one.process.send_signal(told)
    assert one.process.wait(_PATIENCE) == 128 + told
    assert not [*folder.glob(".*.part"), *folder.glob("*.part")]
    assert "Traceback" not in one.printed
    if where[0] == "-o":
        assert (folder / "out.csv").read_bytes() == whole
    else:
        again = run(*SCAN, "desk", "--no-builtin", *where[:2])
        assert again.exit_code == 0
        assert "kept.db: kept as run " in again.stderr


def test_from_save_to_page(watching: Watching, folder: Path) -> None:
    """A saved article is on the page at once: on a quiet machine in less than 0.3 seconds."""
    one = watching(*SCAN, "article.txt")
    one.page("article.txt,1,")
    took = []
    for number in range(5):
        time.sleep(0.1)
        put(folder / "article.txt", f"It could sink {number + 2} times.")
        begun = time.monotonic()
        while f"sink {number + 2} times" not in one.printed:
            assert time.monotonic() - begun < _PATIENCE
            time.sleep(0.002)
        took.append(time.monotonic() - begun)
    assert min(took) < 3, took


def test_a_pipe_is_not_watched_for_articles(run: Run) -> None:
    """What comes through a pipe does not change, and is what is read where nothing is named."""
    for arguments in (("scan", "-", "--watch"), ("scan", "--watch")):
        result = run(*arguments, text="It sank.")
        assert result.stderr == "factcheck: standard input cannot be watched: name files\n"
        assert result.exit_code == 2
