-- What the ministry wrote to this phone: closed. Each is shown once and then read.
CREATE TABLE letter (
    id TEXT PRIMARY KEY NOT NULL,
    -- When it was written.
    at TEXT NOT NULL,
    private BLOB NOT NULL,
    shown_at TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    -- Seconds since 1970.
    next_try INTEGER NOT NULL DEFAULT 0,
    read_at TEXT
) STRICT;
CREATE INDEX letter_by_time ON letter (at);

-- What was written here to the ministry: closed.
CREATE TABLE message (
    id TEXT PRIMARY KEY NOT NULL,
    at TEXT NOT NULL,
    private BLOB NOT NULL
) STRICT;
