-- An archive as the first version of its tables had it, with one run over one article.
PRAGMA journal_mode = WAL;
PRAGMA application_id = 1178815297;
PRAGMA user_version = 1;
BEGIN;
CREATE TABLE ruleset(
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE, -- hash of the program, the rules and the settings that levels depend on
        version TEXT NOT NULL,
        settings TEXT NOT NULL -- JSON
    );
CREATE TABLE run(
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
    );
CREATE TABLE document(
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
    );
CREATE TABLE seen(run INTEGER, document INTEGER, PRIMARY KEY(run, document)) WITHOUT ROWID;
CREATE TABLE signals(id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE);
CREATE TABLE source(
        id INTEGER PRIMARY KEY,
        text TEXT NOT NULL,
        kind TEXT NOT NULL,
        beside TEXT NOT NULL,
        refers TEXT NOT NULL,
        UNIQUE(text, kind, beside, refers)
    );
CREATE TABLE rule(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL, -- pack/rule
        pack TEXT NOT NULL,
        level TEXT NOT NULL,
        weight REAL NOT NULL,
        severity TEXT NOT NULL,
        message TEXT NOT NULL,
        UNIQUE(name, level, weight, severity, message)
    );
CREATE TABLE sentence(
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
    );
CREATE TABLE naming( -- where a source is named more fully: beside, and by what it refers to
        sentence INTEGER PRIMARY KEY REFERENCES sentence(id),
        beside_start INTEGER,
        beside_stop INTEGER,
        refers_start INTEGER,
        refers_stop INTEGER
    );
CREATE TABLE finding(
        sentence INTEGER REFERENCES sentence(id),
        number INTEGER,
        rule INTEGER NOT NULL REFERENCES rule(id),
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        PRIMARY KEY(sentence, number)
    ) WITHOUT ROWID;
CREATE TABLE capture(
        sentence INTEGER,
        finding INTEGER,
        number INTEGER,
        name TEXT NOT NULL,
        start INTEGER NOT NULL,
        stop INTEGER NOT NULL,
        PRIMARY KEY(sentence, finding, number)
    ) WITHOUT ROWID;
CREATE INDEX sentence_by_level ON sentence(level, confidence);
CREATE INDEX sentence_by_source ON sentence(source) WHERE source IS NOT NULL;
CREATE VIRTUAL TABLE words USING fts5(
        text, content='sentence', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
    );

INSERT INTO ruleset VALUES (1, 'a4f0', '0.1.0', '{"rules":["house.fact"],"packs":[],"builtin":false}');
INSERT INTO run VALUES (
    1, 1, 'finished', '2026-03-02T10:00:00.000+00:00', '2026-03-02T10:00:01.000+00:00', '2026-03-02T10:00:01.000+00:00',
    '["ferry.txt"]', 'desk', 4711, 1, 0, 2, 0, '{"possible":1,"asserted":1}'
);
INSERT INTO signals VALUES (1, '{"hedge":0.7}'), (2, '{"hedge":0.0}');
INSERT INTO rule VALUES (1, 'house/chance', 'house', 'possible', 0.9, 'warning', 'Only a possibility.');
INSERT INTO document VALUES (
    1, 'ferry.txt', '', NULL, x'00112233445566778899aabbccddeeff', 1, 1, 1, 'text', '', '', '', NULL, 'line', 34, 1, 2
);
INSERT INTO seen VALUES (1, 1);
INSERT INTO sentence VALUES (1, 1, 0, 19, 1, 0, 1, 0.525, 0, 1, 0, NULL, NULL, NULL, 'The ferry may stop.');
INSERT INTO sentence VALUES (2, 1, 20, 34, 1, 0, 4, 0.94, 0, 2, NULL, NULL, NULL, NULL, 'The mill runs.');
INSERT INTO finding VALUES (1, 0, 1, 10, 13);
INSERT INTO words(rowid, text) SELECT id, text FROM sentence;
COMMIT;
