"""One pattern or condition from syntax to compiled form, with every problem that can be seen in it alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import singledispatchmethod

from factcheck.diagnostic import Diagnostic, Label, did_you_mean
from factcheck.english.inflect import NOUN_FIRST, Kind, inflect, readings
from factcheck.english.lemma import cannot_be, is_alone, lemma
from factcheck.language import pattern as compiled
from factcheck.language import syntax
from factcheck.language.measure import MAX_GAP
from factcheck.language.pattern import RUNS
from factcheck.language.program import KINDS, PLACES, Condition, Program
from factcheck.packs import how_to_load
from factcheck.span import Source, Span
from factcheck.text.fold import fold, plain
from factcheck.text.lex import lex
from factcheck.text.word import has_stop

WORD_CLASSES = ("word", "adverb", "participle")
EDGES = ("start", "end")
ENGLISH_ONLY = ("adverb", "participle")
SIDES = ("opening", "closing")
CLASSES = (*RUNS, *WORD_CLASSES, *EDGES, *SIDES)
INFLECTIONS: tuple[Kind, ...] = ("", "v", "n", "a")
_READINGS: dict[Kind, str] = {"v": "verb", "n": "noun", "a": "adjective"}
RELATIONS = ("in", "outside", "with", "without")
HINTS = 100
"""Problems up to which near names are looked for: it takes as long as there are names, and nobody reads more hints."""


@dataclass(frozen=True, slots=True)
class Lowering:
    """Compiles the patterns of one file; `lists` has every list key there is, `packs` every pack name."""

    source: Source
    pack: str
    language: str
    lists: frozenset[str]
    packs: frozenset[str]
    problems: list[Diagnostic]

    @classmethod
    def of(cls, source: Source, pack: str, program: Program) -> "Lowering":
        """What compiles patterns of a file again that is part of a program, and so sound."""
        language = next((one.language for one in program.packs if one.name == pack), "en")
        packs = frozenset(one.name for one in program.packs)
        return cls(source, pack, language, frozenset(program.lists), packs, [])

    def pattern(self, written: syntax.Written[syntax.Pattern]) -> compiled.Pattern | None:
        """The compiled pattern, or None when part of it is wrong."""
        return Patterns(self, written).lower(written.value)

    def condition(self, written: syntax.Written[syntax.Condition]) -> Condition | None:
        """The compiled condition, or None when part of it is wrong."""
        return self._condition(written, written.value)

    def report(self, code: str, message: str, span: Span, remedy: str) -> None:
        """Adds a problem of this file."""
        self.problems.append(Diagnostic(code, message, self.source, (Label(span),), remedy))

    def _condition(self, written: syntax.Written[syntax.Condition], node: syntax.Condition) -> Condition | None:
        if isinstance(node, syntax.Not):
            inner = self._condition(written, node.item)
            return None if inner is None else ("not", inner)
        if isinstance(node, syntax.Joined):
            parts = [self._condition(written, item) for item in node.items]
            kept = tuple(part for part in parts if part is not None)
            return (node.operator, kept) if len(kept) == len(parts) else None
        return self._test(written, node)

    def _test(self, written: syntax.Written[syntax.Condition], node: syntax.Test) -> Condition | None:
        span = written.place(node.span)
        if node.relation == "verbless":
            if "core" in self.packs:
                return ("is", "verbless")
            self.report(
                "FC027",
                "`verbless` needs the verbs of pack `core`, which is not loaded",
                span,
                "load the built-in packs",
            )
        elif node.relation in ("in", "outside") and node.subject in PLACES:
            inside = ("in", node.subject)
            return inside if node.relation == "in" else ("not", inside)
        elif node.relation in ("with", "without") and node.subject in self.packs:
            present = ("with", node.subject)
            return present if node.relation == "with" else ("not", present)
        elif node.relation in RELATIONS and not node.subject:
            what = "place" if node.relation in ("in", "outside") else "pack"
            remedy = "such as `in quote`" if what == "place" else "such as `with hedge`"
            self.report("FC036", f"`{node.relation}` needs the name of a {what}", span, remedy)
        elif node.relation in ("with", "without"):
            message = f"pack `{node.subject}` is not loaded"
            remedy = how_to_load(node.subject, self.packs) or did_you_mean(node.subject, self.packs)
            self.report("FC027", message, span, remedy)
        elif node.relation in ("in", "outside"):
            message = f"unknown place `{node.subject}`"
            self.report("FC036", message, span, did_you_mean(node.subject, PLACES, f"{node.relation} {{}}"))
        else:
            phrase = f"{node.relation} {node.subject}".rstrip()
            known = [*(f"{relation} {p}" for relation in ("in", "outside") for p in PLACES), "verbless"]
            remedy = (
                did_you_mean(phrase, known)
                or "it is `in` or `outside` a place, `with` or `without` a pack, or `verbless`"
            )
            self.report("FC036", f"unknown condition `{phrase}`", span, remedy)
        return None


# `source.person (…)` and `source: (…)`: what was meant is `source.person:(…)`.
_CAPTURE = re.compile(rf"(?P<label>source(?:\.(?:{'|'.join(KINDS)}))?:?)[ \t]*\(")


class Patterns:
    """Compiles one written pattern; each form of the language has its method."""

    def __init__(self, context: Lowering, written: syntax.Written[syntax.Pattern]) -> None:
        self.context, self.written = context, written

    def report(self, code: str, message: str, span: Span, remedy: str) -> None:
        """Adds a problem; `span` counts from the pattern's own start."""
        self.context.report(code, message, self.written.place(span), remedy)

    @singledispatchmethod
    def lower(self, node: object) -> compiled.Pattern | None:
        """The compiled pattern, or None when part of it is wrong."""
        message = f"no such form: {node!r}"
        raise TypeError(message)

    @lower.register
    def _(self, node: syntax.Word) -> compiled.Pattern | None:
        if len(node.text) > 1 and has_stop(node.text, "", ""):
            remedy = f"write `{node.text} | {node.text}.` to match both"
            self.report("FC108", f"`{node.text}` does not match `{node.text}.`", node.span, remedy)
        return _word(plain(node.text))

    @lower.register
    def _(self, node: syntax.Exact) -> compiled.Pattern | None:
        tokens = lex(node.text)
        if not len(tokens):
            self.report(
                "FC016", "there is nothing between the quotes", node.span, "write the exact form inside: `'May'`"
            )
            return None
        parts = zip(tokens.form, tokens.fold, tokens.word.tolist(), strict=True)
        return compiled.seq(
            [compiled.Words(exact=frozenset({f})) if word else compiled.Mark(low) for f, low, word in parts]
        )

    @lower.register
    def _(self, node: syntax.Inflected) -> compiled.Pattern | None:
        if self.context.language != "en" and node.forms is None:
            remedy = f"write the forms out: `{node.lemma}~(…)`"
            self.report("FC050", f"`~` is not available for language `{self.context.language}`", node.span, remedy)
            return None
        if node.kind not in INFLECTIONS:
            self.report(
                "FC051",
                f"unknown inflection `~{node.kind}`",
                node.span,
                "`~` any, `~v` verb, `~n` noun, `~a` adjective forms",
            )
            return None
        if node.forms is not None:
            return self._forms(node, node.forms)
        if node.kind == "" and node.lemma.lower() in NOUN_FIRST:
            verb = sorted(inflect(node.lemma, "v") - {node.lemma})
            remedy = f"write `{node.lemma}~n` for the noun, or `{node.lemma}~v` for the verb"
            self.report("FC106", f"`{node.lemma}~` also means *{verb[0]}*", node.span, remedy)
        try:
            forms = inflect(plain(node.lemma), node.kind)
        except ValueError:
            remedy = f"write its forms out: `{node.lemma}~(…)`, or take the `~` away"
            self.report("FC051", f"`{node.lemma}` cannot be inflected", node.span, remedy)
            return None
        self._misfit(node, node.kind)
        return _words(forms)

    def _misfit(self, node: syntax.Inflected, kind: Kind) -> None:
        """Warns of a word that does not inflect so, or is inflected already."""
        word, take_away = plain(node.lemma), "take the `~` away"
        if base := lemma(word, kind):
            message = f"`{node.lemma}` is a form of `{base}` itself"
            self.report("FC112", message, node.span, f"write `{base}~{kind}`, or {take_away}")
        elif cannot_be(word, kind):
            known = [own for own in _READINGS if own in readings(word) and not is_alone(word, own)]
            others = "".join(f"write `{node.lemma}~{own}`, " for own in known)
            self.report("FC112", f"`{node.lemma}` is no {_READINGS[kind]}", node.span, f"{others}or {take_away}")
        elif is_alone(word, kind):
            remedy = f"{take_away}, or write the forms out: `{node.lemma}~(…)`"
            self.report("FC112", f"`{node.lemma}` has no other forms", node.span, remedy)

    def _forms(self, node: syntax.Inflected, forms: tuple[str, ...]) -> compiled.Pattern | None:
        wrong = [f for f in forms if len(lex(f)) != 1]
        if not forms or wrong:
            what = f"`{wrong[0]}` is no single word" if wrong else "there is no form in the brackets"
            self.report("FC051", what, node.span, "list words with commas: `lie~(lie, lies, lay)`")
            return None
        return _words(frozenset(plain(f) for f in forms))

    @lower.register
    def _(self, node: syntax.Star) -> compiled.Pattern | None:
        prefix, _, suffix = plain(node.text).partition("*")
        if bool(prefix) == bool(suffix) or "*" in suffix:
            remedy = "for any word write `<word>`" if node.text == "*" else "write `investigat*` or `*n't`"
            self.report("FC049", f"`{node.text}` has its star in the wrong place", node.span, remedy)
            return None
        return compiled.Affix(prefix, suffix)

    @lower.register
    def _(self, node: syntax.Mark) -> compiled.Pattern | None:
        return compiled.Quote() if node.char == '"' and not node.literal else compiled.Mark(node.char)

    @lower.register
    def _(self, node: syntax.Gap) -> compiled.Pattern | None:
        if self.written.text.startswith("....", node.span.start):
            remedy = "write `...` or `...5`; for a full stop beside it write `\\.`"
            self.report("FC040", "a gap is written with three full stops", node.span, remedy)
            return None
        if not 1 <= node.limit <= MAX_GAP:
            most = f"write `...{MAX_GAP}`, or put a list between two shorter gaps"
            remedy = most if node.limit else "take the gap away, or write `...1`"
            self.report("FC040", f"a gap passes 1 to {MAX_GAP} words, not {node.limit}", node.span, remedy)
            return None
        return compiled.Gap(node.limit)

    @lower.register
    def _(self, node: syntax.ListName) -> compiled.Pattern | None:
        key = node.name if "." in node.name else f"{self.context.pack}.{node.name}"
        if key in self.context.lists:
            return compiled.Ref(key)
        inner = Span(node.span.start + 1, max(node.span.end - 1, node.span.start + 2))
        self.context.problems.append(self._unknown_list(node, self.written.place(inner)))
        return None

    def _unknown_list(self, node: syntax.ListName, span: Span) -> Diagnostic:
        context = self.context
        pack = node.name.split(".")[0] if "." in node.name else context.pack
        label = Label(span, "no list of this name")
        if pack not in context.packs and pack != context.pack:
            near = how_to_load(pack, context.packs) or did_you_mean(pack, context.packs)
            remedy = near or "load that pack with --rules"
            return Diagnostic("FC027", f"pack `{pack}` is not loaded", context.source, (Label(span),), remedy)
        wanted = node.name.split(".")[-1]
        form = "{{" + (f"{pack}." if "." in node.name else "") + "{}" + "}}"
        remedy = f"define it: `list {wanted} = …`" if pack else _elsewhere(wanted, context.lists)
        if len(context.problems) < HINTS:
            own = [key.split(".")[1] for key in context.lists if key.split(".")[0] == pack]
            remedy = did_you_mean(wanted, own, form) or remedy
        return Diagnostic("FC021", f"unknown list `{node.name}`", context.source, (label,), remedy)

    @lower.register
    def _(self, node: syntax.Class) -> compiled.Pattern | None:
        if node.name not in CLASSES:
            message = f"unknown class `<{node.name}>`"
            self.report("FC047", message, node.span, did_you_mean(node.name, CLASSES, "<{}>"))
        elif node.possessive and node.name != "name":
            self.report("FC047", f"`<{node.name}>` has no possessive", node.span, "only `<name>'s` has one")
        elif node.name in ENGLISH_ONLY and self.context.language != "en":
            message = f"`<{node.name}>` is not available for language `{self.context.language}`"
            self.report("FC050", message, node.span, "write a list of the words instead")
        elif node.name in RUNS:
            return compiled.Run(node.name, node.possessive)
        elif node.name in SIDES:
            return compiled.Quote(node.name)
        else:
            return compiled.Edge(node.name) if node.name in EDGES else compiled.Any(node.name)
        return None

    @lower.register
    def _(self, node: syntax.Capture) -> compiled.Pattern | None:
        item = self.lower(node.item)
        if node.kind and node.name != "source":
            self.report(
                "FC048", f"only a source has a kind, `{node.name}` has none", node.span, f"write `{node.name}:( … )`"
            )
            return None
        if node.kind and node.kind not in KINDS:
            self.report(
                "FC048", f"unknown kind of source `{node.kind}`", node.span, did_you_mean(node.kind, KINDS, "source.{}")
            )
            return None
        return None if item is None else compiled.Capture(node.name, node.kind, item)

    @lower.register
    def _(self, node: syntax.Maybe) -> compiled.Pattern | None:
        item = self.lower(node.item)
        return None if item is None else compiled.Maybe(item)

    @lower.register
    def _(self, node: syntax.Sequence) -> compiled.Pattern | None:
        if slip := slip_in(node, self.written.text):
            self.report(*slip)
            return None
        items = [self.lower(item) for item in node.items]
        kept = [item for item in items if item is not None]
        return compiled.seq(kept) if len(kept) == len(items) else None

    @lower.register
    def _(self, node: syntax.Choice) -> compiled.Pattern | None:
        options = [self.lower(option) for option in node.options]
        kept = [option for option in options if option is not None]
        return compiled.alt(kept) if len(kept) == len(options) else None


def slip_in(node: syntax.Sequence, text: str) -> tuple[str, str, Span, str] | None:
    """A capture whose colon or bracket is not where it should be: it would be read as words and a group."""
    for n, item in enumerate(node.items):
        found = _CAPTURE.match(text, item.span.start) if isinstance(item, syntax.Word) else None
        if found and isinstance(node.items[min(n + 1, len(node.items) - 1)], syntax.Mark):
            label = found["label"].rstrip(":")
            remedy = f"write `{label}:( … )`; for the words themselves put a space before the mark"
            return "FC048", "this capture is not written in one piece", Span(*found.span("label")), remedy
    return None


def _elsewhere(name: str, lists: Iterable[str]) -> str:
    """What to write for the list of this name where a pattern belongs to no pack: the packs that have one."""
    keys = sorted(key for key in lists if key.partition(".")[2] == name and not key.startswith("."))
    if not keys:
        return "no loaded pack has a list of this name; --rules adds a file with one"
    return f"name its pack: {' or '.join(f'`{{{key}}}`' for key in keys)}"


def _word(form: str) -> compiled.Words:
    low = fold(form)
    return compiled.Words(lower=frozenset({low})) if form == low else compiled.Words(written=frozenset({form}))


def _words(forms: frozenset[str]) -> compiled.Words:
    return compiled.union([_word(f) for f in forms])
