"""The site is built without a warning, leads where it says, asks nobody else for anything, and shows every rule."""

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from shutil import copytree
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from factcheck.load import builtin_sources, optional_sources, parsed
from factcheck.packs import optional_files

ROOT = Path(__file__).parents[2]
RULES = [rule for file in parsed([*builtin_sources(), *optional_sources(optional_files())], []) for rule in file.rules]


def build(config: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Builds the site as CI does."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(site)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the site is built into."""
    folder = tmp_path_factory.mktemp("site")
    built = build(ROOT / "mkdocs.yml", folder)
    assert not built.returncode, built.stderr
    assert "WARNING" not in built.stderr
    return folder


@cache
def page(path: Path) -> str:
    """A page of the site."""
    return path.read_text("utf-8")


@cache
def anchors(path: Path) -> frozenset[str]:
    """What links to a page may name."""
    return frozenset(re.findall(r'\bid="([^"]+)"', page(path)))


def test_every_rule_has_an_anchor(site: Path) -> None:
    """Each rule that comes along stands on the page of its pack, where a link can lead to it."""
    assert len(RULES) > 100
    for rule in RULES:
        assert rule.name in anchors(site / "rules" / f"{rule.pack}.html"), rule.id


def test_rules_show_what_they_find(site: Path) -> None:
    """A rule has its words marked in its examples, and what was measured of it, with the interval."""
    own = page(site / "rules" / "hedge.html").partition('<h2 id="may">')[2].partition("<h2 ")[0]
    assert "The council <mark>may</mark> sell the mill." in own
    assert re.search(
        r"<td>encyclopaedia</td>\s*<td>[\d,]+</td>\s*<td>[\d,]+</td>\s*<td>0\.\d{3}</td>\s*<td>0\.\d\d–", own
    )
    assert "be that as it" in own


def test_links_lead_somewhere(site: Path) -> None:
    """Each link from page to page leads to a page that is there, and to an anchor that is on it."""
    lost = []
    for path in site.rglob("*.html"):
        if path.name == "404.html":
            continue  # its links are those of a server's root
        for link in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', page(path)):
            address, anchor = urldefrag(urljoin(path.as_uri(), link))
            if address.startswith("file:"):
                target = Path(unquote(address.removeprefix("file://")))
                known = not anchor or anchor == "__comments" or unquote(anchor) in anchors(target)
                lost += [] if target.is_file() and known else [f"{path.relative_to(site)}: {link}"]
    assert not lost


def test_no_page_asks_another_server(site: Path) -> None:
    """Scripts, styles, fonts and pictures are those of the site."""
    for path in site.rglob("*.html"):
        assert not re.findall(r'<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)="(?:https?:)?//[^"]*"', page(path)), (
            path
        )
    for path in site.rglob("*.css"):
        assert not re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", path.read_text("utf-8")), path


def test_fences_and_tables_are_read(site: Path) -> None:
    """No fence stands open on a page, and a bar within code in a table is a bar."""
    for path in site.rglob("*.html"):
        assert "<p>```" not in page(path), path
    assert "<code>flood~ | storm~</code>" in page(site / "reference.html")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[lost](nowhere.md)", "nowhere.md"),
        ("[lost](reference.md#nowhere)", "#nowhere"),
        ("[lost](/root.md)", "/root.md"),
    ],
)
def test_a_lost_link_fails_the_build(text: str, message: str, tmp_path: Path) -> None:
    """A link to a page or an anchor that is not there is a warning, and with --strict an error."""
    copytree(ROOT / "docs" / "style", tmp_path / "docs" / "style")
    for name in ("index", "reference"):
        (tmp_path / "docs" / f"{name}.md").write_text(f"# {name}\n", "utf-8")
    (tmp_path / "docs" / "index.md").write_text(f"# Home\n\n{text}\n", "utf-8")
    settings = page(ROOT / "mkdocs.yml").partition("\nnav:\n")[0].replace("hooks:\n  - docs/hooks.py\n", "")
    (tmp_path / "mkdocs.yml").write_text(settings, "utf-8")
    built = build(tmp_path / "mkdocs.yml", tmp_path / "site")
    assert built.returncode
    assert message in built.stderr


def test_pages_for_authors_come_by_themselves(site: Path) -> None:
    """Each page of the folder for authors stands in the menu."""
    menu = page(site / "index.html").partition("<article")[0]
    for path in (ROOT / "docs" / "authors").glob("*.md"):
        assert f'href="authors/{path.stem}.html"' in menu, path
