-- What left this device for the ministry: noted before it goes, and again when the front has taken it.
CREATE TABLE sent (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    at TEXT NOT NULL,
    host TEXT NOT NULL,
    -- JSON as it went; absent where the record's deletion was asked for.
    body TEXT,
    -- By the front's clock.
    taken_at TEXT,
    PRIMARY KEY (kind, id, version)
) STRICT;

-- Each time everything was erased here. Which device the front is to erase is known until it has said that it did.
CREATE TABLE erasure (
    at TEXT NOT NULL,
    device TEXT,
    token TEXT,
    -- When the front had said so.
    gone_at TEXT
) STRICT;
