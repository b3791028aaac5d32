"""Runs the tools and writes a record: the figures, the machine, the commit, and the text they were measured on.

Run as `python benchmarks/record.py [--help]` with the extra `bench`. A record is `record/DATE-MACHINE.json`; when there
is one of this day, machine, commit and text, what was measured anew is replaced in it. `docs/make.py` makes the tables
and plots of the page on speed from the newest.
"""

import argparse
import json
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from factcheck_cli.options import processors

HERE: Final = Path(__file__).parent
FOLDER: Final = HERE / "record"
PACKAGES: Final = ("factcheck-engine", "numpy", "spacy", "yara-x", "ahocorasick-rs")
QUICK: Final = {
    "peers": "--size 0.1 --rounds 2",
    "scaling": "--sizes 5 50 --stage-sizes 0.05 0.1 --times 1 2 --rules-size 0.1 --rounds 1 --again 0",
    "worst": "--sizes 4 8 --own 4 8 --news 20 --rounds 1 --again 0",
    "memory": "--sizes 0.1 0.2 --line 0.1 --jobs 1",
    "startup": "--rounds 2",
    "bench": "--benchmark-max-time=0.1 --benchmark-min-rounds=1",
}
"""The tools, and what makes them quick: for a look at whether all of them run."""
TOOLS: Final = tuple(QUICK)

Record = dict[str, Any]


def main() -> None:
    """Write a record."""
    parser = argparse.ArgumentParser(description="Run the tools that measure speed and keep their figures.")
    parser.add_argument("--only", nargs="+", choices=TOOLS, default=TOOLS)
    parser.add_argument("--corpus", type=Path, help="a .jsonl file with `text`, or a text file; made news without")
    parser.add_argument("--quick", action="store_true", help="tiny texts and few rounds: no figures to publish")
    parser.add_argument("--machine", help="its name in the record; of its processor without")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="(benchmarks/record)")
    given = parser.parse_args()
    about = described(given)
    path = given.folder / f"{about['date'][:10]}-{_slug(about['machine']['name'])}.json"
    for tool in given.only:
        print(f"\n== {tool}", flush=True)
        found = run(tool, given)
        write(path, about, found)
    print(f"\n{path}")


def run(tool: str, given: argparse.Namespace) -> dict[str, Any]:
    """The tables of a tool, which runs in a process of its own and prints them. CalledProcessError: it failed."""
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "rows.json"
        arguments = [
            *(QUICK[tool].split() if given.quick else []),
            *(["--corpus", str(given.corpus)] if given.corpus else []),
        ]
        if tool == "bench":
            ways = ["-m", "pytest", str(HERE), "-q", "--benchmark-enable", f"--benchmark-json={kept}"]
        else:
            ways = [str(HERE / f"{tool}.py"), "--json", str(kept)]
        subprocess.run([sys.executable, *ways, *arguments], check=True, cwd=HERE.parent)
        found = json.loads(kept.read_text("utf-8"))
    return {"bench": list(benches(found))} if tool == "bench" else found


def benches(report: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A row a benchmark of what pytest-benchmark wrote."""
    for one in report["benchmarks"]:
        file, _, name = one["fullname"].partition("::bench_")
        seconds, size = one["stats"]["min"], one["extra_info"].get("bytes")
        yield {
            "name": f"{Path(file).stem.removeprefix('bench_')}: {name}",
            "ms": seconds * 1e3,
            "kilobytes": size and size / 1e3,
            "cost": size and seconds * 1e9 / size,
        }


def write(path: Path, about: Record, figures: Mapping[str, Any]) -> None:
    """Add the figures to the record at `path`, or begin it anew when it is about something else."""
    same = ("machine", "commit", "corpus", "quick", "packages")
    old = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    kept = old.get("figures", {}) if all(old.get(key) == about[key] for key in same) else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**about, "figures": {**kept, **figures}}, indent=1, ensure_ascii=False) + "\n", "utf-8")


def described(given: argparse.Namespace) -> Record:
    """When, where, with what and on which text."""
    cores = processors()
    model = processor()
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "name": given.machine or f"{model} {cores}",
            "processor": model,
            "cores": cores,
            "system": f"{platform.system()} {platform.machine()}",
        },
        "commit": _commit(),
        "corpus": f"news of the file {given.corpus.name}" if given.corpus else "made news of `benchmarks/news.py`",
        "quick": given.quick,
        "packages": {"python": platform.python_version(), **dict(_versions(PACKAGES))},
    }


def processor() -> str:
    """What the processor is called."""
    if platform.system() == "Linux":
        names = re.findall(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
        return names[0] if names else platform.machine()
    if platform.system() == "Darwin":
        return _output(["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"])
    return platform.processor()


def _versions(packages: Sequence[str]) -> Iterator[tuple[str, str]]:
    installed = {found.name for found in metadata.distributions()}
    return ((name, metadata.version(name)) for name in packages if name in installed)


def _commit() -> str:
    """The commit, and a sign when files differ from it."""
    changed = _output(["git", "status", "--porcelain", "--untracked-files=no"])
    return _output(["git", "rev-parse", "--short=10", "HEAD"]) + ("+" if changed else "")


def _output(command: Sequence[str]) -> str:
    try:
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8", cwd=HERE).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")


if __name__ == "__main__":
    main()
