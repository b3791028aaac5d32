"""Writes the catalogue: a page for each pack that comes along, and on it every rule with all that is known of it."""  # noqa: INP001 -- a module of the site's hook

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from types import MappingProxyType

from factcheck import Scanner
from factcheck.evaluate.measures import wilson
from factcheck.language.rule import Atom, Rule, RuleFile, WordList
from factcheck.language.syntax import Written
from factcheck.load import Checked, builtin_sources, check, optional_sources
from factcheck.measured import Measured, measured
from factcheck.packs import OPTIONAL, optional_files

FOLDER = "rules"
_HEAD = """# Catalogue of rules

Every rule that comes with factcheck, as it is in the rule files: what it finds, what it leaves alone, how often it was
right where it was measured. The packs of the first table are always loaded, those of the second where
[`--pack`](../reference.md#opt-in-packs) asks for them. [The reference](../reference.md#fields-of-a-rule) says what the
fields mean, [the page on quality](../quality.md#measured-on-labelled-sentences) what was measured.

In a terminal `factcheck explain hedge/may` tells the same of one rule. A rule that does not suit you is
[amended](../howto/silence.md), not edited.
"""
_LISTED = re.compile(r"\{([\w.-]+)\}")


@cache
def pages() -> Mapping[str, str]:
    """All pages by their paths in this folder, that on the catalogue first."""
    catalogue = _Catalogue(check([*builtin_sources(), *optional_sources(optional_files())], []))
    own = {f"{FOLDER}/{file.pack.name}.md": catalogue.page(file) for file in catalogue.files if file.pack}
    return MappingProxyType({f"{FOLDER}/index.md": catalogue.overview()} | own)


class _Catalogue:
    """The pages of all packs, which link to one another."""

    def __init__(self, checked: Checked) -> None:
        self.files = checked.files
        self._lists = {words.key: words for file in self.files for words in file.lists}
        self._scanner = Scanner.of(checked.matcher.program)

    def overview(self) -> str:
        """The page that leads to those of the packs."""
        optional = [file for file in self.files if _is_optional(file)]
        tables = (
            f"\n## {title}\n\n{_table(('pack', 'what it is', 'rules', 'levels'), map(_row, files))}\n"
            for title, files in (
                ("Built-in packs", [file for file in self.files if file not in optional]),
                ("Opt-in packs", optional),
            )
        )
        return _HEAD + "".join(tables)

    def page(self, file: RuleFile) -> str:
        """The page of a pack."""
        pack = file.pack
        assert pack  # noqa: S101 -- each file that comes along is one
        name = file.source.name
        loaded = f"`--pack {pack.name}` loads it" if _is_optional(file) else "always loaded"
        parts = [f"# {pack.name}: {pack.title}", f"Version {pack.version}, {loaded}. Its file is `{name}`."]
        if file.rules:
            rows = [(f"[`{rule.name}`](#{rule.name})", f"`{rule.level}`", rule.message) for rule in file.rules]
            parts.append(_table(("rule", "level", "what it tells the reader"), rows))
        parts += [self._rule(rule) for rule in file.rules]
        if file.lists:
            where = f"`{{name}}` in this pack, `{{{pack.name}.name}}` in others"
            parts.append(f"## Lists {{ #lists }}\n\nPatterns that have a name: {where}.")
            parts += [self._list(words) for words in file.lists]
        return "\n\n".join(parts) + "\n"

    def _rule(self, rule: Rule) -> str:
        parts = [
            f"## {rule.id} {{ #{rule.name} }}",
            f"**{_text(rule.message)}**",
            " · ".join(_facts(rule)),
            " ".join(filter(None, (rule.because, rule.suggest))),
            f"```{{ .text .pattern }}\n{_written(rule)}\n```",
            self._names(rule.pack, _written(rule)),
            self._examples("Finds", rule, rule.flag),
            self._examples("Leaves alone", rule, rule.quiet),
            _measured(measured(rule.id)),
        ]
        return "\n\n".join(part for part in parts if part)

    def _list(self, words: WordList) -> str:
        body = _dedented(words.pattern.text) if words.pattern else ""
        parts = [
            f"### {words.name} {{ #list-{words.name} }}",
            f"```{{ .text .pattern }}\n{body}\n```",
            self._names(words.pack, body),
        ]
        return "\n\n".join(part for part in parts if part)

    def _names(self, pack: str, text: str) -> str:
        """Links to the lists that patterns name."""
        keys = dict.fromkeys(name if "." in name else f"{pack}.{name}" for name in _LISTED.findall(text))
        known = (self._lists[key] for key in keys if key in self._lists)
        links = (
            f"[`{{{w.name if w.pack == pack else w.key}}}`]({'' if w.pack == pack else w.pack + '.md'}#list-{w.name})"
            for w in known
        )
        shown = ", ".join(links)
        return f"Lists: {shown}" if shown else ""

    def _examples(self, title: str, rule: Rule, examples: Iterable[Atom]) -> str:
        lines = [f"- {self._marked(rule, example.text)}" for example in examples]
        return f"{title}:\n\n" + "\n".join(lines) if lines else ""

    def _marked(self, rule: Rule, text: str) -> str:
        """An example with the words that the rule finds in it."""
        found = (f for s in self._scanner.scan(text).sentences for f in s.findings if f.rule == rule.id)
        shown, at = "", 0
        for finding in sorted(found, key=lambda f: f.span.start):
            if finding.span.start >= at:
                shown += _text(text[at : finding.span.start]) + f"<mark>{_text(finding.text)}</mark>"
                at = finding.span.end
        return (shown + _text(text[at:])).replace("\n", "<br>")


def _is_optional(file: RuleFile) -> bool:
    return f"/{OPTIONAL}/" in file.source.name


def _row(file: RuleFile) -> tuple[str, ...]:
    """A pack in the table of packs."""
    assert file.pack  # noqa: S101 -- each file that comes along is one
    levels = dict.fromkeys(f"`{rule.level}`" for rule in file.rules)
    title = file.pack.title if file.rules else f"{file.pack.title}: lists that other packs use"
    return f"[{file.pack.name}]({file.pack.name}.md)", title, str(len(file.rules) or ""), ", ".join(levels)


def _facts(rule: Rule) -> Iterator[str]:
    """The plain fields that a rule has, in a few words each."""
    yield f"level `{rule.level}`"
    yield f"weight {rule.weight:g}"
    if rule.severity != "warning":
        yield f"severity {rule.severity}"
    if rule.polarity == "negative":
        yield "a firm no"
    if rule.range:
        yield "stands for {:g} to {:g} per cent".format(*rule.range)
    if rule.signal:
        yield "signals " + ", ".join(f"{name} {weight:g}" for name, weight in rule.signal)
    if rule.tags:
        yield "tags " + ", ".join(rule.tags)


def _written(rule: Rule) -> str:
    """The patterns and conditions as they stand in the file."""
    fields = (field for field in rule.statement.fields if isinstance(field.value, Written))
    return "\n".join(f"{field.name:<7} {_dedented(field.value.text)}" for field in fields)


def _dedented(text: str) -> str:
    """A pattern of several lines with all but the first behind the name of its field."""
    return re.sub(r"\n\s*", "\n" + " " * 12, text.strip())


def _measured(found: tuple[Measured, ...]) -> str:
    """How often a rule was right, set by set: the share, and where 95 of 100 such shares lie."""
    if not found:
        return "Not measured: no set of labelled sentences has met it."
    hits, right = sum(one.hits for one in found), sum(one.right for one in found)
    counted = [*found, Measured("all", hits, right)] if len(found) > 1 else found
    return _table(("measured in", "hits", "right", "precision", "95 %"), map(_share, counted))


def _share(one: Measured) -> tuple[str, ...]:
    low, high = wilson(one.right, one.hits)
    return one.set, f"{one.hits:,}", f"{one.right:,}", f"{one.right / one.hits:.3f}", f"{low:.2f}–{high:.2f}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, tuple("---" for _ in head), *rows))


def _text(text: str) -> str:
    """Words of a rule file that mean nothing to Markdown."""
    return re.sub(r"([\\`*_\[\]|])", r"\\\1", escape(text, quote=False))
