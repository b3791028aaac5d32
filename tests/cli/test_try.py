"""`factcheck rules try`."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from factcheck.load import load
from factcheck.search import Passage, Search
from factcheck_cli.inputs.text import Text
from factcheck_cli.rules import pattern as rules_try
from factcheck_cli.rules.pattern_page import passage
from factcheck_cli.terminal.style import Style

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

ROWS = """\
{"id": "quay", "text": "The quay could sink. It could not be moved.\\nOr could it?"}
{"id": "mast", "text": "The mast broke."}
{"id": "boat", "text": "Could the boat have left? “It could,” said Ada Moss."}
"""


@pytest.fixture(autouse=True)
def rows(folder: Path) -> Path:
    """A folder with three documents in rows."""
    (folder / "rows.jsonl").write_text(ROWS, "utf-8")
    return folder


@pytest.fixture
def tried(run: Run) -> Run:
    """Return `tried(*arguments)`: what `factcheck rules try` says with the house style alone."""

    def invoke(*arguments: str, text: bytes | str | None = None) -> Result:
        return run("rules", "try", *arguments, "--no-builtin", "--rules", "house.fact", text=text)

    return invoke


def test_matches_in_context(tried: Run, golden: Golden) -> None:
    """Each sentence with a match, by file and line, what matches marked; captures below; numbers at the end."""
    result = tried("source:({nobody}) say~ | said source:(<name>) | could", "article.txt", "rows.jsonl")
    assert (result.stderr, result.exit_code) == ("", 0)
    golden("cli/try.txt", result.stdout)


def test_colours_mark_matches(tried: Run) -> None:
    """In colour matches are underlined, and no carets are needed."""
    result = tried("could", "article.txt", "--color", "always")
    assert "it \x1b[4;1mcould\x1b[0m sink" in result.stdout
    assert result.stdout.startswith("\x1b[1marticle.txt:1:\x1b[0m\n")
    assert "^" not in result.stdout


@pytest.mark.parametrize("arguments", [("-",), ()], ids=["-", "nothing"])
def test_standard_input(tried: Run, arguments: tuple[str, ...]) -> None:
    """A text may be piped in; as rows with the name of their field."""
    result = tried("could", *arguments, text="It\ncould sink.")
    assert result.stdout == "-:1:\n    It could sink.\n       ^^^^^\n\n1 match in 1 sentence\n"
    result = tried("could", *arguments, "--text-field", "body", text='{"body": "It could."}\n{"body": "It did."}\n')
    assert result.stdout == "-:1:1:\n    It could.\n       ^^^^^\n\n1 match in 1 sentence of 1 of 2 documents\n"


def test_folder(tried: Run, folder: Path) -> None:
    """Of a folder all texts are searched."""
    (folder / "texts").mkdir()
    for name in ("a", "b"):
        (folder / "texts" / f"{name}.txt").write_text("It could sink.", "utf-8")
    lines = tried("could", "texts").stdout.splitlines()
    assert [line for line in lines if line.endswith(":")] == ["texts/a.txt:1:", "texts/b.txt:1:"]
    assert lines[-1] == "2 matches in 2 sentences of 2 of 2 documents"


def test_lines_as_sentences(tried: Run, folder: Path) -> None:
    """With --segment lines each line is a sentence, and no pattern goes over its end."""
    (folder / "lines.txt").write_text("It could\nsink\n", "utf-8")
    assert "1 match in" in tried("could sink", "lines.txt").stdout
    assert tried("could sink", "lines.txt", "--segment", "lines").stdout.startswith("no match in 1 document\n")


def test_most(tried: Run) -> None:
    """Not more sentences than wanted are shown, and the rest is counted."""
    result = tried("could", "rows.jsonl", "--most", "2")
    assert result.stdout.count("^^^^^\n") == 2
    assert result.stdout.endswith("\n5 matches in 5 sentences of 2 of 3 documents\n3 more; --most shows more\n")
    assert tried("could", "rows.jsonl", "--most", "0").stdout.startswith("5 matches")
    assert "more" not in tried("could", "rows.jsonl", "--most", "5").stdout


def test_twenty_sentences_are_shown_without_most(tried: Run, folder: Path) -> None:
    """Enough to judge a pattern by, few enough for a terminal."""
    (folder / "long.txt").write_text("It could sink. " * 25, "utf-8")
    result = tried("could", "long.txt")
    assert result.stdout.count("long.txt:1:") == 20
    assert result.stdout.endswith("5 more; --most shows more\n")


def test_count(tried: Run, golden: Golden) -> None:
    """How often which words are matched, the most frequent first, capitals making no difference."""
    result = tried("could [not] | it could", "rows.jsonl", "--count")
    golden("cli/try-count.txt", result.stdout)
    few = tried("could [not] | it could", "rows.jsonl", "--count", "--most", "1").stdout
    assert few.endswith("\n2 more; --most shows more\n")


def test_json(tried: Run) -> None:
    """A line for each sentence with a match, with the keys of a scan; all of them unless fewer are wanted."""
    result = tried("source:({nobody}) say~", "article.txt", "--json")
    assert result.stderr == ""
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {
            "doc": "article.txt",
            "index": 1,
            "start": 41,
            "end": 87,
            "text": "Officials say it could sink\nbefore the winter.",
            "matches": [
                {
                    "start": 41,
                    "end": 54,
                    "text": "Officials say",
                    "captures": {"source": {"text": "Officials", "start": 41, "end": 50}},
                }
            ],
        }
    ]
    result = tried("could", "rows.jsonl", "--json", "--most", "1")
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == "factcheck: 4 sentences more; --most 5 shows them all\n"


def test_count_as_json(tried: Run) -> None:
    """The same numbers as an object."""
    record = json.loads(tried("could", "rows.jsonl", "--count", "--json").stdout)
    words = [{"text": "could", "matches": 5}]
    assert record == {"matches": 5, "sentences": 5, "documents": 2, "read": 3, "words": words}


def test_lists_of_loaded_packs(run: Run) -> None:
    """Lists of the built-in packs may be named, those of one's own by their names alone."""
    assert "Officials say" in run("rules", "try", "officials {core.saying}", "article.txt").stdout
    assert "Officials say" in run("rules", "try", "{nobody} {saying}", "article.txt", "--rules", "house.fact").stdout


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("officials say no", "in line 1 of article.txt it gets as far as “Officials say”, but `no` does not\nfollow\n"),
        ("zebras say it", "in line 1 of article.txt it finds “say it”, but `zebras` does not stand before\nit\n"),
        ("ada moss", "in line 4 of article.txt it would match “Ada Moss”, but the capital there makes\na name of it"),
        ("zebra", ""),
    ],
)
def test_no_match_is_told_with_the_nearest(tried: Run, pattern: str, said: str) -> None:
    """Where nothing matches it is said how near the pattern comes, in the first text."""
    result = tried(pattern, "article.txt", "rows.jsonl")
    assert result.stdout.startswith(f"no match in 4 documents\n{said}")
    assert result.exit_code == 0


def test_long_sentences_are_shown_around_their_matches() -> None:
    """Of a sentence of very many lines those around its matches are shown."""
    text = " ".join(["so"] * 200 + ["could"] + ["then"] * 200 + ["could"] + ["on"] * 300) + "."
    lines = passage(Text("a", text), _passage("could", text), Style(40)).splitlines()
    assert [lines[n].strip() for n in (0, 1)] == ["a:1:", "…"]
    assert sum("^" in line for line in lines) == 2
    assert sum(line.strip() == "…" for line in lines) == 3
    assert len(lines) == 13


def _passage(pattern: str, text: str) -> Passage:
    search = Search(pattern, load(builtin=False).program)
    return next(one for sighted in search.found([text]) for one in sighted.passages())


WRONG = (
    "({nobody} say~",
    "{nobdy} say~",
    "{rumours} say~",
    "{core.saing} it",
    "  ",
    "say~x",
    "<name>",
    "a ...20 b",
    "... say",
    "say\n  ) x",
    "“officials” say",
)


def test_wrong_patterns(tried: Run, golden: Golden) -> None:
    """They are shown as in a rule file, with a caret and what to do; status 2."""
    told = []
    for pattern in WRONG:
        result = tried(pattern, "article.txt")
        assert (result.stdout, result.exit_code) == ("", 2)
        told.append(result.stderr)
    golden("cli/try-wrong.txt", "\n".join(told))


def test_odd_pattern_is_warned_of(tried: Run) -> None:
    """What a check of a rule file would warn of is told before the matches."""
    result = tried('"officials say"', "article.txt")
    assert result.stderr.startswith("warning[FC110]: this asks for the quotation marks too\n --> pattern:1:1\n")
    assert "warning[FC107]: this pattern is slow" in tried("<word> could", "article.txt").stderr
    assert "1 match in 1 sentence\n" in tried("<word> could", "article.txt").stdout


def test_pattern_over_several_lines(tried: Run) -> None:
    """It may be pasted as it stands in a file, comments and all."""
    result = tried("(officials  # nobody\n | experts)\n say~", "article.txt", "--count")
    assert result.stdout.startswith("1 match in 1 sentence\n")


def test_wrong_rule_file(run: Run, folder: Path) -> None:
    """A rule file that cannot be loaded is shown with its problems."""
    (folder / "bad.fact").write_text("pack bad\n\nrle x : note\n", "utf-8")
    result = run("rules", "try", "could", "article.txt", "--rules", "bad.fact")
    assert "error[FC011]" in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


def test_unreadable_input(tried: Run) -> None:
    """What cannot be read is named, everything else is searched; status 3."""
    result = tried("could", "gone.txt", "article.txt")
    assert result.stderr == (
        "factcheck: gone.txt: there is no such file or folder; check the path\n"
        "factcheck: 1 could not be read, 1 searched\n"
    )
    assert result.stdout.endswith("1 match in 1 sentence\n")
    assert result.exit_code == 3


def test_warnings_on_rules(tried: Run, folder: Path) -> None:
    """Files with warnings are named."""
    (folder / "odd.fact").write_text(
        'pack odd\n\nrule r : note\n    "M."\n    match quay\n    flag "A quay."\n', "utf-8"
    )
    result = tried("could", "article.txt", "--rules", "odd.fact")
    assert result.stderr == "factcheck: odd.fact: 1 warning; `factcheck rules check odd.fact --no-builtin` shows it\n"
    assert result.exit_code == 0


def test_forgotten_pattern(tried: Run) -> None:
    """Whoever names a file alone is told what stands before it."""
    result = tried("article.txt")
    said = "article.txt: this is a file; name the pattern before it: factcheck rules try 'PATTERN' article.txt"
    assert (result.stderr, result.exit_code) == (f"factcheck: {said}\n", 2)


def test_forgotten_file(tried: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal nothing is waited for."""

    class Terminal:
        """A standard input that somebody types into."""

        def isatty(self) -> bool:
            """Whether it is one."""
            return True

    class System:
        """The system with it."""

        stdin, stdout, maxsize = Terminal(), sys.stdout, sys.maxsize

    monkeypatch.setattr(rules_try, "sys", System)
    result = tried("could")
    said = "there is nothing to search; name a file or a folder behind the pattern, or pipe a text in"
    assert (result.stderr, result.exit_code) == (f"factcheck: {said}\n", 2)
