"""factcheck: how firmly does a text stand behind each of its sentences, and why. It judges wording, never truth.

    import factcheck

    scanner = factcheck.Scanner()
    document = scanner.scan("Officials say the bridge could close.", name="bridge.txt")
    for sentence in document.sentences:
        print(sentence.level, sentence.confidence, sentence.text)

`Sentence.findings` and `Sentence.source` say why. Of many texts `scanner.scan_many(texts)` makes one columnar batch,
much faster: iterate over it for documents, or take `.to_arrow()`.
"""

from typing import TYPE_CHECKING

from factcheck.version import __version__

if TYPE_CHECKING:
    from factcheck.batch import Batch
    from factcheck.diagnostic import Diagnostic
    from factcheck.document import Document, Finding, Sentence, Speaker
    from factcheck.load import RuleError, SelectionError
    from factcheck.scan import Scanner
    from factcheck.span import Span

__all__ = [
    "Batch",
    "Diagnostic",
    "Document",
    "Finding",
    "RuleError",
    "Scanner",
    "SelectionError",
    "Sentence",
    "Span",
    "Speaker",
    "__version__",
]

_MODULES = {
    "Batch": "batch",
    "Diagnostic": "diagnostic",
    "Document": "document",
    "Finding": "document",
    "RuleError": "load",
    "Scanner": "scan",
    "SelectionError": "load",
    "Sentence": "document",
    "Span": "span",
    "Speaker": "document",
}


def __getattr__(name: str) -> object:
    """A name of the package when it is first asked for: who needs one of them does not wait for all."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 -- as late as the rest

    value: object = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
