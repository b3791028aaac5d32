"""The grammar of rule files: text to syntax trees, with pyparsing.

`layout` has cut the file into heads and fields; each is parsed on its own, so one bad field never hides another.
The grammar takes in more than the language allows where that makes a better message (any gap length, any class name):
`validate` says what is wrong with those.
"""

import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pyparsing as pp

from factcheck.diagnostic import Diagnostic, Label
from factcheck.language import layout, syntax
from factcheck.language.known import Known
from factcheck.language.layout import Line
from factcheck.span import Source, Span
from factcheck.text.fold import fold
from factcheck.text.word import is_abbreviation, word_pattern

Problems = list[Diagnostic]

_NAME = r"[^\s:/=+.,|()\[\]{}\"]+"
_OWN_NAME = r"[^\s:=|()\[\]{}\"]+"  # one that is defined here: `validate` says what is wrong with `a.b` and `a/b`


def parse(source: Source, known: Known | None = None) -> tuple[syntax.File, Problems]:
    """The statements of a rule file, and every problem of form in it. Linear in the file.

    Patterns that are `known` are not parsed again; those that are parsed become so. Of a file that a merge has left
    unsettled nothing is read: whatever else is wrong in it may come of that.
    """
    if problems := list(layout.merges(source)):
        return syntax.File(source, ()), problems
    known = Known() if known is None else known
    statements: list[syntax.Statement] = []
    fields: list[syntax.Field] = []
    open_statement: syntax.Statement | None = None
    orphaned = True  # no statement has been seen yet
    for line in layout.cut(source, problems):
        if line.head in layout.STATEMENTS or (line.head and _column(source, line) == 0 and not _is_field(line.head)):
            if open_statement:
                statements.append(_closed(open_statement, fields))
            orphaned, fields = False, []
            open_statement = _statement(source, line, problems, known)
        elif orphaned:
            orphaned = False
            message = "this stands before any statement"
            remedy = "start the file with `pack NAME`, and put fields under a `rule NAME : LEVEL`"
            problems.append(Diagnostic("FC018", message, source, (Label(line.span),), remedy))
        else:
            owner = open_statement.kind if open_statement else ""
            found = _field(source, line, owner, problems, known)
            fields += [found] if found else []
    if open_statement:
        statements.append(_closed(open_statement, fields))
    return syntax.File(source, tuple(statements)), problems


def parse_pattern(source: Source) -> tuple[syntax.Written[syntax.Pattern] | None, Problems]:
    """The pattern that is all of a text, as somebody types it, and what is wrong with its form."""
    problems: Problems = []
    text = source.text
    inner = Span(len(text) - len(text.lstrip()), len(text.rstrip()))
    whole = inner if inner.start < inner.end else Span(0, 0)
    return (_pattern_field(source, whole, problems, Known()) if layout.closes(source, problems) else None), problems


def _closed(statement: syntax.Statement, fields: list[syntax.Field]) -> syntax.Statement:
    return syntax.Statement(
        statement.kind, statement.name, statement.span, statement.level, statement.sign, statement.body, tuple(fields)
    )


def _column(source: Source, line: Line) -> int:
    return source.place(line.span.start).column - 1


def _is_field(word: str) -> bool:
    return word in layout.RULE_FIELDS or word in layout.PACK_FIELDS or word in layout.AMEND_FIELDS


# ---- heads ----


def _statement(source: Source, line: Line, problems: Problems, known: Known) -> syntax.Statement | None:
    if line.head not in layout.STATEMENTS:
        problems.append(layout.unknown(source, line, indented=False, fields=()))
        return None
    rest = source.text[line.rest.start : line.rest.end]
    kind = line.head
    if kind == "amend" and re.match(r"list\s", rest):
        kind = "amend list"
    form, shown = _HEADS[kind]
    found = re.match(form, rest)
    if not found:
        message = f"this `{kind}` statement is not complete"
        place = line.rest if line.rest.start < line.rest.end else line.span
        remedy = f"its form is `{shown}`{_meant(kind, rest)}"
        problems.append(Diagnostic("FC010", message, source, (Label(place),), remedy))
        return None
    at = line.rest.start
    groups = found.groupdict()
    body = None
    if "body" in groups:
        begin = at + found.start("body") + len(found["body"]) - len(found["body"].lstrip())
        body = _pattern_field(source, Span(begin, line.rest.end), problems, known) if line.sound else None
        if body is None:
            return syntax.Statement(kind, _group(found, "name", at), line.span, sign=groups.get("sign") or "=")
    level = _group(found, "level", at) if groups.get("level") is not None else None
    return syntax.Statement(kind, _group(found, "name", at), line.span, level, groups.get("sign") or "", body)


_HEADS = {
    "pack": (rf"(?P<name>{_OWN_NAME})\Z", "pack NAME"),
    "list": (rf"(?P<name>{_OWN_NAME})\s*=(?P<body>(?s:.*))\Z", "list NAME = pattern"),
    "rule": (rf"(?P<name>{_OWN_NAME})\s*:\s*(?P<level>[^\s\"]+)\Z", "rule NAME : LEVEL"),
    "amend": (
        rf"(?P<name>\*|{_NAME}(?:/{_NAME})?)(?:\s*:\s*(?P<level>[^\s\"]+))?\Z",
        "amend PACK/RULE`, `amend PACK` or `amend *",
    ),
    "amend list": (
        rf"list\s+(?P<name>{_NAME}\.{_NAME})\s*(?P<sign>[+-])(?P<body>(?s:.*))\Z",
        "amend list PACK.NAME + pattern` or `amend list PACK.NAME - pattern",
    ),
    "disable": (rf"(?P<name>{_NAME}(?:/{_NAME})?)\Z", "disable PACK/RULE` or `disable PACK"),
}


_SAID = re.compile(r"(?P<name>[^:=]+)(?:[:=]\s*(?P<level>[^\W\d_][\w-]*))?\s*\Z")


def _meant(kind: str, rest: str) -> str:
    """The head as it was meant, where its only fault is a name of several words or another mark for the colon."""
    found = _SAID.match(rest) if kind in ("pack", "rule") else None
    words = re.findall(r"[\w-]+", found["name"]) if found else []
    if not (found and words and words[0][0].isalpha()) or bool(found["level"]) is not (kind == "rule"):
        return ""
    return f", here `{kind} {'-'.join(words)}{' : ' + found['level'] if found['level'] else ''}`"


def _group(found: re.Match[str], name: str, at: int) -> syntax.Atom:
    return syntax.Atom(found[name], quoted=False, span=Span(*found.span(name)).shifted(at))


# ---- fields ----

_FIELDS_OF = {"pack": layout.PACK_FIELDS, "rule": layout.RULE_FIELDS, "amend": layout.AMEND_FIELDS}


def _field(source: Source, line: Line, owner: str, problems: Problems, known: Known) -> syntax.Field | None:
    name = line.head
    if not name and source.text.startswith(('"', "“", "”", "„", "«"), line.rest.start):
        name = "message"
    allowed = _FIELDS_OF.get(owner, ())
    if owner in _FIELDS_OF and name not in allowed:
        if line.sound:
            problems.append(_misplaced(source, line, owner, allowed))
        # A message without its marks is one all the same: that the rule has none would be an echo.
        return syntax.Field("message", None, line.span) if layout.is_message(source, line, allowed) else None
    if owner in ("list", "amend list", "disable"):
        message, remedy = f"`{owner}` takes no fields", "put it under the rule it belongs to"
        if "list" in owner and not _is_field(name):
            remedy = "if the list goes on here, begin this line with `|`"
        problems.append(Diagnostic("FC018", message, source, (Label(_whole(line)),), remedy))
        return None
    if not owner:
        return None
    value = _read_value(source, line, name, problems, known) if line.sound else None
    return syntax.Field(name, value, line.span if line.head else line.rest)


def _read_value(source: Source, line: Line, name: str, problems: Problems, known: Known) -> syntax.Value | None:
    if line.head and source.text.startswith(":", line.span.end):
        problems.append(_colon(source, line))
        return None
    if name in layout.PATTERN_FIELDS:
        return _pattern_field(source, line.rest, problems, known)
    if name in layout.CONDITION_FIELDS:
        return _condition_field(source, line.rest, problems)
    return _atoms(source, line.rest)


def _colon(source: Source, line: Line) -> Diagnostic:
    remedy = "take the `:` away"
    if line.head in layout.PATTERN_FIELDS:
        remedy += f"; for the mark itself write `{line.head} :` with a space"
    place = (Label(Span(line.span.end, line.span.end + 1)),)
    return Diagnostic("FC010", f"no colon stands after `{line.head}`", source, place, remedy)


def _whole(line: Line) -> Span:
    return Span(line.span.start, max(line.span.end, line.rest.end))


def _misplaced(source: Source, line: Line, owner: str, allowed: tuple[str, ...]) -> Diagnostic:
    if owner == "amend" and line.head in layout.RULE_FIELDS:
        message = f"an amendment cannot change `{line.head}`"
        return Diagnostic("FC070", message, source, (Label(line.span),), "it takes " + ", ".join(layout.AMEND_FIELDS))
    return layout.unknown(source, line, indented=True, fields=allowed)


_ATOM = re.compile(r'"((?:\\.|[^"\\\n])*)"|#[^\n]*|([^\s"#]+)')


def _atoms(source: Source, span: Span) -> tuple[syntax.Atom, ...]:
    """The words and strings of a plain value."""
    atoms = []
    for found in _ATOM.finditer(source.text, span.start, span.end):
        if found[1] is not None:
            atoms.append(syntax.Atom(re.sub(r"\\(.)", r"\1", found[1]), quoted=True, span=Span(*found.span())))
        elif found[2] is not None:
            atoms.append(syntax.Atom(found[2], quoted=False, span=Span(*found.span())))
    return tuple(atoms)


def _pattern_field(
    source: Source, span: Span, problems: Problems, known: Known
) -> syntax.Written[syntax.Pattern] | None:
    text = source.text[span.start : span.end]
    found = known.get(text)
    if found is None:
        found = _parsed(pattern_grammar(word_pattern(text)), source, span, problems, _REMEDY)
        if found is None:
            return None
        known.add(text, found)
    return syntax.Written(found, text, span.start)


def _condition_field(source: Source, span: Span, problems: Problems) -> syntax.Written[syntax.Condition] | None:
    found = _parsed(_condition_grammar(), source, span, problems, _CONDITION_REMEDY)
    return syntax.Written(found, source.text[span.start : span.end], span.start) if found is not None else None


def _parsed(grammar: pp.ParserElement, source: Source, span: Span, problems: Problems, remedy: str) -> Any:  # noqa: ANN401 -- pyparsing is untyped
    text = layout.without_comments(source.text[span.start : span.end])
    try:
        return grammar.parse_string(text, parse_all=True)[0]
    except pp.ParseBaseException as error:
        problems.append(_not_understood(source, span, error.loc, remedy))
        return None


def _not_understood(source: Source, span: Span, at: int, remedy: str) -> Diagnostic:
    """Where the grammar stopped, in words a reader of the language knows."""
    text = source.text[span.start : span.end]
    at += len(text[at:]) - len(text[at:].lstrip())
    place = span.start + min(at, len(text))
    char = source.text[place] if place < span.end else ""
    before = text[:at].rstrip()[-1:]
    if not text:
        message = "nothing is written here"
    elif char in ("|", ")", "]", "") and before in ("|", "(", "[", ""):
        message, remedy = "an alternative is empty", "take the `|` or the bracket away; `[a]` is an optional part"
    elif char in _REMEDIES:
        message, remedy = f"`{char}` does not belong here", _REMEDIES[char]
    elif not char:
        message = "this breaks off here"
    else:
        message = "this is not understood"
    end = min(place + 1, span.end) if char else place
    return Diagnostic("FC010", message, source, (Label(Span(min(place, end), max(place, end))),), remedy)


_REMEDY = "a pattern is made of words, marks and brackets, such as `officials ...2 say~`"
_CONDITION_REMEDY = "a condition is made of places and packs joined by and, or, not: `outside quote and without hedge`"
_REMEDIES = {
    "~": "`~` stands right after a word: `use~`, `claim~v`",
    "<": "a class is written `<name>`; for the mark itself write `\\<`",
    ">": "a class is written `<name>`; for the mark itself write `\\>`",
    "'": "an exact form is written `'May'`; for the mark itself write `\\'`",
    "\\": "`\\` takes the next character as it is: write one after it",
    "*": "a star stands at one end of a word: `investigat*`",
}


# ---- patterns ----


Build = Callable[[str, Span, re.Match[str]], object]
"""Makes a node of the text of a form, its span, and the match of its regular expression."""


def _leaf(regex: str, name: str, build: Build) -> pp.ParserElement:
    def action(_text: str, at: int, tokens: pp.ParseResults) -> object:
        found = tokens[0]
        return build(found[0], Span(at, at + len(found[0])), found)

    return pp.Regex(regex, as_match=True).set_name(name).add_parse_action(action)


def _any_leaf(forms: dict[str, tuple[str, Build]], before: str) -> pp.ParserElement:
    """The first of the forms that matches, as one regular expression: pyparsing takes its time over each element."""
    regex = "|".join(f"(?P<{name}>{regex})" for name, (regex, _) in forms.items())
    return _leaf(
        f"{before}(?:{regex})", "form", lambda text, span, found: forms[found.lastgroup or ""][1](text, span, found)
    )


def _inflected(text: str, span: Span, found: re.Match[str]) -> syntax.Inflected:
    lemma = text[: text.index("~")]
    forms = re.split(r"\s*,\s*", found["forms"].strip()) if found["forms"] is not None else None
    return syntax.Inflected(lemma, found["kind"], tuple(f for f in forms if f) if forms is not None else None, span)


def _escaped(text: str, span: Span, _found: re.Match[str]) -> syntax.Word | syntax.Mark:
    char = text[1]
    return syntax.Word(char, span) if char.isalnum() else syntax.Mark(fold(char), literal=True, span=span)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def _span(items: pp.ParseResults) -> Span:
    return Span(items[0].span.start, items[-1].span.end)


def _sequence(items: pp.ParseResults) -> object:
    return items[0] if len(items) == 1 else syntax.Sequence(tuple(items), _span(items))


def _choice(items: pp.ParseResults) -> object:
    return items[0] if len(items) == 1 else syntax.Choice(tuple(items), _span(items))


@cache
def pattern_grammar(word: str) -> pp.ParserElement:
    """The grammar of patterns for files whose words are cut by the regular expression `word`."""
    pattern = pp.Forward()
    pattern.set_name("pattern")
    # Each form of the language that holds no other is a line here: its regular expression, and the node it makes.
    forms: dict[str, tuple[str, Build]] = {
        "inflected": (rf"{word}~(?P<kind>[^\W\d_]*)(?:(?<=~)\((?P<forms>[^()\n]*)\))?", _inflected),
        "star": (r"[\w'’‐‑-]{0,80}+\*[\w'’‐‑*-]*", lambda text, span, _: syntax.Star(text, span)),
        "word": (word, lambda text, span, _: syntax.Word(text, span)),
        "list": (r"\{(?P<named>[^{}\n]*)\}", lambda _, span, found: syntax.ListName(found["named"].strip(), span)),
        "class": (
            r"<(?P<class_name>[^<>\n]*)>(?P<possessive>'s)?",
            lambda _, span, found: syntax.Class(found["class_name"], found["possessive"] is not None, span),
        ),
        "gap": (r"\.{3,}(?P<limit>\d{0,9})", lambda _, span, found: syntax.Gap(int(found["limit"] or 3), span)),
        "apostrophe": (r"(?<=\w)'(?!\w)", lambda _, span, _m: syntax.Mark("'", literal=True, span=span)),
        "exact": (r"'(?:\\.|[^'\\\n])+'", lambda text, span, _: syntax.Exact(_unquoted(text), span)),
        "escape": (r"\\[^\n]", _escaped),
        "mark": (r"[^\w\s|()\[\]{}<>~*'#\\]", lambda text, span, _: syntax.Mark(fold(text), literal=False, span=span)),
    }
    form = _any_leaf(forms, before=r"(?!\w+(?:\.[\w-]*)?:\()")
    stopped = _leaf(rf"(?:{word})\.(?!\.)", "abbreviation", lambda text, span, _: syntax.Word(text, span))
    stopped.add_condition(lambda tokens: _keeps_stop(tokens[0].text[:-1]), message="abbreviation")

    group = (pp.Suppress("(") - pattern - pp.Suppress(")")).set_name("group")
    maybe = (pp.Located(pp.Suppress("[") - pattern - pp.Suppress("]"))).set_name("optional part")
    maybe.add_parse_action(lambda found: syntax.Maybe(found[1][0], Span(found[0], found[2])))
    label = pp.Regex(r"(?P<name>\w+)(?:\.(?P<kind>[\w-]*))?:(?=\()", as_match=True).set_name("capture")
    capture = (pp.Located(label) + group).set_name("capture")
    capture.add_parse_action(
        lambda found: syntax.Capture(found[1][0]["name"], found[1][0]["kind"] or "", found[3], Span(found[0], found[2]))
    )
    element = (stopped | form | capture | group | maybe).set_name("a word, a mark or a bracket")
    sequence = pp.OneOrMore(element).set_name("sequence").add_parse_action(_sequence)
    pattern << (sequence + pp.ZeroOrMore(pp.Suppress("|") - sequence)).add_parse_action(_choice)
    return pattern.parse_with_tabs()


def _keeps_stop(word: str) -> bool:
    return is_abbreviation(word) or (len(word) == 1 and word.isupper())


# ---- conditions ----


@cache
def _condition_grammar() -> pp.ParserElement:
    condition = pp.Forward()
    condition.set_name("condition")
    word = r"(?!(?:and|or|not)\b)[\w-]+"
    relation = _leaf(rf"({word})\s+({word})", "test", lambda _t, span, m: syntax.Test(m[1], m[2], span))
    alone = _leaf(word, "test", lambda text, span, _: syntax.Test(text, "", span))
    group = (pp.Suppress("(") - condition - pp.Suppress(")")).set_name("group")
    negations = pp.ZeroOrMore(pp.Keyword("not"))
    factor = (negations + (relation | alone | group)).set_name("a place, or `with PACK`")
    factor.add_parse_action(lambda found: syntax.Not(found[-1]) if len(found) % 2 == 0 else found[-1])
    term = (factor + pp.ZeroOrMore(pp.Suppress(pp.Keyword("and")) - factor)).add_parse_action(partial(_joined, "and"))
    condition << (term + pp.ZeroOrMore(pp.Suppress(pp.Keyword("or")) - term)).add_parse_action(partial(_joined, "or"))
    return condition.parse_with_tabs()


def _joined(operator: str, found: pp.ParseResults) -> object:
    return found[0] if len(found) == 1 else syntax.Joined(operator, tuple(found))
