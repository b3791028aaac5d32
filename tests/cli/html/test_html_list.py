"""Reports of many articles in a browser: the list, its pages, and the way from article to article."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from opened import HARBOUR, OTHER, Open, is_accessible, needs_browser

pytestmark = needs_browser
MANY = tuple(
    f"Story {n}\n\nOfficials say {'it may sink. ' + 'It may. ' * (n % 7)}It sank in May.\n" for n in range(1, 251)
)
LAST = "Quay closed\n\nIt closed on Monday. The wall might fall before the winter.\n"


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


@pytest.mark.parametrize("folder", [True, False])
def test_articles_lead_to_their_neighbours(opened: Open, report: Callable[..., Path], folder: bool) -> None:  # noqa: FBT001 - as pytest has it
    """By links above and below the text, and by keys; at the ends that is said."""
    path = report(HARBOUR, OTHER, LAST, folder=folder)
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
    is_accessible(page)
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
    is_accessible(page)
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


def test_a_long_list_on_paper(opened: Open, report: Callable[..., Path]) -> None:
    """All rows that are found are printed, and fit the paper; on the screen it is a page of them, as before."""
    page = opened(report(*MANY, folder=True) / "index.html", viewport={"width": 700, "height": 900}).page
    rows = page.locator("table.articles tbody tr")
    expect(rows).to_have_count(100)
    page.evaluate(
        """addEventListener("beforeprint", () => {
            window.printed = document.querySelectorAll("table.articles tbody tr").length;
        })"""
    )
    page.get_by_role("button", name="Next page").click()
    page.pdf(format="A4")
    assert page.evaluate("window.printed") == 250
    expect(rows).to_have_count(100)
    expect(page.locator(".pager .where")).to_have_text("101 to 200 of 250")
    page.get_by_label("Find").fill("story 24")
    page.pdf(format="A4")
    assert page.evaluate("window.printed") == 11
    page.emulate_media(media="print")
    assert page.evaluate("document.querySelector('.articles').scrollWidth <= innerWidth")
    expect(page.locator(".articles th:nth-child(6)")).to_be_hidden()


def test_articles_begin_on_pages_of_their_own(opened: Open, report: Callable[..., Path]) -> None:
    """Where no script shows one at a time, paper has each on a new page."""
    page = opened(report("It may sink.", "It may rise."), java_script_enabled=False).page
    page.emulate_media(media="print")
    for article in page.locator(".doc").all():
        expect(article).to_have_css("break-before", "page")


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
    is_accessible(page)


def test_a_folder_of_pages(opened: Open, report: Callable[..., Path]) -> None:
    """From the list to a page and back."""
    one = opened(report(HARBOUR, OTHER, folder=True) / "index.html")
    one.page.locator(".first a").first.click()
    expect(one.page.locator(".told")).to_contain_text("unverified")
    one.page.get_by_role("link", name="All articles").click()
    expect(one.page.locator("table.articles tbody tr")).to_have_count(2)
