"""The tables of an archive, version by version: a file of any version is brought to the newest in one transaction.

What many sentences share stands once in a table of its own: rules, sources, signals. The sentences of a document have
numbers in a row, so that `document.first` and `document.count` find them without an index. The text of a sentence is
kept once; the full-text index refers to it, and the words of a finding are cut from it by their span.
"""

from typing import Final

APPLICATION: Final = 0x46434B41
"""What SQLite files of this program have as their application's number: FCKA."""

_FIRST: Final = (
    """CREATE TABLE ruleset(
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE, -- hash of the program, the rules and the settings that levels depend on
        version TEXT NOT NULL,
        settings TEXT NOT NULL -- JSON
    )""",
    """CREATE TABLE run(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        ruleset INTEGER NOT NULL REFERENCES ruleset(id),
        state TEXT NOT NULL, -- running, finished or interrupted
        started TEXT NOT NULL, -- all times in UTC, as ISO 8601 has them
        beat TEXT NOT NULL, -- when it last kept something
        finished TEXT,
        inputs TEXT NOT NULL, -- JSON
        host TEXT NOT NULL,
        process INTEGER NOT NULL,
        documents INTEGER NOT NULL DEFAULT 0,
        unchanged INTEGER NOT NULL DEFAULT 0,
        sentences INTEGER NOT NULL DEFAULT 0,
        failures INTEGER NOT NULL DEFAULT 0,
        levels TEXT NOT NULL DEFAULT '{}' -- JSON
    )""",
    """CREATE TABLE document(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        file TEXT NOT NULL, -- the table or web archive that it is one of, else empty
        number INTEGER, -- which of the texts in that
        key BLOB NOT NULL, -- hash of the text and of what its format says
        ruleset INTEGER NOT NULL REFERENCES ruleset(id),
        run INTEGER NOT NULL, -- the last one that saw it
        current INTEGER NOT NULL, -- whether that is the newest state of what is called so
        type TEXT NOT NULL,
        title TEXT NOT NULL,
        byline TEXT NOT NULL,
        dated TEXT NOT NULL, -- as the source has it
        date TEXT, -- as ISO 8601 has it
        place TEXT NOT NULL, -- what sentences are numbered by: line, page, paragraph
        characters INTEGER NOT NULL,
        first INTEGER NOT NULL, -- its first sentence
        count INTEGER NOT NULL,
        UNIQUE(name, file, key, ruleset)
    )""",
    "CREATE TABLE seen(run INTEGER, document INTEGER, PRIMARY KEY(run, document)) WITHOUT ROWID",
    "CREATE TABLE signals(id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE)",
    """CREATE TABLE source(
        id INTEGER PRIMARY KEY,
        text TEXT NOT NULL,
        kind TEXT NOT NULL,
        beside TEXT NOT NULL,
        refers TEXT NOT NULL,
        UNIQUE(text, kind, beside, refers)
    )""",
    """CREATE TABLE rule(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL, -- pack/rule
        pack TEXT NOT NULL,
        level TEXT NOT NULL,
        weight REAL NOT NULL,
        severity TEXT NOT NULL,
        message TEXT NOT NULL,
        UNIQUE(name, level, weight, severity, message)
    )""",
    """CREATE TABLE sentence(
        id INTEGER PRIMARY KEY,
        document INTEGER NOT NULL REFERENCES document(id),
        start INTEGER NOT NULL, -- code points from the document's start
        stop INTEGER NOT NULL,
        number INTEGER NOT NULL, -- its line, page or paragraph
        paragraph INTEGER NOT NULL,
        level INTEGER NOT NULL, -- 0 unverified, 1 possible … 5 established, 6 no-claim
        confidence REAL,
        negative INTEGER NOT NULL,
        signals INTEGER NOT NULL REFERENCES signals(id),
        setting INTEGER, -- which of its findings set the level
        source INTEGER REFERENCES source(id),
        source_start INTEGER,
        source_stop INTEGER,
        text TEXT NOT NULL
    )""",
    """CREATE TABLE naming( -- where a source is named more fully: beside, and by what it refers to
        sentence INTEGER PRIMARY KEY REFERENCES sentence(id),
        beside_start INTEGER,
        beside_stop INTEGER,
        refers_start INTEGER,
        refers_stop INTEGER
    )""",
    """CREATE TABLE finding(
        sentence INTEGER REFERENCES sentence(id),
        number INTEGER,
        rule INTEGER NOT NULL REFERENCES rule(id),
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        PRIMARY KEY(sentence, number)
    ) WITHOUT ROWID""",
    """CREATE TABLE capture(
        sentence INTEGER,
        finding INTEGER,
        number INTEGER,
        name TEXT NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        PRIMARY KEY(sentence, finding, number)
    ) WITHOUT ROWID""",
    "CREATE INDEX sentence_by_level ON sentence(level, confidence)",
    "CREATE INDEX sentence_by_source ON sentence(source) WHERE source IS NOT NULL",
    """CREATE VIRTUAL TABLE words USING fts5(
        text, content='sentence', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
    )""",
)

_SECOND: Final = (
    "ALTER TABLE run ADD COLUMN resumes INTEGER",  # the interrupted run that it has taken up
    """CREATE TABLE unread(
        run INTEGER,
        number INTEGER,
        name TEXT NOT NULL,
        message TEXT NOT NULL,
        PRIMARY KEY(run, number)
    ) WITHOUT ROWID""",
    "CREATE INDEX finding_by_rule ON finding(rule)",
)

_THIRD: Final = ("ALTER TABLE document ADD COLUMN outlet TEXT NOT NULL DEFAULT ''",)  # who published it

_FOURTH: Final = ("UPDATE document SET date = told_by(dated, name, iif(file = '', name, file))",)
"""Dates are told as statistics tell them, by paths, too; of some there is the month or the year alone."""

STEPS: Final = (_FIRST, _SECOND, _THIRD, _FOURTH)
"""What leads from each version to the next; a new file goes through all of them."""
VERSION: Final = len(STEPS)
