"""What there is to say of rule files: every problem of theirs, and what they hold. It is kept while nothing changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from factcheck import cache
from factcheck.diagnostic import Diagnostic
from factcheck.language.store import kept, restored
from factcheck.load import check, check_known, key_of
from factcheck.span import Source

if TYPE_CHECKING:
    from factcheck.language.rule import Examples, RuleFile


@dataclass(frozen=True, slots=True)
class Verdict:
    """The problems of all files in order, and of each file how many things of what name it holds."""

    problems: tuple[Diagnostic, ...]
    holdings: tuple[dict[str, int], ...]


def verdict(sources: Sequence[Source], *, cached: bool = True) -> Verdict:
    """Checks these sources, as `load` does it. Of sources that were checked before the verdict comes from the cache."""
    key = key_of(sources) if cached else ""
    if cached and (known := _remembered(key, sources)):
        return known
    problems: list[Diagnostic] = []
    if not cached:
        return _found(check(sources, problems).files, problems)
    found = _found(check_known(sources, problems).files, problems)
    cache.write_json(key, [[kept(one) for one in problems], found.holdings], cache.VERDICT)
    return found


def _found(files: "Iterable[RuleFile]", problems: Iterable[Diagnostic]) -> Verdict:
    return Verdict(tuple(problems), tuple(map(holdings, files)))


def _remembered(key: str, sources: Sequence[Source]) -> Verdict | None:
    by_name = {source.name: source for source in sources}
    try:
        problems, holdings = cache.read_json(key, cache.VERDICT)
        return Verdict(tuple(restored(one, by_name) for one in problems), tuple(dict(one) for one in holdings))
    except (ValueError, TypeError, KeyError):  # there is none, or it is damaged: files are checked anew
        return None


def holdings(file: "RuleFile") -> dict[str, int]:
    """How many things of what name the file holds."""
    owners: list[Examples] = [*file.rules, *file.amendments]
    return {
        "pack": int(file.pack is not None),
        "list": len(file.lists),
        "rule": len(file.rules),
        "amendment": len(file.amendments) + len(file.list_amendments),
        "disabling": len(file.disablings),
        "example": sum(len(owner.flag) + len(owner.quiet) for owner in owners),
    }
