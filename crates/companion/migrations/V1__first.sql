CREATE TABLE setting (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE trip (
    id TEXT PRIMARY KEY NOT NULL,
    draft TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE check_in (
    id TEXT PRIMARY KEY NOT NULL,
    trip TEXT,
    status TEXT NOT NULL,
    people INTEGER NOT NULL,
    country TEXT,
    airport TEXT,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE call (
    id TEXT PRIMARY KEY NOT NULL,
    number TEXT NOT NULL,
    country TEXT,
    outcome TEXT NOT NULL,
    dialled INTEGER NOT NULL,
    at TEXT NOT NULL
) STRICT;

-- One row for each thing the ministry should have; the latest version wins.
CREATE TABLE outbox (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    received_version INTEGER NOT NULL DEFAULT 0,
    received_at TEXT,
    parked TEXT,
    PRIMARY KEY (kind, id)
) STRICT;

-- The live entries of the bulletin, verified again whenever they are read.
CREATE TABLE entry (
    id TEXT PRIMARY KEY NOT NULL,
    version INTEGER NOT NULL,
    jws TEXT NOT NULL
) STRICT;

-- An advisory that was notified here; what makes it be notified once.
CREATE TABLE receipt (
    entry TEXT NOT NULL,
    version INTEGER NOT NULL,
    delivered_at TEXT NOT NULL,
    read_at TEXT,
    PRIMARY KEY (entry, version)
) STRICT;
