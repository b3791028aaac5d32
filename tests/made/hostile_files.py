"""Rule files made to be slow to load: one maker a kind, each given about how many characters to make."""

from collections.abc import Callable
from typing import Final

HEAD: Final = "pack house\n\n"
EXAMPLES: Final = '    flag    "It might work."\n    pass    "It works."\n'
TAIL: Final = f'\nrule vague : possible\n    "It is only a guess."\n    match   might\n{EXAMPLES}'


def _repeated(unit: str, head: str = HEAD, tail: str = TAIL) -> Callable[[int], str]:
    return lambda size: head + unit * (size // len(unit)) + tail


def _numbered(unit: str, head: str = HEAD, tail: str = TAIL) -> Callable[[int], str]:
    """The unit again and again, with the number of the repetition for `{n}` and the next number for `{m}`."""

    def make(size: int) -> str:
        units = (unit.replace("{n}", str(n)).replace("{m}", str(n + 1)) for n in range(size // len(unit)))
        return head + "".join(units) + tail

    return make


def _match(inner: str) -> Callable[[int], str]:
    head = HEAD + 'rule vague : possible\n    "It is only a guess."\n    match   might '
    return _repeated(inner, head, f"\n{EXAMPLES}")


KINDS: Final[dict[str, Callable[[int], str]]] = {
    "opening brackets": _match("("),
    "opening square brackets": _match("["),
    "opening braces": _match("{"),
    "closing brackets": _match(")"),
    "pairs of brackets": _match("()"),
    "groups": _match("(a) "),
    "optional parts": _match("[a] "),
    "bars": _match("|"),
    "alternatives": _match("| a b "),
    "alternatives of gaps": _match("| a ...12 b "),
    "words": _match("might "),
    "one word": _match("x"),
    "hyphens": _match("-"),
    "stops": _match("."),
    "stars": _match("*"),
    "tildes": _match("a~"),
    "inflections": _numbered(" | word{n}~(word{n}, words{n})", HEAD + "list long = a", TAIL),
    "backslashes": _match("\\"),
    "apostrophes": _match("'"),
    "quotation marks": _match('"'),
    "angles": _match("<"),
    "captures": _match("a:(b) "),
    "broken captures": _match("a.b:"),
    "comments": _match("#"),
    "spaces": _repeated(" "),
    "tabs": _repeated("\t"),
    "empty lines": _repeated("\n"),
    "lines of a quotation mark": _repeated('"\n'),
    "typographic lines in a bracket": _repeated("“\n", HEAD + "list long = (\n"),
    "lines in a bracket": _repeated("a |\n", HEAD + "list long = (\n"),
    "lines after bars": _repeated("pack\n", HEAD + "list long = a |\n"),
    "strings": _repeated('"a" '),
    "one string": _repeated("a", HEAD + 'rule vague : possible\n    "', f'"\n    match   might\n{EXAMPLES}'),
    "unknown statements": _repeated("a\n"),
    "unknown fields": _repeated("    a\n", HEAD + "rule made : possible\n"),
    "unknown lists": _repeated("    match {a}\n", HEAD + "rule made : possible\n"),
    "unknown lists beside many lists": lambda size: (
        HEAD
        + "".join(f"list made{n} = a\n" for n in range(size // 32))
        + 'rule vague : possible\n    "It is only a guess."\n'
        + "".join(f"    match {{mode{n}}}\n" for n in range(size // 42))
        + EXAMPLES
    ),
    "packs": _repeated("pack a\n", ""),
    "lists of one name": _repeated("list a = b\n"),
    "lists": _numbered("list made{n} = word{n}\n"),
    "lists naming the next": _numbered("list made{n} = {made{m}} | a\n"),
    "lists naming the next twice": _numbered("list made{n} = {made{m}} {made{m}}\n"),
    "lists in cycles": _numbered("list made{n} = {twin{n}}\nlist twin{n} = {made{n}}\n"),
    "lists of themselves": _numbered("list made{n} = {made{n}}\n"),
    "rules": _numbered('rule made{n} : possible\n    "M."\n    match   word{n}\n    flag "word{n}"\n    pass "It."\n'),
    "rules on one word": _numbered(
        'rule made{n} : possible\n    "M."\n    match   might\n    flag "It might."\n    pass "It."\n'
    ),
    "rules on one long list": lambda size: (
        HEAD
        + f"list long = {' | '.join(f'word{n}' for n in range(size // 30))}\n"
        + "".join(
            f'rule made{n} : possible\n    "M."\n    match {{long}} | a b{n}\n    flag "Word0."\n    pass "It."\n'
            for n in range(size // 140)
        )
    ),
    "rules without fields": _numbered("rule made{n} : possible\n"),
    "amendments of all": lambda size: (
        _numbered(
            'rule made{n} : possible\n    "M."\n    match   word{n}\n    flag "word{n}"\n    pass "It."\n', HEAD, ""
        )(size // 2)
        + "amend *\n    except zzz\n" * (size // 48)
    ),
    "amendments of one list": _numbered("amend list house.long + word{n}\n", HEAD + "list long = a\n"),
    "amendments with examples": _repeated('amend *\n    flag "It might."\n'),
    "targets that are gone": _numbered("disable house/gone{n}\n"),
    "conditions": _repeated("in quote or ", HEAD + "rule made : possible\n    when ", f"in quote\n{TAIL}"),
    "negations": _repeated("not ", HEAD + "rule made : possible\n    when ", f"in quote\n{TAIL}"),
    "conditions in brackets": _repeated("(", HEAD + "rule made : possible\n    when "),
    "examples": _repeated(
        '    flag    "It might work, or it might not work."\n',
        HEAD + 'rule vague : possible\n    "M."\n    pass "It."\n'
        "    match might ...12 (might | work ...12 it) ...12 [it] work\n",
        "",
    ),
    "long examples": _repeated(
        f'    flag    "{"might " * 160}"\n',
        HEAD + 'rule vague : possible\n    "M."\n    pass "It."\n'
        "    match might ...12 (might ...12 might | might) ...12 might\n",
        "",
    ),
    "tags": _repeated("a, ", HEAD + "rule made : possible\n    tags ", f"b\n{TAIL}"),
    "letters beyond ascii": _match("é̂ | "),
    "combining marks": _match("\u0301"),
}
