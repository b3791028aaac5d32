"""`--since REV`: what has changed since a revision of git; all other sentences are silent.

Git tells which lines of which files have come or changed. Where a text has no lines of its source, as a PDF has none,
all of a changed file has changed.
"""

import errno
import os
import re
import subprocess
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from factcheck_cli.quiet.silence import Note, Sentences, Silence, Teller
from factcheck_cli.terminal.paths import shown

if TYPE_CHECKING:
    from factcheck.language.program import Program
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.quiet.counts import Counts

_HUNK: Final = re.compile(rb"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_ESCAPED: Final = re.compile(rb"\\([0-7]{3}|.)")
_LETTERS: Final = dict(zip(b"abtnvfr", b"\a\b\t\n\v\f\r", strict=True))
_BINARY: Final = b"-"
_DIFF: Final = (
    "diff",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--ignore-submodules",
    "--inter-hunk-context=0",
    "--ignore-cr-at-eol",  # a line end is no word of a sentence
    "-M",
)
_BEHIND: Final = re.compile(r"[~^:]|@\{(?!u|p|-)")
"""What follows a name in that of a commit which is told from another one."""
_ALL_REFS: Final = ("packed-refs", "reftable/tables.list")
_MANY: Final = 1_000  # names that a command line holds on any system
_ALL: Final = "..."
"""Behind a revision: since the work here left it, whatever has happened there."""
_ROOM: Final = 20_000  # characters of names that one holds, too; on Windows it has 32,767
_GIT_DIR, _WORK_TREE = "GIT_DIR", "GIT_WORK_TREE"
_LOCAL: Final = frozenset(
    (
        _GIT_DIR,
        _WORK_TREE,
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_GRAFT_FILE",
        "GIT_IMPLICIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_INTERNAL_SUPER_PREFIX",
        "GIT_OBJECT_DIRECTORY",
        "GIT_PREFIX",
        "GIT_REPLACE_REF_BASE",
        "GIT_SHALLOW_FILE",
    )
)
"""As `git rev-parse --local-env-vars` lists them: they hold for one repository. Settings hold for any, and stay."""


class SinceError(Exception):
    """What has changed cannot be told: why, and the remedy."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file that have come or changed, as ranges in order, and those behind which some are gone."""

    changed: tuple[tuple[int, int], ...] = ()
    gone: tuple[int, ...] = ()

    def touch(self, first: int, last: int) -> bool:
        """Whether any of these lines has changed, or some between them are gone."""
        at = bisect_left(self.changed, first, key=_last)
        if at < len(self.changed) and self.changed[at][0] <= last:
            return True
        at = bisect_left(self.gone, first)
        return at < len(self.gone) and self.gone[at] < last


def _last(lines: tuple[int, int]) -> int:
    return lines[1]


@dataclass(frozen=True, slots=True)
class Since:
    """Keeps all sentences silent but those in changed lines.

    `lines` has files that have changed; None stands for all of one. `tracked` are all that git knows: others are new.
    """

    wholly: ClassVar[bool] = True

    revision: str
    lines: Mapping[str, Lines | None] = field(compare=False)  # settings are hashed, and one scan has one of these
    tracked: frozenset[str] = field(compare=False)

    def about(self, text: "Text", _program: "Program", _counts: "Counts", /) -> Teller | None:
        """What is silent in the text."""
        among = text.among
        path = os.path.realpath(among.file if among else text.name)
        if path not in self.lines:
            return self._all if path in self.tracked else None
        lines = self.lines[path]
        if lines is None:
            return None
        if among and not text.origin:
            changed = not among.is_line or lines.touch(among.number, among.number)
            return None if changed else self._all
        if text.title != "line":
            return None
        line = text.number
        note = self._note

        def told(sentences: Sentences) -> Iterator[Silence]:
            for row, (start, end) in enumerate(sentences.spans):
                if not lines.touch(line(start), line(max(start, end - 1))):
                    yield Silence(row, note)

        return told

    @property
    def _note(self) -> Note:
        return Note("unchanged", reason=f"unchanged since {self.revision}")

    def _all(self, sentences: Sentences) -> Iterator[Silence]:
        note = self._note
        return (Silence(row, note) for row in range(len(sentences)))


def since(revision: str, paths: Iterable[str]) -> Since:
    """What has changed in files and folders. Raises SinceError."""
    if not revision.removesuffix(_ALL).strip():  # of "$BASE" or "$BASE..." nothing is left where BASE is unset
        raise SinceError(f"--since '{revision}': this names no revision of git; write --since HEAD, or leave it out")
    lines: dict[str, Lines | None] = {}
    tracked: set[str] = set()
    for top, own in _by_repository(paths).items():
        base = _commit(top, revision)
        asked = [*own, *_led_to(top, own)]
        compared = _with_old_names(top, base, asked)
        lines |= _changed(top, _git(top, *_DIFF, "--unified=0", "--src-prefix=a/", "--dst-prefix=b/", base, *compared))
        lines |= _binary(top, _git(top, *_DIFF, "--numstat", "-z", base, *compared))
        tracked |= set(_listed(top, *_named(asked)))
    return Since(revision, _as_shown(lines), frozenset(map(shown, tracked)))


def _as_shown(lines: Mapping[str, Lines | None]) -> dict[str, Lines | None]:
    """The same by the names that texts have; of two files that look alike in them all counts as changed."""
    found: dict[str, Lines | None] = {}
    for path, own in lines.items():
        name = shown(path)
        found[name] = None if name in found else own
    return found


def moving(revision: str, paths: Iterable[str]) -> list[str]:
    """The files of git that say which commit is meant: where it is another one, one of them has changed.

    Raises SinceError.
    """
    branch = _BEHIND.split(revision.removesuffix(_ALL))[0]
    with_head = branch in {"", "@", "HEAD"} or revision.endswith(_ALL)
    found: list[str] = []
    for top in _by_repository(paths):
        asked = dict.fromkeys([*(["HEAD"] if with_head else ()), branch or "HEAD"])
        full = [_run(top, "rev-parse", "--symbolic-full-name", "--end-of-options", name).stdout for name in asked]
        refs = [os.fsdecode(line) for said in full for line in said.splitlines() if line.startswith(b"refs/")]
        names = [*_ALL_REFS, *(["HEAD"] if with_head else ()), *refs]
        said = _git(top, "rev-parse", *(part for name in names for part in ("--git-path", name)))
        found += [os.path.join(top, os.fsdecode(line)) for line in said.splitlines()]  # noqa: PTH118 - as text
    return found


def _listed(top: str, *arguments: str) -> Iterator[str]:
    return (_joined(top, name) for name in _git(top, "ls-files", "-z", *arguments).split(b"\0") if name)


def _led_to(top: str, paths: Sequence[str]) -> list[str]:
    """The files of the repository that links in folders lead to; it is they that are read."""
    folders = [path for path in paths if os.path.isdir(path)]
    if not folders:
        return []
    listed = _listed(top, "--cached", "--others", "--exclude-standard", *_named(folders))
    real = {os.path.realpath(path) for path in listed if os.path.islink(path)}  # noqa: PTH114 - as above
    return sorted(path for path in real if path.startswith(f"{top}{os.sep}"))


def _named(paths: Sequence[str]) -> tuple[str, ...]:
    """These paths alone, or all that is in the repository where they are too many for a command line."""
    return ("--", *paths) if len(paths) < _MANY and sum(map(len, paths)) < _ROOM else ()


def _with_old_names(top: str, base: str, paths: Sequence[str]) -> tuple[str, ...]:
    """What to compare: the paths, and what files in them were called before, without which git takes them for new."""
    if not _named(paths):
        return ()
    left = iter(_git(top, *_DIFF, "--name-status", "-z", "--diff-filter=R", base).split(b"\0"))
    asked, old = set(map(Path, paths)), []
    for _, before, now in zip(left, left, left, strict=False):
        name = Path(_joined(top, now))
        if not asked.isdisjoint((name, *name.parents)):
            old.append(_joined(top, before))
    return _named([*paths, *old])


def _by_repository(paths: Iterable[str]) -> dict[str, list[str]]:
    """The paths by the folder that their repository is checked out in."""
    found: dict[str, list[str]] = {}
    tops: dict[Path, str] = {}
    for path in paths:
        if path == "-":
            raise SinceError("-: standard input is in no git repository; --since needs files")
        real = Path(os.path.realpath(path))
        folder = real if os.path.isdir(real) else real.parent
        if not os.path.isdir(folder):
            continue  # told by whoever reads it
        if folder not in tops:
            tops[folder] = _top(path, folder)
        found.setdefault(tops[folder], []).append(str(real))
    return found


def _top(path: str, folder: Path) -> str:
    """Where the repository is checked out that is found from the folder upwards, or that the environment names.

    The latter is meant for what lies in it, unless another one is found further in.
    """
    said = _called(folder, {}, "rev-parse", "--show-toplevel")
    found = "" if said.returncode else _path_in(said.stdout)
    named = _of_environment()
    if named and folder.is_relative_to(named.top) and not (found and _is_nearer(found, named)):
        return named.top
    if found:
        return found
    told = said.stderr.decode("utf-8", "replace")
    if "dubious ownership" in told:
        remedy = f"`git config --global --add safe.directory {folder}` trusts it"
        raise SinceError(f"{path}: git does not trust this repository, which is somebody else's; {remedy}")
    raise SinceError(f"{path}: this is in no git repository; --since needs one")


def _is_nearer(found: str, named: "_Named") -> bool:
    """Whether a repository is further in than the named one, or is that: hooks are told where git keeps it alone."""
    if found != named.top and Path(found).is_relative_to(named.top):
        return True
    own = _called(found, {}, "rev-parse", "--absolute-git-dir")
    return not named.is_explicit and _path_in(own.stdout) == named.git_dir


def _commit(top: str, revision: str) -> str:
    """The commit that is meant; behind `REV...` the one at which the work here left REV."""
    name = revision.removesuffix(_ALL)
    said = _run(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if said.returncode:
        remedy = "check its name; in a shallow clone `git fetch --unshallow` brings older ones"
        raise SinceError(f"--since {revision}: there is no such revision in {top}; {remedy}")
    commit = said.stdout.decode("ascii").strip()
    if name == revision:
        return commit
    said = _run(top, "merge-base", commit, "HEAD")
    if said.returncode:
        remedy = "in a shallow clone `git fetch --unshallow` brings it"
        raise SinceError(f"--since {revision}: nothing is common to {name} and HEAD in {top}; {remedy}")
    return said.stdout.decode("ascii").strip()


def _git(top: str, *arguments: str) -> bytes:
    said = _run(top, *arguments)
    if said.returncode:
        why = said.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"status {said.returncode}"]
        raise SinceError(f"--since: git cannot tell what has changed in {top}: {why[0]}")
    return said.stdout


@dataclass(frozen=True, slots=True)
class _Named:
    """A repository that the environment names, by these variables: where it is checked out, and where git keeps it."""

    top: str
    git_dir: str
    local: Mapping[str, str]

    @property
    def is_explicit(self) -> bool:
        """Whether they say where it is checked out; else git takes the folder that somebody stands in."""
        return _WORK_TREE in self.local

    @property
    def environment(self) -> dict[str, str]:
        """What says the same in any folder."""
        return {**self.local, _GIT_DIR: self.git_dir, _WORK_TREE: self.top}


def _of_environment() -> _Named | None:
    local = {name: value for name, value in os.environ.items() if name in _LOCAL}
    return _named_by(Path.cwd(), frozenset(local.items())) if {_GIT_DIR, _WORK_TREE} & local.keys() else None


@cache
def _named_by(folder: Path, variables: frozenset[tuple[str, str]]) -> _Named | None:
    local = dict(variables)
    top = _called(folder, local, "rev-parse", "--show-toplevel")
    git_dir = _called(folder, local, "rev-parse", "--absolute-git-dir")
    is_one = not (top.returncode or git_dir.returncode)
    return _Named(_path_in(top.stdout), _path_in(git_dir.stdout), local) if is_one else None


def _path_in(line: bytes) -> str:
    return os.path.realpath(os.fsdecode(line.removesuffix(b"\n")))


def _run(folder: str | Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Runs git where a repository is checked out; what the environment says of one holds for that alone."""
    named = _of_environment()
    return _called(folder, named.environment if named and named.top == str(folder) else {}, *arguments)


def _called(folder: str | Path, local: Mapping[str, str], *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {name: value for name, value in os.environ.items() if name not in {"GIT_DIFF_OPTS", *_LOCAL}}
    environment |= {"GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", **local}
    try:
        return subprocess.run(  # noqa: S603 - git with arguments of ours, and paths behind --
            ["git", *arguments],  # noqa: S607 - wherever it is installed
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        remedy = "name a shorter revision" if error.errno == errno.E2BIG else "install it"
        raise SinceError(f"--since: git cannot be run ({error.strerror}); {remedy}") from None


def _changed(top: str, patch: bytes) -> dict[str, Lines | None]:
    """The lines of each file by its path: a patch without lines around those that have changed."""
    found: dict[str, Lines | None] = {}
    path, changed, gone = "", list[tuple[int, int]](), list[int]()
    # Within a change lines begin with + - or a backslash, and a name before it with three of them.
    in_head = False
    for line in patch.split(b"\n"):
        if line.startswith(b"diff --git "):
            in_head, path, changed, gone = True, "", [], []
        elif in_head and line.startswith(b"+++ "):
            path = _path(top, line[4:])
        elif hunk := _HUNK.match(line):
            in_head = False
            first, size = int(hunk[1]), int(hunk[2] or 1)
            if size:
                changed.append((first, first + size - 1))
            else:
                gone.append(first)
            if path:
                found[path] = Lines(tuple(changed), tuple(gone))
    return found


def _path(top: str, name: bytes) -> str:
    """The path that a patch names, behind `b/` and quoted where it is odd; empty for none, of a file that is gone."""
    quoted = name.startswith(b'"')
    plain = _ESCAPED.sub(_unescaped, name[1 : name.rindex(b'"')]) if quoted else name.removesuffix(b"\t")
    return _joined(top, plain[2:]) if plain.startswith(b"b/") else ""


def _joined(top: str, name: bytes) -> str:
    return f"{top}{os.sep}{os.fsdecode(name).replace('/', os.sep)}"


def _unescaped(found: "re.Match[bytes]") -> bytes:
    code: bytes = found[1]
    return bytes([int(code, 8) if len(code) > 1 else _LETTERS.get(code[0], code[0])])


def _binary(top: str, counts: bytes) -> dict[str, Lines | None]:
    """The files of which git tells no lines; of one that is renamed the new name stands behind the old one."""
    found: dict[str, Lines | None] = {}
    left = iter(counts.split(b"\0"))
    for one in left:
        added, _, rest = one.partition(b"\t")
        name = rest.partition(b"\t")[2]
        if one and not name:
            next(left)
            name = next(left)
        if added == _BINARY:
            found[_joined(top, name)] = None
    return found
