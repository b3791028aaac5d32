"""The models of pack, list, rule and amendment: every value of a rule file validated, with pydantic.

Patterns and conditions stay syntax here; `compile` turns them into what the matchers read.
"""

from typing import Annotated, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from factcheck.language.syntax import Atom, Condition, Pattern, Statement, Written
from factcheck.span import Source

LONGEST_NAME = 80


def _in_order(edges: tuple[float, float]) -> tuple[float, float]:
    if edges[0] > edges[1]:
        message = "the lower edge stands first"
        raise ValueError(message)
    return edges


Name = Annotated[str, StringConstraints(pattern=r"^[^\W\d_][\w-]*$", max_length=LONGEST_NAME)]
LevelName = Literal["unverified", "possible", "probable", "attributed", "asserted", "established", "no-claim", "note"]
Weight = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Range = Annotated[tuple[Percent, Percent], AfterValidator(_in_order)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Severity = Literal["note", "warning", "error"]
Patterns = tuple[Written[Pattern], ...]
Conditions = tuple[Written[Condition], ...]


class Model(BaseModel):
    """Frozen, and nothing unknown is taken in."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


M = TypeVar("M", bound=Model)


class Refused(NamedTuple):
    """A value that a model does not take: its field, and which of the field's values where it has several."""

    field: str
    row: int


def build(model: type[M], values: dict[str, object]) -> M | list[Refused]:
    """The model of these values, or what it refused, each field once."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        places = [e["loc"] for e in error.errors()]
        refused = (Refused(str(p[0]), p[1] if len(p) > 1 and isinstance(p[1], int) else 0) for p in places)
        return list(dict.fromkeys(refused))


class Origin(Model):
    """Where a definition stands, for diagnostics."""

    source: Source
    statement: Statement
    sound: bool = True
    """False when part of it was wrong: what is left is checked further and never runs."""


class Pack(Origin):
    """One rule file's pack."""

    name: Name
    title: Text = ""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] = "en"
    version: Annotated[str, StringConstraints(pattern=r"^[\w.+-]{1,40}$")] = "1"
    signal: Literal["on", "off"] = "on"


class WordList(Origin):
    """A named pattern of a pack."""

    pack: str
    name: Name
    pattern: Written[Pattern] | None

    @property
    def key(self) -> str:
        """`pack.name`."""
        return f"{self.pack}.{self.name}"


class Examples(Model):
    """Sentences a rule must fire on, and sentences it must stay silent on."""

    flag: tuple[Atom, ...] = ()
    quiet: tuple[Atom, ...] = Field(default=(), alias="pass")


class Rule(Origin, Examples):
    """A rule as its author wrote it."""

    pack: str
    name: Name
    level: LevelName
    message: Text
    match: Patterns = ()
    excepts: Patterns = Field(default=(), alias="except")
    unless: Patterns = ()
    when: Conditions = ()
    weight: Weight = 0.8
    signal: tuple[tuple[Name, Weight], ...] = ()
    severity: Severity = "warning"
    polarity: Literal["positive", "negative"] = "positive"
    range: Range | None = None
    because: Text = ""
    suggest: Text = ""
    tags: tuple[Name, ...] = ()

    @property
    def id(self) -> str:
        """`pack/name`."""
        return f"{self.pack}/{self.name}"


class Amendment(Origin, Examples):
    """Changes to rules defined elsewhere: `target` is `pack/rule`, `pack` or `*`."""

    target: str
    match: Patterns = ()
    excepts: Patterns = Field(default=(), alias="except")
    unless: Patterns = ()
    when: Conditions = ()
    weight: Weight | None = None
    signal: tuple[tuple[Name, Weight], ...] = ()
    level: LevelName | None = None
    message: Text | None = None
    severity: Severity | None = None


class ListAmendment(Origin):
    """Forms added to (`+`) or taken from (`-`) a list."""

    target: str
    sign: Literal["+", "-"]
    pattern: Written[Pattern] | None


class Disabling(Origin):
    """A rule or pack switched off."""

    target: str


class RuleFile(Model):
    """What one file defines, in file order."""

    source: Source
    pack: Pack | None = None
    lists: tuple[WordList, ...] = ()
    rules: tuple[Rule, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    list_amendments: tuple[ListAmendment, ...] = ()
    disablings: tuple[Disabling, ...] = ()
