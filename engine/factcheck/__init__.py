"""factcheck: how firmly does a text stand behind each of its sentences, and why. It judges wording, never truth.

    import factcheck

    scanner = factcheck.Scanner()
    document = scanner.scan("Officials say the bridge could close.", name="bridge.txt")
    for sentence in document.sentences:
        print(sentence.level, sentence.confidence, sentence.text)

`Sentence.findings` and `Sentence.source` say why. Of many texts `scanner.scan_many(texts)` makes one columnar batch,
much faster: iterate over it for documents, or take `.to_arrow()`.
"""

from factcheck.batch import Batch
from factcheck.diagnostic import Diagnostic
from factcheck.document import Document, Finding, Sentence, Speaker
from factcheck.load import RuleError
from factcheck.scan import Scanner, SelectionError
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
]
