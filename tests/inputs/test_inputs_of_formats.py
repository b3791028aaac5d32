"""Inputs in formats, from the command line: what each is taken for, what is told, where things stand."""

import json
import signal
import sys
from pathlib import Path
from threading import Timer

import pytest
from typer.testing import CliRunner, Result

from factcheck_cli.commands import app
from factcheck_cli.inputs.language import foreign
from factcheck_cli.inputs.readers import cage
from made_articles import articles, made, pdf, zipped

PAGE = (
    "<!doctype html><html><body><nav>Home may close</nav><p>Officials say it could &amp; will sink.</p></body></html>"
)
GERMAN = (
    "Der Kai wurde am Montag geschlossen, weil die Mauer nach Angaben der Stadt einstürzen könnte. Die Fähre fährt "
    "vorerst nicht mehr. Man weiß noch nicht, wann die Taucher ihre Arbeit beenden werden, und so lange bleibt auch "
    "die alte Mühle am Fluss zu, sagte die Hafenmeisterin."
)


def run(*arguments: str, text: str | bytes | None = None) -> Result:
    """The program in this process."""
    return CliRunner().invoke(app, arguments, input=text, catch_exceptions=False)


def scan(*arguments: str, text: str | bytes | None = None) -> tuple[list[dict[str, object]], list[str], int]:
    """The lines that a scan prints, those on standard error, and its status."""
    result = run("scan", "--format", "jsonl", *arguments, text=text)
    return [json.loads(line) for line in result.stdout.splitlines()], result.stderr.splitlines(), result.exit_code


def test_content_wins_over_the_name(folder: Path) -> None:
    """A file that is plainly something else than its name says is read as what it is, with a note; --type overrules."""
    (folder / "a.txt").write_bytes(made(articles()[0], "docx"))
    (folder / "b.md").write_text(PAGE)
    (folder / "c.docx").write_text("It may sink.")
    rows, errors, status = scan("a.txt", "b.md", "c.docx")
    assert [row["doc"] for row in rows if not row["index"]] == ["a.txt", "b.md", "c.docx"]
    word = "this is a Word document, not plain text as its name says"
    assert errors == [
        f"factcheck: a.txt: note: {word}; --type text reads it as that",
        "factcheck: b.md: note: this is HTML, not Markdown as its name says; --type markdown reads it as that",
        "factcheck: c.docx: note: this is not a Word document, as its name says, but plain text",
    ]
    assert status == 0
    rows, errors, _ = scan("b.md", "--type", "text")
    assert "<html>" in str(rows[0]["text"])
    assert errors == []


def test_program_code_is_told(folder: Path) -> None:
    """Code that is named is read, for somebody wants it, and a note says as what; --type is an answer to that."""
    (folder / "mill.PY").write_text("# It may sink.\n")
    (folder / "mill.rs.txt").write_text("It may sink.\n")
    said = "this is program code, as its name says, read here as prose; --type text says so"
    assert scan("mill.PY", "mill.rs.txt")[1:] == ([f"factcheck: mill.PY: note: {said}"], 0)
    assert scan("mill.PY", "--type", "text")[1:] == ([], 0)


def test_page_and_whole_page() -> None:
    """Of a page the article is read, with --whole-page all of it; standard input is told by its content."""
    page = made(articles()[1], "html")
    rows, errors, _ = scan("-", text=page)
    assert not errors
    assert "Home" not in [row["text"] for row in rows]
    assert rows[0]["about"] == {"type": "html", "title": "Page", "language": "en"}
    assert {"line": 2, "element": "/html/body/article/h1"}.items() <= rows[0]["place"].items()  # type: ignore[attr-defined]
    rows, _, _ = scan("-", "--whole-page", text=page)
    assert rows[0]["text"] == "Home"
    assert all("about" not in row for row in rows[1:])


def test_places_in_other_formats(folder: Path) -> None:
    """JSON arrays have places as JSON lines do; pages and paragraphs are named in pages for people and explanations."""
    (folder / "a.docx").write_bytes(made(articles()[0], "docx"))
    lines, _, _ = scan("a.docx")
    assert lines == json.loads(run("scan", "a.docx", "--format", "json").stdout)
    assert [row["place"] for row in lines] == [{"paragraph": n} for n in (1, 2, 2, 3, 3, 4)]
    assert "Paragraph 2, confidence 0.270" in run("scan", "a.docx", "--format", "pretty", "--full").stdout
    assert run("explain", "a.docx:2").stdout.startswith("a.docx:2: unverified, confidence 0.270\n")
    (explained, _) = map(json.loads, run("explain", "a.docx:3", "--json").stdout.splitlines())
    assert explained["place"] == {"paragraph": 3}
    failed = run("explain", "a.docx:99")
    assert "a.docx: there is no sentence in paragraph 99" in failed.stderr


def test_pdf_pages(folder: Path) -> None:
    """A paragraph goes on over the end of a page, and each sentence knows its page."""
    pages = [
        [(700, 12, "Officials say that the quay of Port Selby could sink, and the"), (40, 12, "1")],
        [(700, 12, "mill with it. It is old."), (40, 12, "2")],
    ]
    (folder / "a.pdf").write_bytes(pdf(pages, b"/Title (The quay) /Author (Ruth Abara) /CreationDate (D:20240301)"))
    rows, _, _ = scan("a.pdf")
    assert [(row["text"], row["place"]) for row in rows] == [
        ("Officials say that the quay of Port Selby could sink, and the\nmill with it.", {"page": 1}),
        ("It is old.", {"page": 2}),
    ]
    about = {"type": "pdf", "title": "The quay", "byline": "Ruth Abara", "date": "2024-03-01"}
    assert rows[0]["about"] == about


def test_front_matter_is_no_prose(folder: Path) -> None:
    """What stands before a Markdown article tells of it and is not scanned."""
    (folder / "a.md").write_text("---\ntitle: 'The quay'\nauthor:\n  - Ada\n  - Ruth\nlang: en\n---\nIt may sink.\n")
    (folder / "b.md").write_text('+++\ntitle = "The mill"\ndate = 2024-03-01\n+++\nIt may sink.\n')
    rows, _, _ = scan("a.md", "b.md")
    assert [row["about"] for row in rows] == [
        {"type": "markdown", "title": "The quay", "byline": "Ada, Ruth", "language": "en"},
        {"type": "markdown", "title": "The mill", "date": "2024-03-01"},
    ]
    assert [row["place"]["line"] for row in rows] == [8, 5]  # type: ignore[index]


@pytest.mark.parametrize(
    ("opened", "end", "lines"),
    [
        ("---\ntitle: The quay\nauthor:\n- Ada\n", "\n", "lines 2 to 4 are"),
        ("---\r\nTitle: The quay\r\nlayout: post\r\n", "", "lines 2 to 3 are"),
        ("---\ntitle: The quay\n", "\n", "line 2 is"),
        ("---\ntitle: The quay\n", "\nThe mill shut.\n\n---\n\n", "line 2 is"),
        ('+++\ntitle = "The quay"\ndate = 2024-03-01\n', "\n", "lines 2 to 3 are"),
    ],
)
def test_front_matter_that_is_never_closed(folder: Path, opened: str, end: str, lines: str) -> None:
    """It is told, no sentence is made of its keys, and no sentence behind it is lost."""
    (folder / "a.md").write_bytes(f"{opened}{end}It may sink.\n".encode())
    rows, errors, status = scan("a.md")
    assert (rows[-1]["text"], rows[0]["about"]["title"]) == ("It may sink.", "The quay")  # type: ignore[index]
    assert len(rows) == 1 + ("mill" in end)
    what = f"the front matter that line 1 opens is never closed; {lines} taken for it and not scanned"
    assert errors == [f"factcheck: a.md: note: {what}, write `{opened[:3]}` where it ends"]
    assert not status


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nIt may sink.\n",
        "---\nIt may sink.\n\n---\n\nThe mill shut.\n",
        "---\nRumour: it may sink.\n",
        "---\nnote: it may sink.\n",
    ],
)
def test_a_line_above_prose_is_no_front_matter(folder: Path, text: str) -> None:
    """A line of dashes at the top of an article, and one below, hide nothing of it."""
    (folder / "a.md").write_text(text)
    rows, errors, _ = scan("a.md")
    assert "may sink." in str(rows[0]["text"])
    assert not errors


def test_tables(folder: Path) -> None:
    """A table has a document a row; one without texts is named with the columns it has."""
    (folder / "a.csv").write_text('id;text\na;"It may sink.\nIt rose."\n;It fell.\n')
    (folder / "b.tsv").write_text("body\tid\nIt may sink.\tx\n")
    (folder / "c.csv").write_bytes("text\nCafé may close.\n".encode("cp1252"))
    rows, errors, status = scan("a.csv", "b.tsv", "c.csv")
    assert [(row["doc"], row["text"]) for row in rows] == [
        ("a", "It may sink."),
        ("a", "It rose."),
        ("a.csv:3", "It fell."),
        ("c.csv:2", "Café may close."),
    ]
    assert errors[0] == (
        "factcheck: b.tsv: this table has no column `text`; it has `body`, `id`; "
        "--text-field names the one with the text"
    )
    assert status == 3
    assert [row["doc"] for row in scan("b.tsv", "--text-field", "body")[0]] == ["x"]
    assert run("explain", "a.csv:3").stdout.startswith("a.csv:3:1: asserted")


def test_feeds_and_archives(folder: Path) -> None:
    """Each item of a feed and each page of an archive is a document."""
    item = "<item><title>The quay</title><description>{}</description></item>"
    bodies = ("It may sink.", "&lt;p&gt;It rose.&lt;/p&gt;")
    (folder / "a.xml").write_text(f"<rss><channel>{''.join(map(item.format, bodies))}</channel></rss>")
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + made(articles()[0], "html")
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nContent-Type: application/http\r\n"
    )
    (folder / "a.warc").write_bytes(f"{head}Content-Length: {len(page)}\r\n\r\n".encode() + page + b"\r\n\r\n")
    rows, errors, _ = scan("a.xml", "a.warc")
    assert [row["doc"] for row in rows if not row["index"]] == ["a.xml:1", "a.xml:2", "http://a.example/1"]
    assert not errors


def test_parquet(folder: Path) -> None:
    """A Parquet table has a document a row."""
    import pyarrow as pa  # noqa: PLC0415 -- it takes a while
    from pyarrow import parquet  # noqa: PLC0415 -- the same

    parquet.write_table(pa.table({"id": ["a", "b"], "text": ["It may sink.", None]}), folder / "a.parquet")
    rows, errors, status = scan("a.parquet")
    assert [row["doc"] for row in rows] == ["a"]
    assert errors[0] == "factcheck: a.parquet:2: `text` of this row is no text; --text-field names another column"
    assert status == 3
    assert "has no column `body`; it has `id`, `text`" in scan("a.parquet", "--text-field", "body")[1][0]


def test_mail_that_quotes(folder: Path) -> None:
    """What a letter quotes of another one is known to rules, and parted from the rest."""
    (folder / "mail.fact").write_text(
        'pack mail\nrule quoted : note\n    "Quoted."\n    match sank | rose\n    when in mail\n    flag "It sank."\n'
    )
    (folder / "a.eml").write_text(
        "From: Ada <a@a.example>\nSubject: Quay\nMessage-ID: <1@a>\nMIME-Version: 1.0\n\nIt sank\n> It rose\nIt sank\n"
    )
    rows, _, _ = scan("a.eml", "--no-builtin", "--rules", "mail.fact")
    assert [(row["text"], bool(row["findings"])) for row in rows] == [
        ("It sank", False),
        ("It rose", True),
        ("It sank", False),
    ]
    assert rows[0]["about"] == {"type": "email", "title": "Quay", "byline": "Ada"}


def test_a_missing_library_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an extra is not installed, its files are failures with the command that brings it; the others go on."""
    (folder / "hidden").mkdir()
    for name in ("pypdfium2", "trafilatura", "fastwarc", "docutils"):
        (folder / "hidden" / f"{name}.py").write_text(f"raise ModuleNotFoundError('no', name='{name}')\n")
    for form, data in {"pdf": pdf([[]]), "html": PAGE.encode(), "warc": b"WARC/1.0\r\n", "rst": b"It may."}.items():
        (folder / f"a.{form}").write_bytes(data)
    (folder / "b.txt").write_text("It may sink.")
    monkeypatch.setenv("PYTHONPATH", str(folder / "hidden"))
    cage.stop()
    try:
        rows, errors, status = scan("a.pdf", "a.html", "a.warc", "a.rst", "b.txt")
    finally:
        cage.stop()
    assert [row["doc"] for row in rows] == ["b.txt"]
    page = "pip install 'factcheck-engine[html]' brings it, and --whole-page reads all of the page without it"
    assert errors[:3] == [
        "factcheck: a.pdf: reading PDF needs pypdfium2; pip install 'factcheck-engine[pdf]' brings it",
        f"factcheck: a.html: reading HTML needs trafilatura; {page}",
        "factcheck: a.warc: reading a web archive needs fastwarc; pip install 'factcheck-engine[warc]' brings it",
    ]
    assert status == 3


def test_reading_that_takes_too_long_is_ended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not read in time is named, and the next one is read by a new process."""
    (folder / "a.md").write_text("It may sink.")
    (folder / "b.html").write_bytes(b"<!--" * 300_000)
    with monkeypatch.context() as patch:
        patch.setattr(cage, "SECONDS", 2.0)
        patch.setattr(cage, "_MEGABYTE", 1 << 40)
        said = "factcheck: b.html: reading it takes more than 2 seconds of processor time; "
        remedy = "scan parts of it, or save its text as plain text and scan that"
        assert scan("b.html")[1][0] == f"{said}try --whole-page, {remedy}"
        assert scan("b.html", "--whole-page")[1][0] == f"{said}{remedy}"
    assert len(scan("a.md")[0]) == 1


def _hold(seconds: float = 0) -> None:
    """Halts the process that waits for the next file, as a machine that is busy does, for a while or for good."""
    assert not scan("a.md")[2]
    process = cage._kept[0]._process  # noqa: SLF001 - which process it is, nothing else tells
    process.send_signal(signal.SIGSTOP)
    if seconds:
        Timer(seconds, process.send_signal, [signal.SIGCONT]).start()


@pytest.mark.skipif(sys.platform == "win32", reason="it has no processor time that is watched")
def test_a_busy_machine_fails_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is processor time: a process that has to wait for it is waited for, though not for ever."""
    (folder / "a.md").write_text("It may sink.")
    monkeypatch.setattr(cage, "SECONDS", 0.5)
    _hold(1.2)
    rows, errors, status = scan("a.md")
    assert (len(rows), errors, status) == (1, [], 0)
    with monkeypatch.context() as patch:
        _hold()
        patch.setattr(cage, "_PATIENCE", 4)
        said = "reading it takes more than 2 seconds; try again when the machine is less busy, or scan parts of it"
        assert scan("a.md")[1][0] == f"factcheck: a.md: {said}"
    assert len(scan("a.md")[0]) == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_other_languages_are_skipped(folder: Path, jobs: str) -> None:
    """A text in another language is passed over with a reason, and counted; short ones never are."""
    (folder / "a.txt").write_text(GERMAN)
    (folder / "b.txt").write_text("Die Mauer könnte einstürzen.")
    (folder / "c.md").write_text(f"# Kai\n\n{GERMAN}")
    rows, errors, status = scan("a.txt", "b.txt", "c.md", "--jobs", jobs)
    assert [row["doc"] for row in rows] == ["b.txt"]
    said = "skipped: this is German, and the rules are for English; --any-language scans it"
    assert errors == [*(f"factcheck: {name}: {said}" for name in ("a.txt", "c.md")), "factcheck: 2 skipped, 1 scanned"]
    assert status == 0
    assert len({str(row["doc"]) for row in scan("a.txt", "c.md", "--any-language")[0]}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "THE QUAY IS CLOSED AND THE BOATS ARE GONE. " * 6,
        "Abara, Voss, Lindqvist, Tarrant, Kovar, Hale, Brandt, Marigold, Selby, Lundby, Northport. " * 4,
        "It sank. They left. Nobody saw it. He waited for hours, but no boat came in. She wrote to us. " * 4,
        "1,204 2,300 17.5 " * 60,
    ],
)
def test_english_is_never_skipped(text: str) -> None:
    """Capitals, names and figures make no text foreign."""
    assert foreign(text) == ""


def test_an_empty_file_is_told_in_a_line(folder: Path) -> None:
    """Whatever its name says it is."""
    (folder / "a.docx").touch()
    assert scan("a.docx") == ([], ["factcheck: a.docx: note: there is no text in it"], 0)


def test_zip_that_is_no_article(folder: Path) -> None:
    """What is packed is named for what it is."""
    (folder / "a.zip").write_bytes(zipped({"a.txt": "It may sink."}))
    (folder / "b.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (folder / "c.rtf").write_bytes(b"{\\rtf1 It may sink.}")
    _, errors, status = scan("a.zip", "b.docx", "c.rtf")
    assert errors == [
        "factcheck: a.zip: this is a zip file without an article in it; unpack it, and scan what is in it",
        "factcheck: b.docx: this is a document of an old office program; save it as .docx or .odt",
        "factcheck: c.rtf: this is RTF, which is not read; save it as .docx or .odt",
        "factcheck: 3 could not be read, 0 scanned",
    ]
    assert status == 3


def test_plain_text_loads_no_reader(folder: Path) -> None:
    """A scan of plain text imports none of the readers and starts no process for them."""
    import subprocess  # noqa: PLC0415 -- for this alone

    (folder / "a.txt").write_text("It may sink.")
    shown = "[n for n in sys.modules if n.startswith('factcheck_cli.inputs.readers.') or n == 'markdown_it']"
    script = (
        "import sys; sys.argv = ['factcheck', 'scan', 'a.txt']\nfrom factcheck_cli.app import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print({shown}, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stderr.decode().strip() == "['factcheck_cli.inputs.readers.types']"
