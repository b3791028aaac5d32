"""Rule files with comments in odd places, each with a number that tells what it belongs to."""

from itertools import pairwise

from hypothesis import strategies as st

LEAVES = ["say~", "claim~v", "lie~(lie ,lies)", "investigat*", "*n't", "'May'", "'a # b'", "<name>", "<name>'s"]
LEAVES += ["...", "...5", "{house.words}", "{ words }", ",", '"', ":", "-", r"\(", r"\#", r"\ ", "officials'", "U.S."]
LEAVES += ["3-1", "match", "flag", "rule", "émigré"]
BLANKS = st.sampled_from([" ", " ", " ", "  ", "\t", ""])
INDENTS = st.sampled_from([" " * 9, " " * 13, "\t\t\t\t"])
STRINGS = ["The quay # is shut.", r"They \"left\" it.", "A tab\there.", "“So”, she said."]


class Maker:
    """Makes a file that is mostly right, with comments wherever there may be one, and numbers on all that matters.

    A comment `# b…` belongs to the numbered word before it, `# a…` to the one after it, `# z…` to the statement.
    """

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.words, self.statement = draw, 0, 0

    def word(self) -> str:
        """A word with a number of its own."""
        self.words += 1
        return f"w{self.statement}_{self.words}"

    def comment(self, kind: str) -> str:
        """A comment of its own number."""
        self.words += 1
        return f"# {kind}{self.words}" + self.draw(st.sampled_from(["", "  ", " (", ' "|', " flag “"]))

    def often(self, one_in: int) -> bool:
        """Whether this is one of so many times."""
        return self.draw(st.integers(1, one_in)) == 1

    def tokens(self, depth: int) -> list[str]:
        """The tokens of a pattern."""
        found: list[str] = []
        for number in range(self.draw(st.integers(1, 3 if depth else 2))):
            found += ["|"] * bool(number)
            for _ in range(self.draw(st.integers(1, 3))):
                kind = self.draw(st.integers(0, 9 if depth < 3 else 7))
                if kind < 5:
                    found.append(self.word())
                elif kind < 8:
                    found.append(self.draw(st.sampled_from(LEAVES)))
                else:
                    opening = self.draw(st.sampled_from(["(", "[", "source:(", "source.person:("]))
                    found += [opening, *self.tokens(depth + 1), "]" if opening == "[" else ")"]
        return found

    def pattern(self) -> str:
        """A pattern with blanks, line breaks and comments between its tokens."""
        tokens = [self.word(), *self.tokens(0), self.word()]
        text, depth = tokens[0], 0
        for before, after in pairwise(tokens):
            depth += (before[-1] in "([" and before[:1] != "\\") - (before in ")]")
            text += self.gap(depth, before, after) + after
        return text

    def gap(self, depth: int, before: str, after: str) -> str:
        """What stands between two tokens: more than a blank only where the language lets a line break."""
        blank = self.draw(BLANKS)
        if not blank and not {before[-1], after[0]} & set('()[]|,"'):
            blank = " "
        free = depth > 0 or before == "|"
        if not (free or after == "|") or not self.often(4):
            return blank
        beside = f" {self.comment('b')}" if self.often(3) else ""
        lines = "\n"
        while free and self.often(4):
            lines += self.draw(INDENTS) + (self.comment("b") if self.often(2) else "") + "\n"
        return beside + lines + self.draw(INDENTS)

    def string(self) -> str:
        """A text in quotation marks."""
        return f'"{self.draw(st.sampled_from(STRINGS))} {self.word()}"'

    def condition(self) -> str:
        """A condition with comments in its brackets."""
        names = [self.word() for _ in range(3)]
        blanks = [f"\n{self.draw(INDENTS)}" if self.often(3) else " " for _ in range(3)]
        if self.often(3):
            blanks[1] = f" {self.comment('b')}\n{' ' * 9}"
        first, second, third = blanks
        within = f"{first}in quote or{second}not( without {names[1]}){third}or with {names[2]}"
        before = "in aside or " * (self.draw(st.integers(1, 20)) if self.often(4) else 0)
        return f"{before}with {names[0]} and ({within})"

    def field(self, name: str) -> str:
        """A field."""
        match name:
            case "match" | "except" | "unless":
                value = f" {self.pattern()}"
            case "when":
                value = f" {self.condition()}"
            case "tags":
                value = f"  {self.word()} ,{self.word()},  {self.word()}"
            case "message" | "because" | "suggest" | "flag" | "pass" | "title":
                value = f"  {self.string()}"
            case "signal":
                value = f"  {self.word()}   0.90"
            case _:
                value = f"\t{self.word()}"
        return value.strip() if name == "message" and self.often(2) else name + value

    def fields(self, names: list[str]) -> str:
        """Fields in any order, some of them more than once, with comments around them."""
        text = ""
        for name in self.draw(st.lists(st.sampled_from(names), max_size=5)):
            while self.often(4):
                comment = self.comment("a") if self.often(2) else ""
                text += self.draw(st.sampled_from(["", "    ", "\t"])) + comment + "\n"
            text += self.draw(st.sampled_from(["    ", "  ", "\t"])) + self.field(name) + self.beside()
        while text and self.often(4):
            text += f"  {self.comment('z')}\n"
        return text

    def beside(self) -> str:
        """The end of a line."""
        return self.draw(st.sampled_from(["", "", " "])) + (self.comment("b") if self.often(5) else "") + "\n"

    def whole(self) -> str:
        """A file."""
        text = ""
        kinds = ["pack", "list", "list", "rule", "rule", "amend", "amend list", "disable"]
        for kind in self.draw(st.lists(st.sampled_from(kinds), max_size=4)):
            while self.often(3):
                text += "\n" + (self.comment("a") + "\n" if self.often(2) else "")
            self.statement += 1
            name = self.word()
            match kind:
                case "pack":
                    text += f"pack  {name}" + self.beside() + self.fields(["title", "language", "version", "signal"])
                case "list":
                    text += f"list {name}={self.draw(BLANKS)}{self.body()}" + self.beside()
                case "rule":
                    head = f"rule  {name}:{self.draw(BLANKS)}possible"
                    text += head + self.beside() + self.fields(RULE)
                case "amend":
                    head = f"amend {name}/rule" + self.draw(st.sampled_from(["", " :note"]))
                    text += head + self.beside() + self.fields(AMEND)
                case "amend list":
                    text += f"amend  list {name}.it {self.draw(st.sampled_from('+-'))}{self.body()}" + self.beside()
                case _:
                    text += f"disable {name}" + self.beside()
        return text + self.draw(st.sampled_from(["", "\n", "\n\n", f"\n{self.comment('e')}"]))

    def body(self) -> str:
        """The pattern of a list, in a bracket of its own now and then."""
        if not self.often(3):
            return self.pattern()
        return f"({self.gap(1, '(', 'a')}{self.pattern()}{self.gap(1, 'a', ')')})"


RULE = ["message", "match", "match", "except", "unless", "when", "weight", "signal", "severity", "polarity", "range"]
RULE += ["because", "suggest", "tags", "flag", "pass"]
AMEND = ["match", "except", "unless", "when", "weight", "level", "message", "severity", "flag", "pass"]


@st.composite
def made(draw: st.DrawFn) -> str:
    """A rule file with comments in odd places."""
    return Maker(draw).whole()
