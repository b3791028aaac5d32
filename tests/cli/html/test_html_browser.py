"""The HTML report in a browser: clicks, keys, filters, what is read aloud, and that nothing of an article ever runs."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from factcheck_cli.inputs.origin import Label, Origin, Where
from factcheck_cli.inputs.text import Text
from opened import HARBOUR, OTHER, Open, Opened, is_accessible, needs_browser

pytestmark = needs_browser
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
MARKUP = (
    '</span></script><script>window.hit=1</script><img src="https://example.invalid/x.png" onerror="window.hit=2">'
    '<svg onload="window.hit=3"><style>body{display:none}</style><base href="https://example.invalid/">'
    '<meta http-equiv="refresh" content="0;url=https://example.invalid/"><a href="javascript:window.hit=4">x</a><!--'
)


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
        is_accessible(page)


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
    is_accessible(page)
    page.locator(".s", has_text="Two officials said").click()
    expect(hushed.locator("li").first).to_be_visible()
    rule = page.locator(".told .rule", has_text="doubt/unnamed-source")
    expect(rule.locator("ul").first).to_be_hidden()
    rule.locator("summary").click()
    for words in ("It finds something in", "Officials say the bridge is sound.", "and nothing in", "doubt.fact:"):
        expect(rule).to_contain_text(words)
    expect(rule.locator("ul").first).to_be_visible()
    is_accessible(page)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_rules_of_accessibility(opened: Open, report: Callable[..., Path], scheme: str, width: int) -> None:
    """No rule of axe is broken: on the list, on an article, with a sentence explained, with a filter."""
    shape: dict[str, Any] = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    one = opened(report(HARBOUR, OTHER), **shape)
    is_accessible(one.page)
    one.page.get_by_role("link", name="Ferry company denies").first.click()
    is_accessible(one.page)
    one.key("n")
    one.page.locator(".on .rules summary").click()
    is_accessible(one.page)
    one.page.locator(".on .level", has_text="unverified").click()
    is_accessible(one.page)


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
