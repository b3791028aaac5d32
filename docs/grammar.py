"""Writes the grammar of rule files as the parser has it: its rules in EBNF, and a row for each form of a pattern."""  # noqa: INP001 -- a module of `make.py`
# ruff: noqa: SLF001 -- the parts of the parser that nothing else needs are what is told here

import re
from collections.abc import Iterator

import pyparsing as pp

from factcheck.language import layout, parse, validate
from factcheck.text.word import word_pattern

_WORD = "WORD"  # what stands for the expression of a word in those of forms
_NAMES = {
    "optional part": "optional",
    "a word, a mark or a bracket": "element",
    "a place, or `with PACK`": "factor",
}
_SHOWN = {
    "inflected": ("use~", "claim~v", "lie~(lie, lies)"),
    "star": ("investigat*", "*n't"),
    "word": ("may", "Monday", "U.S", "well-known"),
    "list": ("{insider}", "{core.verb}"),
    "class": ("<name>", "<name>'s"),
    "gap": ("...", "...5"),
    "exact": ("'May'", "'Orrin Post'"),
    "apostrophe": ("'",),
    "escape": (r"\(", r"\#"),
    "mark": (",", ":", '"'),
}
"""Of each form some that are it: `forms` asks the parser."""

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|.", re.DOTALL)


def rules() -> str:
    """The rules, from the file down to what a pattern's elements are."""
    lines = [
        _rule("file", "{ statement { field } }"),
        _rule("statement", *(form for head in parse._HEADS.values() for form in _heads(*head))),
        *(_rule(f"field of {name}", *map(_field, *_fields(name))) for name in ("pack", "rule", "amend")),
        *_Walk(parse.pattern_grammar(_WORD)),
        *_Walk(parse._condition_grammar(), group="group of conditions"),
    ]
    return "```text\n" + "\n\n".join(lines) + "\n```"


def forms() -> str:
    """A row a form: how it may look, and the regular expression that it is."""
    form = _leaf(parse.pattern_grammar(_WORD), "form")
    real = re.compile(_leaf(parse.pattern_grammar(word_pattern("")), "form"))
    rows = ["| form | such as | regular expression |", "| --- | --- | --- |"]
    for name, regex in _alternatives(form):
        for example in _SHOWN[name]:
            found = real.fullmatch(example) or real.search("s" + example, 1)
            if not found or found.lastgroup != name:
                raise AssertionError(f"`{example}` is not of the form {name}, but {found and found.lastgroup}")
        rows.append(f"| {name} | {', '.join(map(_code, _SHOWN[name]))} | {_code(_regex(regex)[1:-1])} |")
    rows.append(f"| {_WORD} | `may`, `don't`, `3.5` | {_code(word_pattern(''))} |")
    return "\n".join(rows)


# The file ------------------------------------------------------------------------------------------------------------


def _rule(name: str, *options: str) -> str:
    return f"{name} =\n    " + "\n  | ".join(options)


def _heads(regex: str, shown: str) -> Iterator[str]:
    """The forms of a statement, as messages show them, and whether a level may follow."""
    level = ' [ ":" LEVEL ]' if "(?P<level>" in regex and "LEVEL" not in shown else ""
    for form in re.split(r"`(?:, | or )`", shown):
        yield " ".join(word if word == "pattern" or word.isupper() else f'"{word}"' for word in form.split()) + level


def _fields(statement: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = parse._FIELDS_OF[statement]
    return names, (statement,) * len(names)


def _field(name: str, statement: str) -> str:
    """How a field is written."""
    if name in layout.PATTERN_FIELDS:
        return f'"{name}" pattern'
    if name in layout.CONDITION_FIELDS:
        return f'"{name}" condition'
    shape = validate._SHAPES.get("pack signal" if (statement, name) == ("pack", "signal") else name)
    if not shape:
        return f'["{name}"] STRING' if name == "message" else f'"{name}" STRING'
    one = "( " + " | ".join(f'"{word}"' for word in shape.choices) + " )" if shape.choices else "VALUE"
    return f'"{name}" ' + (" ".join([one] * shape.parts) or f'{one} {{ "," {one} }}')


# Patterns and conditions ----------------------------------------------------------------------------------------------


class _Walk:
    """A grammar's named elements as rules, each where it is first met."""

    def __init__(self, start: pp.ParserElement, **names: str) -> None:
        self._names = _NAMES | names
        self._left = [start]
        self._seen = {start.customName}
        self._leaves: dict[str, list[str]] = {}

    def __iter__(self) -> Iterator[str]:
        for element in self._left:  # grows while it is walked
            parts = _flat(_inside(element))
            if isinstance(parts[0], pp.MatchFirst) and len(parts) == 1:
                parts = _flat(parts[0])
            rows = [[part] for part in parts] if isinstance(element, pp.MatchFirst) else [parts]
            yield _rule(self._name(element), *(self._row(row, element.customName) for row in rows))
        for name, regexes in self._leaves.items():
            yield _rule(name, *regexes)

    def _row(self, items: list[pp.ParserElement], within: str) -> str:
        return " ".join(self._written(item, within) for item in items)

    def _written(self, element: pp.ParserElement, within: str) -> str:
        """How an element is written in the rule of the one that it is part of."""
        name = element.customName
        if name and name != within:
            return self._named(element)
        if isinstance(element, pp.Regex):
            return _regex(element.pattern)
        if isinstance(element, pp.Literal | pp.Keyword):
            return f'"{element.match}"'
        if isinstance(element, pp.MatchFirst):
            options = dict.fromkeys(self._written(one, within) for one in _flat(element))
            return f"( {' | '.join(options)} )"
        repeats = isinstance(element, pp.OneOrMore | pp.ZeroOrMore)
        row = self._row(_parts(element.expr) if repeats else _flat(element), within)
        least = f"{row} " if isinstance(element, pp.OneOrMore) and not isinstance(element, pp.ZeroOrMore) else ""
        return f"{least}{{ {row} }}" if repeats else row

    def _named(self, element: pp.ParserElement) -> str:
        name = element.customName
        if isinstance(element, pp.Regex):
            own = self._leaves.setdefault(name, [])
            forms = [one for one, _ in _alternatives(element.pattern)]
            own += [one for one in forms or [_regex(element.pattern)] if one not in own]
        elif name not in self._seen:
            self._seen.add(name)
            self._left.append(element)
        return self._name(element)

    def _name(self, element: pp.ParserElement) -> str:
        return self._names.get(element.customName, element.customName)


def _inside(element: pp.ParserElement) -> pp.ParserElement:
    """What is in an element that only carries it, such as one that is used before it is defined."""
    return element.expr if isinstance(element, pp.Forward | pp.Located | pp.Suppress) else element


def _parts(element: pp.ParserElement) -> list[pp.ParserElement]:
    return [element] if element.customName else _flat(element)


def _flat(element: pp.ParserElement) -> list[pp.ParserElement]:
    """The parts of a sequence or of alternatives, those of unnamed ones within among them."""
    kind = pp.MatchFirst if isinstance(element, pp.MatchFirst) else pp.And
    if not isinstance(element, kind):
        return [element]
    found = []
    for part in element.exprs:
        inner = _inside(part) if not part.customName or isinstance(part, pp.Suppress) else part
        found += _flat(inner) if isinstance(inner, kind) and not inner.customName else [inner]
    return [part for part in found if type(part).__name__ != "_ErrorStop"]


def _leaf(start: pp.ParserElement, name: str) -> str:
    """The regular expression of the leaf of this name."""
    return next(e.pattern for e in start.visit_all() if isinstance(e, pp.Regex) and e.customName == name)


def _alternatives(regex: str) -> Iterator[tuple[str, str]]:
    """The named groups that stand as alternatives in the last bracket of an expression, each with what is in it."""
    depth, begin = 0, 0
    for token in _TOKEN.finditer(regex):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if token[0] == "(" and depth == 2:  # noqa: PLR2004 -- one bracket holds them all
            begin = token.start()
        elif token[0] == ")" and depth == 1 and (found := re.match(r"\(\?P<(\w+)>", regex[begin:])):
            yield found[1], regex[begin + found.end() : token.start()]


def _regex(pattern: str) -> str:
    return "/" + re.sub(r"\?P<\w+>", "?:", pattern) + "/"


def _code(text: str) -> str:
    escaped = text.replace("|", r"\|")
    return f"`` {escaped} ``" if "`" in text else f"`{escaped}`"
