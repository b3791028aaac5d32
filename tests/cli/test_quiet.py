"""Silences: a sentence is reported by what is left of it, in every format, and judged as ever."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar, get_args

import orjson
import pytest
from typer.testing import Result

from factcheck.language.program import Program
from factcheck.text import piece
from factcheck_cli.inputs.text import How, Part, Text
from factcheck_cli.options import Format
from factcheck_cli.quiet.counts import Counts, summed
from factcheck_cli.quiet.silence import Note, Sentences, Silence, Teller
from factcheck_cli.tally import Tally
from factcheck_cli.terminal.style import Style
from factcheck_cli.work.press import Press, Printed
from factcheck_cli.work.rulebook import Rulebook
from factcheck_cli.work.settings import Settings

Run = Callable[..., Result]

NOTE = Note("known", ("some",), "it is known")
TEXT = (
    "The mill closed on Monday. Officials say the wall could fall. Ruth Abara said the boats may sink.\n\n"
    "“It might burn.” The mayor left.\n"
)


class Stub:
    """Keeps silent what it is told to: by the number of the sentence the rules, none for all."""

    wholly: ClassVar[bool] = False

    def __init__(self, silent: dict[int, tuple[str, ...] | None], *, base: bool = False) -> None:
        self.silent, self.base = silent, base

    def about(self, text: Text, program: Program, counts: Counts, /) -> Teller | None:  # noqa: ARG002 - as they ask
        """Tells of these."""
        counts.declare("never", text.name, "this silences nothing")

        def told(sentences: Sentences) -> Iterator[Silence]:
            for row, rules in self.silent.items():
                found = {n for n, one in enumerate(sentences.rules[row]) if rules and one in rules}
                gone = None if rules is None else frozenset(found)
                yield Silence(row, NOTE, gone, self.base, key=f"own {row}")

        return told


def settings(form: str = "jsonl", **other: Any) -> Settings:  # noqa: ANN401 - whatever the settings take
    """Those of a scan with the built-in rules."""
    usual: dict[str, Any] = {"rules": (), "packs": (), "builtin": True, "select": (), "ignore": (), "cache": True}
    usual |= {"segment": "auto", "at_most": None, "format": form, "to_file": False, "style": Style(), "how": How()}
    return Settings(**(usual | other))


def printed(form: str, stub: Stub, text: str = TEXT, **other: Any) -> tuple[str, Tally]:  # noqa: ANN401 - the same
    """What a scan prints in this format, and its tally."""
    press = Press(settings(form, quiet=(stub,), **other))
    data = text.encode()
    pages: list[Printed] = list(press.printed([Part("a.txt", "a.txt", len(data), data=data)]))
    tally = Tally()
    for page in pages:
        tally.add(page.tally)
    begin = press.format.begin(Rulebook((press.scanner.program,)), press.settings.style, file=False)
    end = press.format.end(tally, press.settings.style)
    return (begin + b"".join(page.output for page in pages) + end).decode("utf-8", "replace"), tally


def records(stub: Stub, **other: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - the same
    """The JSON lines."""
    lines, _ = printed("jsonl", stub, **other)
    return [orjson.loads(line) for line in lines.splitlines()]


def test_a_silent_sentence_is_left_out_and_all_others_are_as_ever() -> None:
    """What is silent changes no other record."""
    plain = records(Stub({}))
    assert records(Stub({1: None})) == [plain[0], *plain[2:]]


def test_what_is_left_of_a_sentence_is_reported_at_the_lowest_level_of_that() -> None:
    """The record stays, with what is reported beside it."""
    plain = records(Stub({}))[1]
    assert plain["level"] == "unverified"
    (found,) = (one for one in records(Stub({1: ("doubt/unnamed-source",)})) if one["index"] == 1)
    assert found == plain | {"reported": "possible"}


def test_a_sentence_all_of_whose_findings_are_silent_is_silent() -> None:
    """Nothing is left to stand on; what rests on the unnamed source goes with the finding that says so."""
    silent = Stub({1: ("doubt/unnamed-source", "hedge/could")})
    assert [one["index"] for one in records(silent)] == [0, 2, 3, 4]


def test_limits_go_by_what_is_reported() -> None:
    """A sentence that is left above the limit is not printed, nor counted at its own level."""
    stub = Stub({1: ("doubt/unnamed-source",)})
    assert [one["index"] for one in records(stub, at_most="unverified")] == []
    assert [one["index"] for one in records(stub, at_most="possible")] == [1, 2, 3]
    _, tally = printed("jsonl", stub)
    assert tally.levels["unverified"] == 1
    assert tally.reported["unverified"] == 0
    assert tally.reported["possible"] == tally.levels["possible"] + 1


def test_a_silence_never_lowers_a_level() -> None:
    """What is left of a sentence that claims nothing claims nothing either."""
    text = "Could the wall fall? The court confirmed that the wall could fall."
    for row in (0, 1):
        for rule in ("no-claim/question", "verification/confirmed", "verification/ruled", "hedge/could"):
            stub = Stub({row: (rule,)})
            ladder = ["unverified", "possible", "probable", "attributed", "asserted", "established", "no-claim"]
            for one in records(stub, text=text):
                if "reported" in one:
                    assert ladder.index(one["reported"]) >= ladder.index(one["level"])


def test_silences_are_counted_and_what_is_unused_is_told() -> None:
    """The keys of what is used and declared come back."""
    _, tally = printed("jsonl", Stub({1: None, 2: ("hedge/may",)}))
    assert tally.quiet
    assert summed(tally.quiet.silent) == "2 known"
    assert set(tally.quiet.used) == {"own 1", "own 2"}
    assert list(tally.quiet.warnings()) == [("a.txt", "this silences nothing")]


@pytest.mark.parametrize("form", [form for form in get_args(Format) if form != "parquet"])
def test_no_format_reports_what_is_silent(form: str) -> None:
    """The words of a silent sentence are in none, but for the page of the text itself."""
    out, tally = printed(form, Stub({1: None, 3: None}), at_most="possible")
    plain, all_of = printed(form, Stub({}), at_most="possible")
    if form == "html":
        assert out.count('<span class="s ') == 1
        assert plain.count('<span class="s ') == 3
    elif form == "junit":
        assert 'failures="1"' in out
        assert 'failures="3"' in plain
    else:
        assert "Officials" in plain
        assert "Officials" not in out
        assert "boats" in out or "“may”" in out
    assert tally.levels == all_of.levels
    assert tally.documents == all_of.documents == 1


def test_pieces_of_a_long_text_are_silenced_each_by_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are those of the piece that is asked about, and columns and objects agree."""
    monkeypatch.setattr(piece, "LONGEST", 200)
    monkeypatch.setattr(piece, "_TAIL", 40)
    text = (TEXT + "\n") * 4
    lines, tally = printed("jsonl", Stub({0: None, 1: ("hedge/could",)}), text=text)
    array, same = printed("json", Stub({0: None, 1: ("hedge/could",)}), text=text)
    assert [orjson.loads(line) for line in lines.splitlines()] == orjson.loads(array)
    assert tally.quiet
    assert same.quiet
    assert tally.levels.total() == 20
    assert tally.quiet.silent == same.quiet.silent
    assert tally.quiet.silent["known"] > 1


@pytest.mark.parametrize("form", [one for one in get_args(Format) if one != "parquet"])
@pytest.mark.parametrize("more", [[], ["--full"], ["--report-suppressed"], ["--jobs", "2"]], ids=" ".join)
def test_nothing_is_left_to_report(scan: Run, folder: Path, form: str, more: list[str]) -> None:
    """The good case of every day: all that there is is silent, in one text and in several; no gate is met."""
    ignored = "Officials say the wall could fall. <!-- factcheck: ignore all because Ada Voss was there -->\n"
    for name in ("a.md", "b.md"):
        (folder / name).write_text(ignored, "utf-8")
    (folder / "c.md").write_text("The wall could fall.\n", "utf-8")
    gates = ["--fail-at", "unverified", "--max-unverified", "0%"]
    for paths in (["a.md"], ["a.md", "b.md"], ["a.md", "c.md"]):
        result = scan(*paths, "--format", form, *gates, *more)
        assert (result.exception, result.exit_code) == (None, 0)


def test_the_summary_of_nothing_left(scan: Run, folder: Path) -> None:
    """It says how many there were, and why none is shown."""
    (folder / "a.md").write_text("It could sink. <!-- factcheck: ignore all because it did -->\n", "utf-8")
    assert scan("a.md", "--format", "pretty").stdout == "1 sentence (1 suppressed)\n"
