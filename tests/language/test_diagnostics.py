"""Golden diagnostics: a broken rule file in, the report that its author reads out."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from factcheck.catalogue import CATALOGUE
from factcheck.load import RuleError, load
from factcheck.render import render_all

FOLDER = Path(__file__).parents[1] / "golden" / "diagnostics"
WRITTEN = sorted(path.stem for path in FOLDER.glob("*.fact"))
LINTED = sorted(path.stem for path in FOLDER.with_name("lint").glob("*.fact"))
"""Those that only `rules lint` reports, which has tests of its own."""

PACK = "pack house\n"
RULE = """
rule vague : possible
    "It is only a guess."
    match   {match}
    flag    "{flag}"
    pass    "It works."
"""


def rule(match: str = "might", flag: str = "It might work.") -> str:
    """A rule with one `match` and one `flag`, right but for them."""
    return RULE.format(match=match, flag=flag)


def words(count: int) -> Iterator[str]:
    """`count` words that differ."""
    return (f"word{chr(97 + n % 26)}{n}" for n in range(count))


def sequences(count: int) -> str:
    """Alternatives of two words each: `count` of them have twice as many positions."""
    return " | ".join(f"{word} so" for word in words(count))


# What cannot stand as text beside its report: bytes, sizes, and what is not there. One row a golden file.
BUILT: dict[str, dict[str, bytes]] = {
    "FC001-no-such-file": {},
    "FC001-no-such-folder": {},
    "FC002-not-utf-8": {"house.fact": PACK.encode() + b'    title "Caf\xe9 talk"\n'},
    "FC003-five-megabytes": {"house.fact": PACK.encode() + b"# filler\n" * 560_000},
    "FC004-empty": {"house.fact": b""},
    "FC004-byte-order-mark-alone": {"house.fact": b"\xef\xbb\xbf"},
    "FC005-folder-without-rules": {"rules/readme.txt": b"Rules go here."},
    "FC006-other-suffix": {"house.txt": PACK.encode()},
    "FC006-nul-characters": {"house.fact": PACK.encode("utf-16-le")},
    "FC012-byte-order-mark": {"house.fact": b"\xef\xbb\xbf" + b'pack house\n    titel "House"\n'},
    "FC012-carriage-returns": {"house.fact": b'pack house\r\n    titel "House"\r\n    verson 2\r\n'},
    "FC025-duplicate-pack": {
        "a.fact": (PACK + rule()).encode(),
        "b.fact": (PACK + rule("could", "It could work.")).encode(),
    },
    "FC102-pack-without-rules": {
        "a.fact": b"pack words\n\nlist weak = might\n",
        "b.fact": (
            PACK + rule() + rule("{words.weak} not\n    when    with words", "Might not.").replace("vague", "vaguer")
        ).encode(),
    },
    "FC045-pattern-too-large": {"house.fact": (PACK + rule(sequences(2_501), "It is worda0 so.")).encode()},
    "FC045-list-too-large": {
        "house.fact": (PACK + f"list long = {sequences(2_501)}\n" + rule("{long}", "It is worda0 so.")).encode()
    },
    "FC045-amended-list-too-large": {
        "house.fact": (
            PACK + f"list long = {sequences(2_000)}\n" + rule("{long}", "It is worda0 so.")
            + f"amend list house.long + so ({sequences(600)})\n"
        ).encode()
    },
    "FC046-too-many-forms": {
        "house.fact": (
            PACK + f"list long = {' | '.join(words(65_000))}\n" + rule("{long} so", "It is worda0 so.")
        ).encode()
    },
    "FC062-too-long": {"house.fact": (PACK + rule(flag="It might work. " * 80)).encode()},
    "FC063-costly-examples": {
        "house.fact": (
            PACK + rule("\n    match   ".join(f"a {'...12 (a | a ... a) ' * n}" for n in range(3, 23)), "a " * 450)
        ).encode()
    },
    "FC072-amended-without-measure": {
        "house.fact": (
            PACK
            + "".join(rule().replace("vague", f"vague{n}").replace("might", f"might {'so ' * n}") for n in range(1, 21))
            + "\namend *\n    weight 0.3\n" * 10_001
        ).encode()
    },
    "FC072-list-amended-without-measure": {
        "house.fact": (
            PACK + "list long = may | might\n" + rule("{long}")
            + "".join(f"amend list house.long + so{n}\n" for n in range(1_001))
        ).encode()
    },
}  # fmt: skip
NAMED = {
    "FC001-no-such-file": ["house.fact"],
    "FC001-no-such-folder": ["rules"],
    "FC005-folder-without-rules": ["rules"],
}


def report(paths: list[str]) -> str:
    """What is printed when these files are loaded alone."""
    try:
        return render_all(load(paths, builtin=False, cached=False).warnings)
    except RuleError as error:
        return str(error)


@pytest.mark.parametrize("name", WRITTEN)
def test_report(name: str, golden: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file `CODE-what-is-wrong.fact` is reported as the `.txt` beside it says, and under that code."""
    monkeypatch.chdir(FOLDER)
    text = report([f"{name}.fact"])
    assert f"[{name[:5]}]" in text
    golden(f"diagnostics/{name}.txt", text)


@pytest.mark.parametrize("name", sorted(BUILT))
def test_built_report(
    name: str, golden: Callable[[str, str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same holds for files that are built here."""
    monkeypatch.chdir(tmp_path)
    for path, data in BUILT[name].items():
        Path(path).parent.mkdir(exist_ok=True)
        Path(path).write_bytes(data)
    text = report(NAMED.get(name, sorted(BUILT[name])))
    assert f"[{name[:5]}]" in text
    golden(f"diagnostics/{name}.txt", text)


def test_every_code_has_a_report() -> None:
    """Each code of the catalogue is shown by a golden file named after it, and no other code is."""
    assert {name[:5] for name in (*WRITTEN, *BUILT, *LINTED)} == set(CATALOGUE)


def test_no_report_without_a_test() -> None:
    """Each golden report belongs to a file that is tested."""
    assert {path.stem for path in FOLDER.glob("*.txt")} == {*WRITTEN, *BUILT}


def test_color_changes_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """In color a report says the same; only ANSI codes come in."""
    monkeypatch.chdir(FOLDER)
    with pytest.raises(RuleError) as caught:
        load(["FC013-many-problems.fact"], builtin=False, cached=False)
    colored = render_all(caught.value.diagnostics, color=True)
    for code in ("\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[34m", "\x1b[0m"):
        assert code in colored
        colored = colored.replace(code, "")
    assert colored == str(caught.value)


def test_records_name_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """As data a diagnostic has its code, severity and labels with offsets, lines and columns that agree."""
    monkeypatch.chdir(FOLDER)
    with pytest.raises(RuleError) as caught:
        load(["FC021-unknown-list.fact"], builtin=False, cached=False)
    (found,) = caught.value.diagnostics
    start = found.source.text.index("reportr")
    assert found.to_record() == {
        "code": "FC021",
        "severity": "error",
        "title": "unknown list",
        "message": "unknown list `reportr`",
        "file": "FC021-unknown-list.fact",
        "labels": [{"start": start, "end": start + 7, "line": 8, "column": 14, "text": "no list of this name"}],
        "help": "did you mean `{reporter}`?",
    }
