"""The HTML report in a browser: clicks, keys, filters, what is read aloud, and that nothing of an article ever runs."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from factcheck import Scanner
from factcheck_cli.html_report import binder
from factcheck_cli.html_report.pages import of_parts
from factcheck_cli.log import Log
from factcheck_cli.origin import Label, Origin, Where
from factcheck_cli.reading import How, Text
from factcheck_cli.style import Style
from factcheck_cli.work import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ, reason="no Chromium: apt-get install chromium"
)
PATIENCE = 20_000
"""Milliseconds that a busy machine may take; nothing waits for them otherwise."""
HARBOUR = (Path(__file__).parents[2] / "docs" / "examples" / "harbour.txt").read_text("utf-8")
OTHER = "Trawler sinks off Orrin\n\nExperts say the trawler may rise. The mill closed in May.\n"
PARTS = {
    "heading": "The quay at Port Selby",
    "caption": "Picture: the wall may have moved, divers say.",
    "code": "wall.state = gone",
    "mail": "Officials say the quay could sink.",
}
_WORDS = "\n\n".join(["It closed on Monday. The wall might fall before the winter.", *PARTS.values()])
STORY = Text(
    "quay.pdf",
    _WORDS,
    tuple((_WORDS.index(words), _WORDS.index(words) + len(words), kind) for kind, words in PARTS.items()),
    Origin(
        "pdf",
        Where(labels=(Label(0, {"page": 1}), Label(_WORDS.index("before"), {"page": 2}))),
        "Quay closed",
        "Ruth Abara",
        "2026-03-14",
    ),
)
"""An article with all that a format may know of it."""
MANY = tuple(
    f"Story {n}\n\nOfficials say {'it may sink. ' + 'It may. ' * (n % 7)}It sank in May.\n" for n in range(1, 251)
)
MARKUP = (
    '</span></script><script>window.hit=1</script><img src="https://example.invalid/x.png" onerror="window.hit=2">'
    '<svg onload="window.hit=3"><style>body{display:none}</style><base href="https://example.invalid/">'
    '<meta http-equiv="refresh" content="0;url=https://example.invalid/"><a href="javascript:window.hit=4">x</a><!--'
)


expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    """Return a scanner with the built-in rules."""
    return Scanner()


@pytest.fixture(scope="module")
def report(scanner: Scanner, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return `report(*texts, folder=…)`: the report of these texts, each made once."""
    made: dict[tuple[object, ...], Path] = {}

    def make(*texts: str | Text, folder: bool = False) -> Path:
        key = (*(text.name if isinstance(text, Text) else text for text in texts), folder)
        if key not in made:
            target = tmp_path_factory.mktemp("report") / ("report" if folder else "report.html")
            read = [
                text if isinstance(text, Text) else Text(f"{'news' if n else 'harbour'}-{n}.txt", text)
                for n, text in enumerate(texts)
            ]
            plain = Settings(
                rules=(),
                packs=(),
                builtin=True,
                select=(),
                ignore=(),
                cache=True,
                segment="auto",
                at_most=None,
                format="html",
                to_file=True,
                style=Style(),
                how=How(),
            )
            with binder.bind(target, scanner, Log(quiet=True), folder=folder) as out:
                parts = scanner.parts(
                    [one.text for one in read], [one.name for one in read], marks=[one.marks for one in read]
                )
                for page, _ in of_parts(scanner, parts, read, plain):
                    out.put(page)
            made[key] = target
        return made[key]

    return make


class Opened:
    """A page that is open, and all that it asked for or complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def key(self, *keys: str) -> None:
        """Presses keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def words(self) -> str:
        """The chosen sentence, without the mark of its note."""
        found: str = self.page.evaluate(
            "() => { const s = document.querySelector('.s[aria-current]').cloneNode(true);"
            " for (const n of s.querySelectorAll('.n')) n.remove(); return s.textContent; }"
        )
        return found


Open = Callable[..., Opened]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Return `opened(path, **context)`: the page in a fresh context; errors in it are errors of the test."""
    contexts: list[BrowserContext] = []
    pages: list[Opened] = []

    def go(path: Path, mark: str = "", **context: Any) -> Opened:  # noqa: ANN401 - as Playwright has them
        contexts.append(browser.new_context(**context))
        one = Opened(contexts[-1].new_page())
        one.page.goto(path.as_uri() + mark, timeout=PATIENCE)
        pages.append(one)
        return one

    yield go
    for one in pages:
        assert not one.errors
        assert {url.partition(":")[0] for url in one.asked} == {"file"}
    for context in contexts:
        context.close()


@pytest.fixture
def harbour(opened: Open, report: Callable[..., Path]) -> Opened:
    """Return the report of the example."""
    return opened(report(HARBOUR))


def test_a_click_explains_a_sentence(harbour: Opened) -> None:
    """A click on a sentence shows its level, the rules with their words, the source, what would change it, signals."""
    page = harbour.page
    page.locator(".s", has_text="Two officials said").click()
    told = page.locator(".told")
    for words in (
        "unverified",
        "Confidence 0.270",
        "Two officials said Nobody who can be named stands behind this.",
        "Unnamed sources are the weakest sources",
        "Name the source, or say why it cannot be named.",
        "doubt/unnamed-source: unverified, weight 0.92",
        "Measured: ",
        "written attributed, but its source has no name",
        "Two officials (anonymous: nobody can ask them)",
        "Without Two officials said: asserted",
        "attribution",
        "Line 5, sentence 6 of 37",
    ):
        expect(told).to_contain_text(words)
    assert page.url.endswith("#a1-5")
    expect(page.locator(".said")).to_have_text(
        "unverified: Two officials said: Nobody who can be named stands behind this."
    )
    page.locator(".told .close").click()
    expect(told).to_be_hidden()
    expect(page.locator(".guide")).to_be_visible()


def test_kinds_of_explanations(harbour: Opened) -> None:
    """A flat statement, a quotation, a firm no, a cue without effect, a source that stands for a fuller name."""
    page, told = harbour.page, harbour.page.locator(".told")
    for start, words in {
        "The pier is closed": "No cue counts: it is the writer’s own statement.",
        "Nobody told us": "A quotation of somebody who is named.",
        "Ferry company denies": "A firm no",
        "Kovar, who was charged": "No effect on the level: it stands in an aside.",
        "“The wind was light": "Owen Tarrant (person)",
        "How long can they": "no-claim",
    }.items():
        page.locator(".s", has_text=start).click()
        expect(told).to_contain_text(words)


def test_keys_walk_through_the_text(harbour: Opened) -> None:
    """Letters go to the next sentence and note, arrows go on, Escape leaves; letters can be switched off."""
    page = harbour.page
    harbour.key("j")
    assert harbour.words().startswith("Ferry company")
    harbour.key("j", "j", "k")
    assert harbour.words().startswith("The morning ferry")
    harbour.key("n")
    assert harbour.words().startswith("A preliminary investigation")
    harbour.key("n", "n", "p")
    assert harbour.words().startswith("Two officials")
    harbour.key("ArrowDown")
    assert harbour.words().startswith("The harbour could")
    harbour.key("ArrowLeft")
    assert harbour.words().startswith("Two officials")
    assert page.evaluate("document.activeElement.matches('.s[aria-current]')")
    harbour.key("Escape")
    expect(page.locator(".s[aria-current]")).to_have_count(0)
    expect(page.locator(".guide")).to_be_visible()
    page.locator(".letters").uncheck()
    harbour.key("j")
    expect(page.locator(".s[aria-current]")).to_have_count(0)


def test_ends_of_the_text_are_told(harbour: Opened) -> None:
    """Before the first and behind the last sentence the choice stays, and that is said."""
    page = harbour.page
    page.locator(".s").last.click()
    harbour.key("j")
    expect(page.locator(".said")).to_have_text("There is no further one.")
    assert harbour.words() == "Photo: Selby Gazette"


def test_tab_reaches_the_text(harbour: Opened) -> None:
    """The text is one stop of the Tab key, from which Enter and arrows go on."""
    page = harbour.page
    assert page.locator(".text [tabindex='0']").count() == 1
    assert page.locator(".text a:not([tabindex='-1'])").count() == 0
    page.locator("select.source").focus()
    harbour.key("Tab", "Enter")
    assert harbour.words().startswith("Ferry company")


def test_filters(harbour: Opened) -> None:
    """Levels, pack and source narrow what is shaded, noted and walked through; one button shows all again."""
    page, count = harbour.page, harbour.page.locator(".tools .count")
    page.locator(".level", has_text="unverified").click()
    expect(count).to_have_text("7 of 37")
    assert page.locator(".s:not(.off)").count() == 7
    assert page.locator(".notes li:visible").count() == 7
    page.locator(".level", has_text="possible").click()
    expect(count).to_have_text("9 of 37")
    page.locator("select.pack").select_option("hedge")
    expect(count).to_have_text("3 of 37")
    page.locator("h1").click(position={"x": 5, "y": 5})
    for start in ("The harbour could", "It is not clear", "The accident may", "The accident may"):
        harbour.key("j")
        assert harbour.words().startswith(start)
    page.locator(".clear").click()
    assert page.locator(".s.off").count() == 0
    expect(count).to_have_text("")
    page.locator(".who", has_text="Ines Kovar").click()
    expect(count).to_have_text("5 of 37")
    assert page.locator("select.source").evaluate("one => one.selectedOptions[0].text") == "Ines Kovar (5)"


def test_strip_leads_to_the_place(harbour: Opened) -> None:
    """A click on the strip chooses the sentence there and brings it into view."""
    page = harbour.page
    box = page.locator(".strip").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.96, box["y"] + box["height"] - 2)
    expect(page.locator(".s[aria-current]")).to_be_in_viewport()
    assert harbour.words().startswith("Some say")
    expect(page.locator(".strip .here")).to_have_count(1)


def test_address_names_a_sentence(opened: Open, report: Callable[..., Path]) -> None:
    """An address with a sentence opens the page with it, whatever else it holds."""
    one = opened(report(HARBOUR), "#a1-5")
    assert one.words().startswith("Two officials")
    for mark in ("#", "#a1-n3", "#a1-99999", "#%3Cimg%3E", "#%", "#a9", "#a1-x-y"):
        opened(report(HARBOUR), mark)


def test_notes_lead_to_sentences(harbour: Opened) -> None:
    """A note's link chooses its sentence, the mark behind a sentence does, too."""
    harbour.page.locator(".notes a").nth(2).click()
    assert harbour.words().startswith("The harbour could")
    harbour.page.locator(".n").nth(1).click()
    assert harbour.words().startswith("Two officials")


def test_without_script(opened: Open, report: Callable[..., Path]) -> None:
    """Without scripts all can be read: text, notes, sources, what levels mean. What cannot work is not shown."""
    page = opened(report(HARBOUR, OTHER), java_script_enabled=False).page
    expect(page.locator(".doc")).to_have_count(2)
    for query in (".index", ".text", ".notes", ".sources", ".meanings"):
        expect(page.locator(query).first).to_be_visible()
    for query in (".more", ".told", ".keys", ".find"):
        expect(page.locator(query).first).to_be_hidden()
    page.locator(".n").first.click()
    assert page.url.endswith("#a1-n1")


def test_many_articles_in_a_file(opened: Open, report: Callable[..., Path]) -> None:
    """The list comes first; it leads to articles and sentences, and is sorted and searched."""
    one = opened(report(HARBOUR, OTHER))
    page = one.page
    expect(page.locator(".index")).to_be_visible()
    expect(page.locator(".doc:visible")).to_have_count(0)
    rows = page.locator("table.articles tbody tr")
    page.get_by_role("button", name="Weak").click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Weak")
    before = rows.first.inner_text()
    page.get_by_role("button", name="Weak").click()
    assert rows.last.inner_text() == before
    page.get_by_label("Find").fill("trawler")
    expect(rows.locator("visible=true")).to_have_count(1)
    expect(page.locator(".all .count")).to_have_text("1 of 2")
    page.get_by_role("link", name="Trawler sinks off Orrin").click()
    expect(page.locator(".index")).to_be_hidden()
    expect(page.locator(".doc:visible")).to_have_count(1)
    one.key("n")
    assert one.words() == "Experts say the trawler may rise."
    page.get_by_role("link", name="All articles").click()
    expect(page.locator(".index")).to_be_visible()
    page.locator(".first a").first.click()
    expect(page.locator(".told")).to_be_visible()
    page.go_back()
    expect(page.locator(".index")).to_be_visible()
    page.get_by_label("Find").fill("")
    page.get_by_role("link", name="Ferry company denies").first.click()
    expect(page.locator(".guide")).to_be_visible()
    expect(page.locator(".s[aria-current]")).to_have_count(0)


def test_what_a_format_knows(opened: Open, report: Callable[..., Path]) -> None:
    """Title, byline, date, captions, code, mail and pages are there; the panel names the page."""
    page = opened(report(STORY)).page
    expect(page.locator("h1")).to_have_text("Quay closed")
    expect(page.locator(".by")).to_have_text("By Ruth Abara · 14 March 2026")
    for kind in ("caption", "code", "mail"):
        expect(page.locator(f".text .{kind}")).to_have_text(re.compile(re.escape(PARTS[kind])))
    expect(page.locator(".text .turn")).to_have_text("Page 2")
    page.locator(".caption .s").first.click()
    expect(page.locator(".told")).to_contain_text("Page 2, sentence 4 of ")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.read'))")
    assert "Page 2" not in page.evaluate("String(getSelection())")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        _is_accessible(page)


def test_silenced_and_examples_are_folded_away(harbour: Opened) -> None:
    """The panel has what was silenced, and the examples of a rule, behind lines to open; silences stay open."""
    page = harbour.page
    page.locator(".s", has_text="A preliminary investigation").click()
    hushed = page.locator(".told .hushed")
    expect(hushed.locator("summary")).to_have_text("Silenced (1)")
    expect(hushed.locator("li")).to_be_hidden()
    hushed.locator("summary").click()
    expect(hushed.locator("li")).to_be_visible()
    expect(hushed).to_contain_text("attribution/document-says, silenced by a longer match on ")
    _is_accessible(page)
    page.locator(".s", has_text="Two officials said").click()
    expect(hushed.locator("li").first).to_be_visible()
    rule = page.locator(".told .rule", has_text="doubt/unnamed-source")
    expect(rule.locator("ul").first).to_be_hidden()
    rule.locator("summary").click()
    for words in ("It finds something in", "Officials say the bridge is sound.", "and nothing in", "doubt.fact:"):
        expect(rule).to_contain_text(words)
    expect(rule.locator("ul").first).to_be_visible()
    _is_accessible(page)


@pytest.mark.parametrize("folder", [True, False])
def test_articles_lead_to_their_neighbours(opened: Open, report: Callable[..., Path], folder: bool) -> None:  # noqa: FBT001 - as pytest has it
    """By links above and below the text, and by keys; at the ends that is said."""
    path = report(HARBOUR, OTHER, STORY, folder=folder)
    one = opened(path / "index.html" if folder else path)
    page, headings = one.page, ["Ferry company denies", "Trawler sinks", "Quay closed"]
    page.get_by_role("link", name=headings[0]).first.click()
    expect(page.locator(".doc.on h1")).to_contain_text(headings[0])
    for heading in headings[1:]:
        one.key("J")
        expect(page.locator(".doc.on h1")).to_contain_text(heading)
    expect(page.locator("a[rel=next]:visible")).to_have_count(0)
    page.locator(".turns a[rel=prev]").click()
    expect(page.locator(".doc.on h1")).to_contain_text(headings[1])
    expect(page.locator(".turns a[rel=prev]")).to_contain_text(headings[0])
    expect(page.locator(".turns a[rel=next]")).to_contain_text(headings[2])
    page.locator(".brand a[rel=prev]").click()
    expect(page.locator(".doc.on h1")).to_contain_text(headings[0])
    one.key("K")
    expect(page.locator(".said")).to_have_text("There is none before.")
    _is_accessible(page)
    one.key("u")
    expect(page.locator("table.articles")).to_be_visible()
    expect(page.locator("a[rel=next]:visible")).to_have_count(0)


def test_a_long_list(opened: Open, report: Callable[..., Path]) -> None:
    """A hundred rows are shown at once; order, search and levels hold for all, and stay for who comes back."""
    one = opened(report(*MANY, folder=True) / "index.html")
    page, rows = one.page, one.page.locator("table.articles tbody tr")
    where, count = page.locator(".pager .where"), page.locator(".all .count")
    expect(rows).to_have_count(100)
    before = rows.first.inner_html()
    expect(where).to_have_text("1 to 100 of 250")
    _is_accessible(page)
    page.get_by_role("button", name="Next page").click()
    expect(rows.first).to_contain_text("Story 101")
    page.get_by_role("button", name="Last page").click()
    expect(rows).to_have_count(50)
    expect(page.get_by_role("button", name="Next page")).to_be_disabled()
    page.get_by_role("button", name="Article").click()
    expect(rows.nth(1)).to_contain_text("Story 2")
    assert rows.first.inner_html() == before, "a row is drawn as it was written"
    page.get_by_role("button", name="Sentences").click()
    expect(rows.first).to_contain_text("Story 6")
    page.get_by_label("Find").fill("story 24")
    expect(count).to_have_text("11 of 250")
    expect(page.locator(".pager")).to_be_hidden()
    page.get_by_label("With").select_option("established")
    expect(count).to_have_text("0 of 250")
    page.get_by_label("With").select_option("unverified")
    expect(count).to_have_text("11 of 250")
    rows.first.get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("Story 24")
    page.go_back()
    expect(page.get_by_label("Find")).to_have_value("story 24")
    expect(page.get_by_label("With")).to_have_value("0")
    expect(rows).to_have_count(11)
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Sentences")


def test_a_long_list_without_script(opened: Open, report: Callable[..., Path]) -> None:
    """The first hundred are there, with links; that there are more is said."""
    page = opened(report(*MANY, folder=True) / "index.html", java_script_enabled=False).page
    expect(page.locator("table.articles tbody tr")).to_have_count(100)
    expect(page.locator(".rest")).to_be_visible()
    expect(page.locator(".find").first).to_be_hidden()
    page.get_by_role("link", name="Story 100").first.click()
    page.locator(".turns a[rel=next]").click()
    expect(page.locator("h1")).to_contain_text("Story 101")


def test_a_list_on_a_phone(opened: Open, report: Callable[..., Path]) -> None:
    """Nothing is wider than the window, and numbers say what they are."""
    page = opened(report(*MANY, folder=True) / "index.html", viewport={"width": 390, "height": 844}).page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('.wide').scrollWidth <= innerWidth")
    _is_accessible(page)


def test_a_folder_of_pages(opened: Open, report: Callable[..., Path]) -> None:
    """From the list to a page and back."""
    one = opened(report(HARBOUR, OTHER, folder=True) / "index.html")
    one.page.locator(".first a").first.click()
    expect(one.page.locator(".told")).to_contain_text("unverified")
    one.page.get_by_role("link", name="All articles").click()
    expect(one.page.locator("table.articles tbody tr")).to_have_count(2)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_rules_of_accessibility(opened: Open, report: Callable[..., Path], scheme: str, width: int) -> None:
    """No rule of axe is broken: on the list, on an article, with a sentence explained, with a filter."""
    shape: dict[str, Any] = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    one = opened(report(HARBOUR, OTHER), **shape)
    _is_accessible(one.page)
    one.page.get_by_role("link", name="Ferry company denies").first.click()
    _is_accessible(one.page)
    one.key("n")
    one.page.locator(".on .rules summary").click()
    _is_accessible(one.page)
    one.page.locator(".on .level", has_text="unverified").click()
    _is_accessible(one.page)


def _is_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_hostile_article(opened: Open, report: Callable[..., Path]) -> None:
    """Markup in an article stays text: no script runs, no style applies, nothing is asked for, no element is made."""
    text = f"{MARKUP}\n\nOfficials say {MARKUP} could sink. “{MARKUP},” said Ada Voss {MARKUP}.\n"
    one = opened(report(text, OTHER), "#a1")
    page = one.page
    for _ in range(4):
        one.key("j")
        expect(page.locator(".told")).to_be_visible()
    page.locator(".on select.source").select_option(index=1)
    page.get_by_role("link", name="All articles").click()
    assert page.evaluate("window.hit") is None
    read = page.evaluate(
        "() => { const t = document.querySelector('#a1 .text').cloneNode(true);"
        " for (const n of t.querySelectorAll('.n')) n.remove(); return t.textContent; }"
    )
    assert read == text
    assert page.locator("img, iframe, base, .text svg, .text script, a[href^=javascript]").count() == 0


def test_policy_holds(harbour: Opened) -> None:
    """A script, a style, an image or a connection that something slips in is refused."""
    refused = harbour.page.evaluate(
        """() => new Promise((done) => {
            const refused = new Set();
            addEventListener("securitypolicyviolation", (event) => {
              refused.add(event.effectiveDirective);
              if (refused.size === 4) done([...refused].sort());
            });
            const script = document.createElement("script");
            script.textContent = "window.hit = 1";
            const style = document.createElement("style");
            style.textContent = "body { display: none }";
            document.body.append(script, style);
            new Image().src = "https://example.invalid/x.png";
            fetch("https://example.invalid/").catch(() => {});
        })"""
    )
    assert refused == ["connect-src", "img-src", "script-src-elem", "style-src-elem"]
    assert harbour.page.evaluate("window.hit") is None
    harbour.asked[:] = [url for url in harbour.asked if "example.invalid" not in url]


def test_print_has_notes(harbour: Opened) -> None:
    """On paper stand the text, the notes and the sources; what only works on a screen does not."""
    page = harbour.page
    harbour.key("n")
    page.emulate_media(media="print")
    for query in (".text", ".notes", ".sources", ".along", ".brand"):
        expect(page.locator(query).first).to_be_visible()
    for query in (".side", ".more", ".window"):
        expect(page.locator(query).first).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_megabyte(opened: Open, report: Callable[..., Path]) -> None:
    """In a very long article sentences far apart are chosen, walked through and filtered; the page stays small."""
    text = "\n\n".join([HARBOUR] * 400)
    path = report(text)
    assert path.stat().st_size < 8 * len(text)
    one = opened(path)
    page = one.page
    expect(page.locator(".s[tabindex='0']")).to_have_count(1)
    box = page.locator(".strip").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + 10)
    expect(page.locator(".s[aria-current]")).to_be_in_viewport()
    one.key("n", "n", "j")
    expect(page.locator(".s[aria-current]")).to_be_in_viewport()
    page.locator(".level", has_text="established").click()
    expect(page.locator(".tools .count")).to_have_text("800 of 14,800")
    levels = page.locator(".strip rect").evaluate_all("all => new Set(all.map((one) => one.classList[0])).size")
    assert levels == 7, "the strip has more than the weakest of each part"
