"""The HTML report as text: what stands in it, that nothing breaks out of it, and where it goes."""

import base64
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from factcheck import Scanner
from factcheck.text import piece
from factcheck.version import __version__
from factcheck_cli.html_report import binder
from factcheck_cli.html_report.index import SHOWN, Index
from factcheck_cli.html_report.pages import of_parts
from factcheck_cli.inputs.text import Text
from factcheck_cli.log import Unread
from factcheck_cli.terminal.style import clean
from report_page import Page, settings, written

if TYPE_CHECKING:
    import subprocess

Run = Callable[..., Result]
Start = Callable[..., "subprocess.Popen[bytes]"]
needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")


# What stands in it ---------------------------------------------------------------------------------------------------


def test_report_of_an_article(scan: Run, golden: Callable[[str, str], None]) -> None:
    """The body of the page, to the letter."""
    page = scan("article.txt", "--format", "html").stdout
    golden("cli/report.html", page[page.index("<body") :].replace(__version__, "VERSION"))


def test_policy_names_style_and_script_by_hash(scan: Run) -> None:
    """The policy allows the very style and script of the page, and nothing else; nothing is loaded."""
    page = Page(scan("article.txt", "--format", "html").stdout)
    (policy,) = [one["content"] for tag, one in page.tags if one.get("http-equiv") == "Content-Security-Policy"]
    style, script = (
        next(text for one, text in page.raw if not one and sign in text) for sign in (":root", "use strict")
    )
    hashes = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in (script, style)]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    loading = {"src", "srcset", "style", "background", "poster", "action", "formaction"}
    assert not [one for _, one in page.tags if loading & set(one) or any(name.startswith("on") for name in one)]
    links = [one["href"] for _, one in page.tags if "href" in one]
    assert links
    assert all(link and link.startswith("#") for link in links)
    assert not re.search(r"url\(|@import|https?:", style)


def test_wording_and_never_truth(scan: Run) -> None:
    """The page says what it judges."""
    said = "".join(Page(scan("article.txt", "--format", "html").stdout).all)
    assert "judges wording, never truth. Unverified does not mean false; asserted does not mean true." in said


def test_data_has_what_the_panel_tells(scan: Run) -> None:
    """Rules with their words, sources, what would change the level, signals, each once."""
    (data,) = Page(scan("article.txt", "--format", "html").stdout).data
    assert data["rules"][0][:4] == ["house/unnamed", 0, 0.9, "warning"]
    assert data["rules"][0][4:7] == [
        "Nobody who can be named stands behind this.",
        "No reader can weigh them.",
        "Name the source.",
    ]
    second = data["sentences"][1]
    assert second[:4] == [0, 0.27, 0, 1]
    assert data["voices"][second[5]] == ["Officials", "anonymous", "", ""]
    assert second[7][0] == [0, "Officials say", 0, ""]
    assert second[8] == [[["Officials say"], 1]]
    assert data["signals"][second[9]] == {"hedge": 0.7, "house": 0.98}
    assert [row[1] for row in data["sources"]] == ["writer", "anonymous", "person"]


def test_measured_figures_of_built_in_rules(run: Run) -> None:
    """What was measured of a rule stands in the data and in the list of the rules."""
    page = Page(run("scan", "-", "--format", "html", text="The wall could fall.").stdout)
    rule = next(one for one in page.data[0]["rules"] if one[0] == "hedge/could")
    assert any(" right in " in figure for figure in rule[7])


def test_at_most_leaves_the_text_whole(scan: Run, folder: Path) -> None:
    """With `--at-most` the text stays; sentences above the limit are not marked, and articles without any go."""
    page = Page(scan("article.txt", "--format", "html", "--at-most", "unverified").stdout)
    assert page.text == (folder / "article.txt").read_text("utf-8")
    assert len([one for tag, one in page.tags if (one.get("class") or "").startswith("s l")]) == 1
    (folder / "firm.txt").write_text("It sank.", "utf-8")
    both = scan("article.txt", "firm.txt", "--format", "html", "--at-most", "unverified").stdout
    assert "1 article without a sentence at the level asked for: left out." in both
    assert both.count('<article class="doc"') == 1


def test_asked_packs_are_noted(run: Run) -> None:
    """What an opt-in pack finds is noted, on firm sentences, too."""
    page = run("scan", "-", "--pack", "numbers", "--format", "html", text="Fares rose 40 per cent.").stdout
    assert "Give the figure before or after" in page[page.index('class="notes"') :]


@pytest.mark.parametrize("text", ["", " \n ", "\ufeff"])
def test_text_without_a_sentence(scan: Run, text: str) -> None:
    """A text of nothing makes a page that says so."""
    assert "No sentence was found in this text." in scan("-", "--format", "html", text=text).stdout


def test_lines_stay_lines(scan: Run) -> None:
    """With `--segment lines` line breaks are shown."""
    assert (
        '<div class="text lined">'
        in scan("-", "--format", "html", "--segment", "lines", text="It sank\nIt rose").stdout
    )


def test_silenced_is_told_as_explain_tells_it(scan: Run, run: Run, folder: Path) -> None:
    """What rules would have found, and the line that silenced them, sentence by sentence what `explain` says."""
    (folder / "may.txt").write_text("The crew called may day on Sunday. Moss, who could swim, left.\n", "utf-8")
    (data,) = Page(scan("may.txt", "--format", "html").stdout).data
    told = [
        [
            (data["rules"][rule][0], words, data["silencers"][by].rpartition("(")[2].removesuffix(")"))
            for rule, words, by in one[10]
        ]
        for one in data["sentences"]
    ]
    out = run("explain", "may.txt", "--json", "--rules", "house.fact", "--no-builtin").stdout
    explained = [json.loads(line)["silenced"] for line in out.splitlines()]
    assert told == [[(one["rule"], one["text"], one["by"]["line"]) for one in each] for each in explained]
    assert told == [[("house/chance", "may", "house.fact:19")], [("house/chance", "could", "house.fact:20")]]
    assert data["silencers"] == [
        "an `except` on “may day” (house.fact:19)",
        "its `when`, which does not hold here (house.fact:20)",
    ]


def test_silenced_rules_are_not_at_work(scan: Run, folder: Path) -> None:
    """A rule that found nothing has no place among the rules at work, nor has its pack among the filters."""
    (folder / "may.txt").write_text("The crew called may day on Sunday.\n", "utf-8")
    page = scan("may.txt", "--format", "html").stdout
    assert 'class="rules"' not in page
    assert re.findall(r'<option value="([^"]*)"', page[page.index('class="pack"') :]) == ["", "", "0"]


def test_rules_have_their_examples(scan: Run) -> None:
    """With each rule go the sentences that its author gives for it, and where it is written."""
    (data,) = Page(scan("article.txt", "--format", "html").stdout).data
    rules = {rule[0]: rule[8:] for rule in data["rules"]}
    assert rules["house/unnamed"] == [
        "house.fact:6",
        ["Officials say the quay is safe."],
        ["The officials left by boat."],
    ]


# Nothing breaks out --------------------------------------------------------------------------------------------------

HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)>&amp;"\'="@-1 ="#@-2<!--<script>]]>'
WORDS = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(["Officials say", " it could sink", "\n\n", "\r\n", "“", "”", HOSTILE, ".", "\0", "\u202e"]),
        max_size=12,
    ).map("".join),
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Scanner:
    """A scanner with a small rule."""
    path = tmp_path_factory.mktemp("rules") / "house.fact"
    path.write_text(
        'pack house\nrule odd : unverified\n    "Odd."\n    match officials say | could\n    because "So."\n'
        '    suggest "No."\n    flag "Officials say it sank."\n    pass "It sank."\n',
        "utf-8",
    )
    return Scanner([path], builtin=False, cache=False)


@given(WORDS, st.sampled_from(["auto", "lines"]))
def test_text_comes_back(house: Scanner, text: str, segment: str) -> None:
    """Whatever the text is, a parser reads just it, but for NUL, which no HTML can hold."""
    page = Page(written(house, text, segment=segment))
    assert page.text == text.replace("\0", "\N{SYMBOL FOR NULL}")


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_words_of_rules_and_names_come_back(
    house: Scanner, message: str, because: str, suggest: str, name: str
) -> None:
    """Messages, reasons and names are text on the page and in its data, whatever they are."""
    rules = tuple(replace(one, message=message, because=because, suggest=suggest) for one in house.program.rules)
    scanner = Scanner.of(replace(house.program, rules=rules))
    page = Page(written(scanner, "Officials say it sank.", name))
    (data,) = page.data
    assert data["name"] == name
    assert data["rules"][0][4:7] == [message, because, suggest]
    said = "".join(page.all)
    assert all(clean(words).replace("\r", " ") in said for words in (message, because, suggest, name))


def test_hostile_words_make_no_element(house: Scanner, scan: Run, folder: Path) -> None:
    """Markup in a text, a rule, a name, a source or a message of a failure stays text, on pages and in the list."""
    rules = tuple(replace(one, message=HOSTILE, because=HOSTILE, suggest=HOSTILE) for one in house.program.rules)
    page = Page(written(Scanner.of(replace(house.program, rules=rules)), f"Officials say {HOSTILE} sank.", HOSTILE))
    (folder / "rows.jsonl").write_text(
        "\n".join(
            json.dumps({"id": HOSTILE + str(n), "text": f"{HOSTILE} Moss said it could sink."}) for n in range(2)
        ),
        "utf-8",
    )
    both = Page(scan("rows.jsonl", "<img src=x>.txt", "--format", "html").stdout)
    for tags in (page.tags, both.tags):
        assert not [tag for tag, _ in tags if tag in {"img", "iframe", "object"}]
        assert all(one.get("type") == "application/json" or not one for tag, one in tags if tag == "script")
    assert "<img src=x>.txt" in "".join(both.all)


def test_pieces_of_a_long_text_make_one_article(house: Scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that is judged piece by piece is one article; lines and numbers go on."""
    text = "".join(f"Officials say berth {n} could sink.\n{'It sank. ' * 5}\n\n" for n in range(40))
    whole = written(house, text)
    monkeypatch.setattr(piece, "LONGEST", 400)
    pieces = written(house, text)
    assert len(list(house.parts([text]))) > 5
    assert Page(pieces).text == text
    assert Page(pieces).data[0]["sentences"] == Page(whole).data[0]["sentences"]


# Where it goes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["report.html", "report.htm", "REPORT.HTML"])
def test_the_name_decides(scan: Run, folder: Path, name: str) -> None:
    """A name in .html is enough; the file is what goes to standard output otherwise."""
    assert scan("article.txt", "-o", name).exit_code == 0
    assert (folder / name).read_text("utf-8") == scan("article.txt", "--format", "html").stdout


def test_several_articles_in_a_file(scan: Run, folder: Path) -> None:
    """The list stands before the articles; ids differ, links lead to them; what was not read is named."""
    (folder / "other.txt").write_text("Trawler sinks\n\nExperts say it may rise.\n", "utf-8")
    result = scan("article.txt", "other.txt", "nowhere.txt", "-o", "report.html")
    assert result.exit_code == 3
    page = Page((folder / "report.html").read_text("utf-8"))
    ids = [one["id"] for _, one in page.tags if "id" in one]
    assert len(ids) == len(set(ids))
    links = {one["href"] for _, one in page.tags if "href" in one}
    assert {str(link).removeprefix("#") for link in links} <= set(ids)
    assert {"#index", "#a1", "#a2", "#a2-1"} <= links
    order = [one["id"] for tag, one in page.tags if tag in {"section", "article"} and "id" in one]
    assert order == ["index", "a1", "a2"]
    assert "nowhere.txt: there is no such file or folder; check the path" in "".join(page.all)


def test_what_was_skipped_is_named(scan: Run, folder: Path) -> None:
    """A text in another language, even beside one article; a report in the folder is no article, so it is not named."""
    german = "Der Kai wurde am Montag geschlossen, weil die Mauer nach Angaben der Stadt einstürzen könnte. "
    (folder / "kai.txt").write_text(german * 3, "utf-8")
    for _ in range(2):
        assert scan(".", "-o", "report.html").exit_code == 0
        page = Page((folder / "report.html").read_text("utf-8"))
        assert "kai.txt: skipped: this is German, and the rules are for English" in "".join(page.all)
        assert "that factcheck wrote" not in "".join(page.all)
    assert scan("article.txt", "report.html", "-o", "other.html").exit_code == 0
    assert "Not read" not in (folder / "other.html").read_text("utf-8")


def test_a_folder_of_pages(scan: Run, folder: Path) -> None:
    """`-o FOLDER/` makes a list and a page an article, each of which stands alone."""
    (folder / "Café & co.txt").write_text("Experts say it may rise.\n", "utf-8")
    assert scan("article.txt", "Café & co.txt", "-o", "report/").exit_code == 0
    found = sorted(str(path.relative_to(folder / "report").as_posix()) for path in (folder / "report").rglob("*"))
    pages = ["articles/0001-article.html", "articles/0002-caf-co.html"]
    assert found == [".factcheckignore", "articles", *pages, "index.html"]
    index = Page((folder / "report" / "index.html").read_text("utf-8"))
    linked = {str(one["href"]).partition("#")[0] for _, one in index.tags if "href" in one}
    assert linked == set(pages)
    first = Page((folder / "report" / pages[0]).read_text("utf-8"))
    assert "../index.html" in {one.get("href") for _, one in first.tags}
    assert first.text == (folder / "article.txt").read_text("utf-8")
    assert scan("report", "--format", "jsonl").stdout == ""


def test_pages_lead_to_their_neighbours(scan: Run, folder: Path) -> None:
    """The first page has a next, the last one a previous, those between both, each with its title."""
    for number, title in enumerate(("Quay closed", "Mill <sold>", "Ferry back"), 1):
        (folder / f"{number}.txt").write_text(f"{title}\n\nIt may rise. It sank in May.\n", "utf-8")
    assert scan("1.txt", "2.txt", "3.txt", "-o", "report/").exit_code == 0
    links = []
    for path in sorted((folder / "report" / "articles").iterdir()):
        tags = Page(path.read_text("utf-8")).tags
        links.append([(one.get("rel"), one.get("href")) for _, one in tags if one.get("rel")])
        assert all(one.get("title") in {"Quay closed", "Mill <sold>", "Ferry back"} for _, one in tags if "rel" in one)
    after, before = ("next", "0002-2.html"), ("prev", "0002-2.html")
    assert links == [[after] * 2, [("prev", "0001-1.html"), ("next", "0003-3.html")] * 2, [before] * 2]


def test_a_long_list(house: Scanner) -> None:
    """The first rows stand in the page, all of them in its data, in a few hundred bytes each."""
    index = Index()
    text = "It may. " * 40
    ((framed, _),) = of_parts(house, ((part, None) for part in house.parts([text])), [Text("a", text)], settings())
    head = json.loads(framed.partition(b"\n")[0])
    for number in range(5_000):
        index.add({**head, "title": f"Story <{number}>"}, f"articles/{number}.html", "a1")
    html = index.html({}, Unread())
    page = Page(html)
    assert len([tag for tag, _ in page.tags if tag == "tr"]) == SHOWN + 1
    assert "These are the first 100 of 5,000." in html
    (rows,) = [json.loads(text) for one, text in page.raw if one.get("class") == "rows"]
    assert len(rows) == 5_000
    assert rows[4_999][:2] == ["Story <4999>", "articles/4999.html"]
    assert len(html) < 500 * 5_000


def test_what_is_read_first_is_not_all_of_one_kind(scan: Run, folder: Path) -> None:
    """No sentence stands there twice, and of equals each article's first comes before the second of another."""
    for number, words in enumerate(("pier", "pier", "mill", "quay")):
        said = f"Officials say the {words} could fall. " * 3 + f"Experts say the {words} fell."
        (folder / f"{number}.txt").write_text(said, "utf-8")
    scan("0.txt", "1.txt", "2.txt", "3.txt", "-o", "report.html")
    first = (folder / "report.html").read_text("utf-8").partition("Read first")[2].partition("</ol>")[0]
    found = re.findall(r"<span>(.*?)</span></a>", first)
    assert [one.split(" ")[0] for one in found] == ["Officials"] * 3 + ["Experts"] * 3
    assert len(set(found)) == 6


def test_a_report_is_replaced_and_nothing_else(scan: Run, folder: Path) -> None:
    """An earlier report goes when the new one is there; a folder that holds anything else stays as it is."""
    (folder / "second.txt").write_text("It could burn.", "utf-8")
    for article in ("article.txt", "second.txt"):
        assert scan(article, "-o", "report/").exit_code == 0
    assert [path.name for path in (folder / "report" / "articles").iterdir()] == ["0001-second.html"]
    (folder / "report" / "notes.txt").write_text("Call Abara.", "utf-8")
    result = scan("article.txt", "-o", "report/")
    why = "this folder holds what is no report (notes.txt), and -o would replace it; name another"
    assert (result.exit_code, result.stderr) == (2, f"factcheck: report: {why}\n")
    assert (folder / "report" / "notes.txt").is_file()
    (folder / "empty").mkdir()
    assert scan("article.txt", "--format", "html", "-o", "empty").exit_code == 0
    assert (folder / "empty" / "index.html").is_file()
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("article.txt/", "article.txt: this is to be scanned and -o would replace it; give -o another name"),
        ("house.fact/", "house.fact: this is to be read and -o would replace it; give -o another name"),
        ("no/where/", "there is no folder {folder}/no to write to; make it first"),
    ],
)
def test_where_no_folder_can_be(scan: Run, folder: Path, target: str, said: str) -> None:
    """What is in the way is named, and stays."""
    result = scan("article.txt", "-o", target)
    assert result.exit_code == 2
    assert said.format(folder=folder) in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["article.txt", "house.fact"]


def test_a_file_is_in_the_way(scan: Run, folder: Path) -> None:
    """Where a file has the folder's name, it stays."""
    (folder / "report").write_text("mine", "utf-8")
    result = scan("article.txt", "-o", "report/")
    said = "this is a file; name a folder, or give -o a name in .html"
    assert (result.exit_code, result.stderr) == (2, f"factcheck: report: {said}\n")
    assert (folder / "report").read_text("utf-8") == "mine"


@pytest.mark.parametrize("target", ["report.html", "report/"])
def test_nothing_is_written_where_nothing_is_scanned(scan: Run, folder: Path, target: str) -> None:
    """An earlier report stays where no input could be read."""
    assert scan("article.txt", "-o", target).exit_code == 0
    before = sorted(path.name for path in folder.rglob("*"))
    result = scan("nowhere.txt", "-o", target)
    assert result.exit_code == 3
    assert "is left as it was" in result.stderr
    assert sorted(path.name for path in folder.rglob("*")) == before


def test_a_large_file_is_noted(scan: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes a browser long to open is said, with the remedy where there is one."""
    monkeypatch.setattr(binder, "_MANY", 100)
    said = "factcheck: report.html: note: with 0 MB a browser takes long to open this"
    assert scan("article.txt", "-o", "report.html").stderr == f"{said}\n"
    (folder / "other.txt").write_text("The mill may close.\n", "utf-8")
    many = scan("article.txt", "other.txt", "-o", "report.html").stderr
    assert many == f"{said}; -o FOLDER/ makes a page of each, which open at once\n"
    assert scan("article.txt", "other.txt", "-o", "report/").stderr == ""
    assert (folder / "report").is_dir()


@pytest.mark.parametrize("target", ["report.html", "report/"])
def test_jobs_make_the_same(start: Start, folder: Path, target: str) -> None:
    """Several processes make the same report as one."""
    (folder / "rows.jsonl").write_text(
        "".join(json.dumps({"text": f"Officials say berth {n} could sink. " * 30}) + "\n" for n in range(40)), "utf-8"
    )
    made = []
    for jobs in ("1", "2"):
        assert start("rows.jsonl", "article.txt", "-o", target, "--jobs", jobs).wait(120) == 0
        made.append(dict(_files(folder / target)))
    assert made[0] == made[1]
    assert len(made[0]) == (43 if target.endswith("/") else 1)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            yield file.name, file.read_bytes()


def test_no_room_for_articles_that_wait(scan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles wait for their list in the temporary folder; where they cannot, that is said with the remedy."""

    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    result = scan("article.txt", "--format", "html")
    assert result.exit_code == 2
    assert ": articles cannot wait here for their list: " in result.stderr
    assert result.stderr.endswith("; -o FILE needs no such room\n")


@needs_unix
def test_a_folder_that_cannot_be_written(scan: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What keeps the folder from being written is said, and nothing is left."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = scan("article.txt", "-o", "report/")
    assert result.exit_code == 2
    assert result.stderr.startswith("factcheck: report: this cannot be written: ")
    assert sorted(path.name for path in folder.iterdir()) == ["article.txt", "house.fact"]
