"""Rule files to a program: read, parse, validate, compile, prove by their examples, and remember."""

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from factcheck import cache, tables
from factcheck.diagnostic import Diagnostic, closest, has_errors
from factcheck.garbage import acyclic
from factcheck.judge.match import Matcher
from factcheck.language import store
from factcheck.language.program import Program
from factcheck.packs import BUILTIN, SUFFIX, builtin_files, file_of, head, optional_files
from factcheck.render import render_all
from factcheck.span import Source
from factcheck.version import __version__

if TYPE_CHECKING:
    from factcheck.language.rule import RuleFile

MAX_BYTES = 1_000_000
_MERGE = "FC007"


class RuleError(Exception):
    """Rule files that cannot be loaded; `diagnostics` says why."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = tuple(diagnostics)

    def __str__(self) -> str:
        """The report, drawn when it is asked for: there may be a problem on every line."""
        return render_all(self.diagnostics)


class SelectionError(ValueError):
    """A pack, rule or tag that is asked for and is not there."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A program as its matcher holds it, the warnings on its rule files, and those files."""

    matcher: Matcher
    warnings: tuple[Diagnostic, ...]
    sources: tuple[Source, ...]
    key: str = ""
    """The name by which the cache knows what the matcher does, if it does."""

    @property
    def program(self) -> Program:
        """What the matcher finds."""
        return self.matcher.program


def load(
    paths: Iterable[str | Path] = (), *, packs: Iterable[str] = (), builtin: bool = True, cached: bool = True
) -> Loaded:
    """The program of the built-in packs, of these opt-in `packs`, and of the files and folders in `paths`, in order.

    Raises RuleError with every problem of every file when one of them is wrong, SelectionError when there is no such
    opt-in pack. What was loaded before from the same content comes from the cache, unless `cached` is False.
    """
    problems: list[Diagnostic] = []
    sources = [*(builtin_sources() if builtin else ()), *optional_sources(packs), *read_all(paths, problems)]
    if has_errors(problems):
        check(sources, problems)
        raise RuleError(problems)
    key = key_of(sources)
    if cached and (found := _remembered(key, sources)):
        return found
    files, _, matcher = (check_known if cached and builtin else check)(sources, problems)
    if has_errors(problems):
        raise RuleError(problems)
    from factcheck.judge.warm import warm  # noqa: PLC0415 -- as with what `check` needs

    warm(matcher, files)
    if cached:
        kept = {**store.dump(matcher.program, problems), **matcher.tables()}
        cache.write(key, tables.dump(kept))
    return Loaded(matcher, tuple(problems), tuple(sources), key if cached else "")


class Checked(NamedTuple):
    """The models of the files, their program as written, and a matcher of the one to scan with.

    The matcher has read their examples.
    """

    files: "list[RuleFile]"
    written: Program
    matcher: Matcher


def check(
    sources: Sequence[Source], problems: list[Diagnostic], *, cached: bool = False, proven: Collection[str] = ()
) -> Checked:
    """Compiles the sources and runs their examples; every problem found goes to `problems`.

    With `cached`, patterns that earlier checks have parsed are taken from the cache. The examples of sources whose
    names are `proven` are not run again.
    """
    # Late, for none of it is needed when the program comes from the cache.
    from factcheck.judge.prove import prove_amendments, prove_rules  # noqa: PLC0415
    from factcheck.language.compile import compile_files  # noqa: PLC0415
    from factcheck.language.lint import lint  # noqa: PLC0415

    files = parsed(sources, problems, cached=cached)
    with acyclic():  # unlike parsing
        compiled = compile_files(files, problems)
        prove_rules(files, written := Matcher(compiled.written), problems, proven)
        if compiled.program == compiled.written:
            matcher = written
        else:
            matcher = Matcher(compiled.program)
            prove_amendments(files, matcher, problems)
        lint(files, compiled.written, problems)
    problems[:] = certain(problems)
    order = {source.name: n for n, source in enumerate(sources)}
    problems.sort(key=lambda d: (order.get(d.source.name, -1), d.labels[0].span.start if d.labels else -1))
    return Checked(files, compiled.written, matcher)


def check_known(sources: Sequence[Source], problems: list[Diagnostic]) -> Checked:
    """The same, but what earlier checks have shown is taken from the cache: patterns, and that examples hold.

    Packs that come with the program name no others, so what else is loaded changes nothing for their examples.
    """
    shipped = [source for source in sources if source.name.startswith(f"{BUILTIN}/")]
    proof = key_of(shipped)
    proven = cache.read_json(proof, cache.PROVEN) is True
    found = check(sources, problems, cached=True, proven=[source.name for source in shipped] if proven else ())
    if not proven and not has_errors(problems):
        cache.write_json(proof, True, cache.PROVEN)  # noqa: FBT003 -- the value to keep
    return found


def certain(problems: list[Diagnostic]) -> list[Diagnostic]:
    """The problems, or where a merge has not been settled those of reading files: all others may come of it."""
    unsettled = any(one.code == _MERGE for one in problems)
    return [one for one in problems if one.code <= _MERGE] if unsettled else problems


def parsed(sources: Iterable[Source], problems: list[Diagnostic], *, cached: bool = False) -> "list[RuleFile]":
    """What each source defines, file by file; every problem within a file goes to `problems`."""
    from factcheck.language.known import Known  # noqa: PLC0415
    from factcheck.language.parse import parse  # noqa: PLC0415
    from factcheck.language.validate import validate  # noqa: PLC0415

    files = []
    code = tuple(_code()) if cached else ()
    for source in sources:
        # By the file's name: what has changed in it since is parsed, and all else is found.
        key = _digest((__version__, *code, _place(source.name))) if cached else ""
        known = Known(cache.read_json(key, cache.PATTERNS) if cached else None)
        syntax, found = parse(source, known)
        if cached and known.grown:
            cache.write_json(key, known.kept(), cache.PATTERNS)
        files.append(validate(syntax, found))
        problems += found
    return files


def _place(name: str) -> str:
    """Where a rule file is, whatever folder one stands in."""
    return name if name.startswith(f"{BUILTIN}/") else os.path.abspath(name)  # noqa: PTH100 -- no path is made of it


def builtin_sources() -> list[Source]:
    """The built-in packs by file name."""
    return [Source(f"{BUILTIN}/{file.name}", file.read_text("utf-8")) for file in builtin_files()]


def optional_sources(names: Iterable[str]) -> list[Source]:
    """The opt-in packs of these names: each once, and by name, so that the order they are asked for in is no matter.

    Raises SelectionError where there is none of a name.
    """
    wanted = sorted(set(names))
    if not wanted:
        return []
    files = optional_files()
    for name in wanted:
        if name not in files:
            raise SelectionError(_no_pack(name, files))
    return [Source(file_of(name), files[name].read_text("utf-8")) for name in wanted]


def _no_pack(name: str, known: Collection[str]) -> str:
    if name in {file.stem for file in builtin_files()}:
        return f"`{name}` is no opt-in pack, but a built-in one, which is loaded anyway: leave it out"
    message = f"no opt-in pack is called `{name}`"
    if name.lower().endswith(SUFFIX) or "/" in name:
        message += "; a rule file is loaded with --rules"
    elif near := closest(name, known):
        message += f": did you mean `{near}`?"
    else:
        message += "; a pack of your own is loaded with --rules"
    return f"{message} (there are {', '.join(known)})"


def read_all(paths: Iterable[str | Path], problems: list[Diagnostic]) -> list[Source]:
    """The rule files at `paths`, folders by name and all that is in them; what cannot be read is reported."""
    held = ((file, read(file, problems)) for file in rule_files(paths, problems))
    decodings = (decoded(file, data, problems) for file, data in held if data is not None)
    return [source for source in decodings if source]


def rule_files(paths: Iterable[str | Path], problems: list[Diagnostic]) -> list[Path]:
    """The paths of the rule files, each once: files as they are given, folders by name and all that is in them."""
    return list(dict.fromkeys(file for path in paths for file in _files(Path(path), problems)))


def _files(path: Path, problems: list[Diagnostic]) -> list[Path]:
    if not os.path.isdir(path):
        return [path]
    found = sorted(f for f in path.rglob("*") if f.suffix.lower() == SUFFIX and os.path.isfile(f))
    if not found:
        _unread(
            problems,
            "FC005",
            path,
            f"there is no {SUFFIX} file in this folder",
            f"rule files end in {SUFFIX}: rename them, or name another folder",
        )
    return found


def read(path: Path, problems: list[Diagnostic]) -> bytes | None:
    """What a rule file holds, up to a byte more than it may; None when it cannot be read, which is reported."""
    if not os.path.exists(path):
        _unread(problems, "FC001", path, "there is no such file or folder", "check the path")
        return None
    if path.suffix.lower() != SUFFIX:
        _unread(
            problems,
            "FC006",
            path,
            "this is no rule file",
            f"name a file that ends in {SUFFIX}, or a folder that holds some",
        )
        return None
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        _unread(
            problems, "FC001", path, f"this file cannot be read: {error.strerror}", "check the path and its permissions"
        )
        return None


def decoded(path: Path, data: bytes, problems: list[Diagnostic]) -> Source | None:
    """The text of a rule file with plain line ends; None when it is no such text, which is reported."""
    if len(data) > MAX_BYTES:
        _unread(problems, "FC003", path, f"this file is larger than {MAX_BYTES:,} bytes", "split it into several packs")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        _unread(
            problems,
            "FC002",
            path,
            f"line {line} is not UTF-8 (byte {data[error.start]:#04x})",
            "save the file as UTF-8",
        )
        return None
    if "\0" in text:
        _unread(problems, "FC006", path, "this file holds NUL characters and is no text", "save it as UTF-8 text")
        return None
    return Source(str(path), text.replace("\r\n", "\n").replace("\r", "\n"))


def _unread(problems: list[Diagnostic], code: str, path: Path, message: str, remedy: str) -> None:
    problems.append(Diagnostic(code, message, Source(str(path), ""), (), remedy))


def key_of(sources: Sequence[Source]) -> str:
    """A name for all that the program depends on: versions, file names and contents."""
    return _digest((__version__, *_code(), *(text for source in sources for text in (source.name, source.text))))


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def _code() -> Iterator[str]:
    """Size and time of each module and word table, for a version may stay the same while it is worked on."""
    folders = [os.path.dirname(__file__)]  # noqa: PTH120 -- paths as objects take twice as long
    for folder in folders:  # grows while it is walked
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.is_dir():
                    folders.append(entry.path)
                elif entry.name.endswith((".py", ".txt")):
                    status = entry.stat()
                    yield f"{entry.name} {status.st_size} {status.st_mtime_ns}"


def _remembered(key: str, sources: Sequence[Source]) -> Loaded | None:
    data = cache.read(key)
    if data is None:
        return None
    try:
        kept = tables.load(data)
        program, warnings = store.load(kept, sources)
        return Loaded(Matcher(program, kept), tuple(warnings), tuple(sources), key)
    except Exception:  # noqa: BLE001 -- whatever is wrong with it, it is made anew
        return None


def own_packs(sources: Iterable[Source]) -> dict[str, str]:
    """Of these rule files those that do not come with factcheck: their packs, and the names of the files."""
    mine = (source for source in sources if not source.name.startswith(f"{BUILTIN}/"))
    return {name: source.name for source in mine if (name := head(source.text).name)}
