"""What the site has beyond the pages of this folder: the catalogue of rules, menus of folders, files of the code.

MkDocs calls these functions while it builds the site, as `mkdocs.yml` says.
"""  # noqa: INP001 -- a hook, loaded by its path

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rule_pages
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PACKS = ROOT / "rules" / "factcheck_rules"
AUTHORS = ("index", "new", "check", "list", "fmt", "try", "why", "profile", "test", "lint", "diff")
"""Pages for authors in the order they are of use; others follow by name."""

_LINK = re.compile(r"(?s)(?P<fenced>^(?P<fence>```+).*?^(?P=fence)$)|(?<=\]\()(?P<path>[^)\s#:]+)", re.MULTILINE)
_TITLE = re.compile(r"^(```\w+) title=(\S+)$", re.MULTILINE)
_ROW = re.compile(r"^\|.*\|$", re.MULTILINE)
_CODE = re.compile(r"`[^`\n]+`")
_SHIM = "https://unpkg.com/iframe-worker/shim"
_WORKER = "assets/javascripts/worker.js"


def on_config(config: MkDocsConfig) -> None:
    """Puts pages in place of the folders that the menu names."""
    config.nav = [{title: _entry(target)} for item in config.nav or () for title, target in item.items()]


def _entry(target: str | list[Any]) -> str | list[Any]:
    match target:
        case "authors/":
            return [f"{target}{name}.md" for name in _authors()]
        case "rules/":
            return list(rule_pages.pages())
        case _:
            return target


def _authors() -> list[str]:
    found = {path.stem for path in (DOCS / "authors").glob("*.md")}
    return [*(name for name in AUTHORS if name in found), *sorted(found.difference(AUTHORS))]


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Adds the catalogue, and what pages link to outside this folder."""
    made = dict(rule_pages.pages())
    paths = sorted(DOCS.rglob("*.md"))
    for path in paths:  # grows while it is walked
        for target in _links(path):
            if not target.is_relative_to(DOCS) and _address(target) not in made:
                made[_address(target)] = _shown(target)
                paths += [target] if target.suffix == ".md" else []
    for name, text in made.items():
        files.append(File.generated(config, name, content=text))


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:  # noqa: ANN401 -- whatever else MkDocs tells
    """Writes what GitHub and MkDocs read differently as MkDocs reads it, and leads links to the pages of the site."""
    if not page.file.generated_by:
        markdown = _led(markdown, DOCS / page.file.src_uri)
    markdown = _ROW.sub(lambda row: _CODE.sub(lambda code: code[0].replace(r"\|", "|"), row[0]), markdown)
    return _TITLE.sub(r'\1 title="\2"', markdown)


def on_post_page(output: str, page: Page, **_: Any) -> str:  # noqa: ANN401 -- whatever else MkDocs tells
    """Takes what lets pages on a disk be searched from the site, not from a server elsewhere."""
    return output.replace(_SHIM, os.path.relpath(_WORKER, Path(page.file.dest_uri).parent))


def on_post_template(output_content: str, **_: Any) -> str:  # noqa: ANN401 -- whatever else MkDocs tells
    """The page for what is not found is shown by servers alone."""
    return output_content.replace(f'<script src="{_SHIM}"></script>', "")


def on_post_build(config: MkDocsConfig) -> None:
    """Writes that: of a page on a disk browsers start no worker by its file, but they do by its text."""
    site = Path(config.site_dir)
    (search,) = site.glob("assets/javascripts/workers/search.*.js")
    text = json.dumps(search.read_text("utf-8"))
    (site / _WORKER).write_text(
        f"""if (location.protocol === "file:") {{
  const text = {text}
  window.Worker = class extends Worker {{
    constructor() {{ super(URL.createObjectURL(new Blob([text], {{ type: "text/javascript" }}))) }}
  }}
}}
""",
        "utf-8",
    )


def _links(path: Path) -> Iterator[Path]:
    """The files of the repository that a page links to."""
    found = (_target(link, path) for link in _LINK.finditer(path.read_text("utf-8")))
    return (target for target in found if target)


def _target(link: re.Match[str], path: Path) -> Path | None:
    """The file of the repository that a link on a page leads to, or the folder of the packs."""
    if not link["path"]:
        return None
    target = Path(os.path.normpath(path.parent / link["path"]))
    return target if target == PACKS or (target.is_relative_to(ROOT) and target.is_file()) else None


def _led(text: str, path: Path) -> str:
    """The text of a page with its links as they are on the site."""

    def led(link: re.Match[str]) -> str:
        target = _target(link, path)
        if target is None or (target.is_relative_to(DOCS) and path.is_relative_to(DOCS)):
            return link[0]
        return os.path.relpath(_address(target), Path(_address(path)).parent)

    return _LINK.sub(led, text)


def _address(path: Path) -> str:
    """Where the site has a file of the repository; a pack is on its page of the catalogue."""
    if path.is_relative_to(DOCS):
        return path.relative_to(DOCS).as_posix()
    if path.is_relative_to(PACKS):
        return f"{rule_pages.FOLDER}/{'index' if path == PACKS else path.stem}.md"
    name = path.relative_to(ROOT).as_posix()
    return f"source/{name}" if path.suffix == ".md" else f"source/{name}.md"


def _shown(path: Path) -> str:
    """A file of the repository as a page. The search leaves out what is no prose."""
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        return _led(text, path)
    language = "python" if path.suffix == ".py" else "text"
    name = path.relative_to(ROOT).as_posix()
    return f"---\nsearch:\n  exclude: true\n---\n# {name}\n\n````{language}\n{text.rstrip()}\n````\n"
