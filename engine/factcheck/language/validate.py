"""Syntax to models: each statement's fields gathered, validated, and every problem reported at its place."""

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from factcheck.diagnostic import Diagnostic, Label, did_you_mean
from factcheck.language import rule as models
from factcheck.language.program import LEVELS, NOTE
from factcheck.language.syntax import Atom, Field, File, Statement, Written
from factcheck.span import Source, Span

Problems = list[Diagnostic]
M = TypeVar("M", bound=models.Model)

_STRINGS = ("title", "message", "because", "suggest", "flag", "pass")
_QUOTED = 40  # the longest wrong value that a message repeats
_NUMBER = re.compile(r"(?:=\s*)?(?P<whole>[0-9]{0,3})(?:[.,](?P<rest>[0-9]{1,4}))?\s*(?P<cent>%?)")
_PER_CENT = 10  # from here on a whole number given for a weight is a share of a hundred
_SAMPLE = 0.8
_MANY = ("match", "except", "unless", "when", "signal", "tags", "flag", "pass")


def validate(file: File, problems: Problems) -> models.RuleFile:
    """The definitions of one file that are right by themselves; names of other files are `compile`'s to check."""
    reader = _Reader(file.source, problems)
    packs = [s for s in file.statements if s.kind == "pack"]
    pack = reader.pack(packs[0]) if packs else None
    name = pack.name if pack else ""
    for extra in packs[1:]:
        reader.report(
            "FC020",
            "a second `pack` in one file",
            extra.span,
            "put each pack in a file of its own",
            Label(packs[0].span, "the first"),
        )
    owned = [s for s in file.statements if s.kind in ("list", "rule")]
    if owned and (not packs or packs[0] is not file.statements[0]):
        remedy = f"move `pack {packs[0].name.text}` to the top" if packs else "start it with `pack NAME`"
        reader.report("FC020", "the file does not start with its pack", file.statements[0].span, remedy)
    lists = _unique(
        [x for s in file.statements if s.kind == "list" for x in reader.word_list(s, name)], "FC023", "list", reader
    )
    rules = _unique(
        [x for s in file.statements if s.kind == "rule" for x in reader.rule(s, name)], "FC024", "rule", reader
    )
    if not file.statements and not problems:
        problems.append(
            Diagnostic("FC004", "there is no statement in this file", file.source, (), "start it with `pack NAME`")
        )
    return models.RuleFile(
        source=file.source,
        pack=pack,
        lists=tuple(lists),
        rules=tuple(rules),
        amendments=tuple(x for s in file.statements if s.kind == "amend" for x in reader.amendment(s)),
        list_amendments=tuple(x for s in file.statements if s.kind == "amend list" for x in reader.list_amendment(s)),
        disablings=tuple(x for s in file.statements if s.kind == "disable" for x in reader.disabling(s)),
    )


Named = TypeVar("Named", models.WordList, models.Rule)


def _unique(found: list[Named], code: str, what: str, reader: "_Reader") -> list[Named]:
    first: dict[str, Named] = {}
    for one in found:
        if one.name in first:
            earlier = Label(first[one.name].statement.name.span, "first defined here")
            message = f"{what} `{one.name}` is defined twice"
            reader.report(code, message, one.statement.name.span, "give one of them another name", earlier)
        else:
            first[one.name] = one
    return list(first.values())


class _Reader:
    """Reads the statements of one file into models."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source, self.problems = source, problems
        self.taken: dict[str, list[Field]] = {}
        """The fields of the statement at hand whose values went to the model, in order."""

    def report(self, code: str, message: str, span: Span, remedy: str, *more: Label) -> None:
        """Adds a problem of this file."""
        self.problems.append(Diagnostic(code, message, self.source, (Label(span), *more), remedy))

    def pack(self, statement: Statement) -> models.Pack | None:
        """The pack, or None when a value of it is wrong."""
        return self._build(models.Pack, statement, {"name": statement.name.text, **self._values(statement)})

    def word_list(self, statement: Statement, pack: str) -> list[models.WordList]:
        """The list, or nothing."""
        values = {"pack": pack, "name": statement.name.text, "pattern": statement.body}
        return _kept(self._build(models.WordList, statement, values))

    def rule(self, statement: Statement, pack: str) -> list[models.Rule]:
        """The rule, or nothing."""
        values = {"pack": pack, "name": statement.name.text, **self._values(statement)}
        if statement.level:
            values["level"] = statement.level.text
        complete = self._complete(statement)
        values.setdefault("message", "-")
        return _kept(self._build(models.Rule, statement, values, complete=complete))

    def amendment(self, statement: Statement) -> list[models.Amendment]:
        """The amendment, or nothing."""
        values = {"target": statement.name.text, **self._values(statement)}
        if statement.level:
            values["level"] = statement.level.text
        changes = {field.name for field in statement.fields} - {"flag", "pass"}
        if not changes and not statement.level and all(f.value is not None for f in statement.fields):
            self.report(
                "FC071",
                "this amendment changes nothing",
                statement.name.span,
                "give it a field, such as `except` or `weight`",
            )
        return _kept(self._build(models.Amendment, statement, values))

    def list_amendment(self, statement: Statement) -> list[models.ListAmendment]:
        """The amendment of a list, or nothing."""
        values = {"target": statement.name.text, "sign": statement.sign, "pattern": statement.body}
        return _kept(self._build(models.ListAmendment, statement, values))

    def disabling(self, statement: Statement) -> list[models.Disabling]:
        """The statement that switches something off."""
        return _kept(self._build(models.Disabling, statement, {"target": statement.name.text}))

    def _complete(self, statement: Statement) -> bool:
        """Reports what a rule lacks; a field that stands there but could not be read is not missing."""
        written = {f.name for f in statement.fields}
        bare = statement.level is not None and statement.level.text == "no-claim" and "when" in written
        lacking = [n for n in _NEEDED if n not in written and not (n == "match" and bare)]
        for name in lacking:
            message = f"rule `{statement.name.text}` has no {'example it must fire on' if name == 'flag' else name}"
            self.report("FC032", message, statement.name.span, _NEEDED[name])
        if "pass" not in written and "flag" in written:
            message = f"rule `{statement.name.text}` has no `pass` example"
            self.report(
                "FC105",
                message,
                statement.name.span,
                'add a sentence that looks alike and must stay silent: `pass "…"`',
            )
        return not lacking

    def _values(self, statement: Statement) -> dict[str, object]:
        values: dict[str, object] = {}
        many_values: dict[str, list[object]] = {}
        seen: dict[str, Field] = {}
        self.taken = {}
        for field in statement.fields:
            many = field.name in _MANY and statement.kind != "pack"
            if field.name in seen and not many:
                earlier = Label(seen[field.name].span, "first given here")
                self.report("FC033", f"`{field.name}` is given twice", field.span, "keep one of the two", earlier)
                continue
            seen[field.name] = field
            value = self._value(statement, field) if field.value is not None else None
            if value is None:
                continue
            if many:
                many_values.setdefault(field.name, []).extend(value)  # type: ignore[arg-type]
            else:
                values[field.name] = value
            self.taken.setdefault(field.name, []).append(field)
        return values | {name: tuple(found) for name, found in many_values.items()}

    def _value(self, statement: Statement, field: Field) -> object:
        """The field's value as its model takes it, in a tuple where a field may be repeated; None when it is wrong."""
        if isinstance(field.value, Written):
            return (field.value,)
        atoms = field.value or ()
        if field.name in _STRINGS:
            return self._string(field, atoms)
        words = " ".join(atom.text for atom in atoms)
        shape = _SHAPES["pack signal" if field.name == "signal" and statement.kind == "pack" else field.name]
        parts = [part.strip() for part in words.split(",")] if field.name == "tags" else words.split()
        if any(atom.quoted for atom in atoms) or (shape.parts and len(parts) != shape.parts) or not parts:
            self._wrong(field, _weight(words) if field.name == "weight" else shape.takes)
            return None
        if shape.parts == 1:
            return parts[0]
        return (tuple(parts),) if field.name == "signal" else tuple(parts)

    def _string(self, field: Field, atoms: tuple[Atom, ...]) -> object:
        if len(atoms) != 1 or not atoms[0].quoted:
            takes = f"`{field.name}` takes one text between straight quotation marks"
            inner = sum(atom.quoted for atom in atoms) > 1
            self._wrong(field, f'{takes}; for a mark inside it write `\\"`' if inner else takes)
            return None
        return (atoms[0],) if field.name in ("flag", "pass") else atoms[0].text

    def _wrong(self, field: Field, takes: str) -> None:
        atoms = field.value if isinstance(field.value, tuple) else ()
        span = Span(atoms[0].span.start, atoms[-1].span.end) if atoms else field.span
        self.report(
            _CODES.get(field.name, "FC034"),
            f"`{field.name}` does not take this" if atoms else f"`{field.name}` has no value",
            span,
            takes,
        )

    def _build(
        self, model: type[M], statement: Statement, values: Mapping[str, object], *, complete: bool = True
    ) -> M | None:
        sound = complete and all(f.value is not None for f in statement.fields)
        origin = {"source": self.source, "statement": statement, "sound": sound}
        found = models.build(model, {**origin, **values})
        if isinstance(found, model):
            return found
        refused = found if isinstance(found, list) else []
        # Several values of one line are told once.
        places = {(one.field, min(one.row, len(self.taken.get(one.field, ())) - 1)): one for one in reversed(refused)}
        for one in reversed(places.values()):
            self._invalid(statement, one)
        # The rest is kept, so that what else is wrong with it is told in the same go.
        wrong = {one.field for one in refused}
        stand_ins = {"name": f"at-{statement.span.start}", "level": NOTE}
        rest = {name: value for name, value in values.items() if name not in wrong}
        rest |= {name: value for name, value in stand_ins.items() if name in wrong}
        again = models.build(model, {**origin, **rest, "sound": False})
        return again if isinstance(again, model) else None

    def _invalid(self, statement: Statement, refused: models.Refused) -> None:
        """Reports the value that a model refused, at its own words."""
        name, row = refused
        atom = statement.level if name == "level" and statement.level else None
        if name in ("name", "target"):
            atom = statement.name
        fields = self.taken.get(name, [])
        if atom is None and fields:
            value = fields[min(row, len(fields) - 1)].value
            atoms = value if isinstance(value, tuple) else ()
            atom = (
                Atom(" ".join(a.text for a in atoms), quoted=False, span=Span(atoms[0].span.start, atoms[-1].span.end))
                if atoms
                else None
            )
        span, text = (atom.span, atom.text) if atom else (statement.span, "")
        shape = _SHAPES.get("pack signal" if name == "signal" and statement.kind == "pack" else name)
        if name == "level":
            self.report("FC030", f"unknown level `{text}`", span, did_you_mean(text, LEVELS))
        elif name == "name":
            remedy = f"a name is made of letters, digits, - and _, a letter first, at most {models.LONGEST_NAME}"
            long = len(text) > models.LONGEST_NAME
            message = f"this name has {len(text):,} characters" if long else f"`{text}` is no name"
            self.report("FC026", message, span, remedy)
        elif shape and shape.choices:
            self.report("FC034", f"unknown {name} `{text}`", span, did_you_mean(text, shape.choices))
        else:
            short = len(text) <= _QUOTED
            message = f"`{name}` does not take `{text}`" if short else f"the text of `{name}` is empty or too long"
            takes = shape.takes if shape else "it takes a text of 1 to 2,000 characters"
            self.report(_CODES.get(name, "FC034"), message, span, _weight(text) if name == "weight" else takes)


def _weight(given: str) -> str:
    """How a weight is written: as what was given means where that is plain, as in `85`, `85%` or `0,85`."""
    found = _NUMBER.fullmatch(given)
    number = float(f"{found['whole'] or 0}.{found['rest'] or 0}") if found else _SAMPLE
    if found and (found["cent"] or number >= _PER_CENT):
        number /= 100
    return f"a weight is one number from 0 to 1: `weight {number if 0 < number <= 1 else _SAMPLE:g}`"


def _kept(found: M | None) -> list[M]:
    return [] if found is None else [found]


class _Shape(NamedTuple):
    """How a plain field is written: how many words (0: any number), the words it knows, and that in a sentence."""

    parts: int
    takes: str
    choices: tuple[str, ...] = ()


_SHAPES = {
    "weight": _Shape(1, "a weight is one number from 0 to 1: `weight 0.8`"),
    "level": _Shape(1, "one level of the ladder, or note: `level possible`"),
    "signal": _Shape(2, "a signal and a weight from 0 to 1: `signal hedge 0.9`"),
    "pack signal": _Shape(1, "`signal on` or `signal off`", ("on", "off")),
    "severity": _Shape(1, "one of note, warning, error", ("note", "warning", "error")),
    "polarity": _Shape(1, "`polarity negative`", ("positive", "negative")),
    "range": _Shape(2, "two numbers from 0 to 100, the lower first: `range 55 80`"),
    "tags": _Shape(0, "names with commas between: `tags sourcing, courts`"),
    "language": _Shape(1, "a language code of two or three letters: `language en`"),
    "version": _Shape(1, "a version without spaces: `version 1`"),
}
_CODES = {"weight": "FC031", "signal": "FC031", "range": "FC035", "level": "FC030"}
_NEEDED = {
    "message": 'say in a sentence what the reader should know: `"Nobody vouches for this."`',
    "match": "add `match` and a pattern",
    "flag": 'add a sentence of your own that shows what it finds: `flag "…"`',
}
