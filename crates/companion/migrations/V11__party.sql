-- Who travels along, by name: closed. What could not be read of a list waits beside it to be corrected.
CREATE TABLE party (
    trip TEXT PRIMARY KEY NOT NULL,
    private BLOB NOT NULL,
    unread BLOB NOT NULL,
    -- The roll that is called now, from 1; 0 before the first.
    roll INTEGER NOT NULL DEFAULT 0,
    called_at TEXT
) STRICT;

-- Each time somebody was seen at a roll or said how they are.
CREATE TABLE sighting (
    id TEXT PRIMARY KEY NOT NULL,
    trip TEXT NOT NULL,
    -- Their number on the list.
    person INTEGER NOT NULL,
    roll INTEGER NOT NULL,
    status TEXT NOT NULL,
    -- By their own word.
    own INTEGER NOT NULL,
    at TEXT NOT NULL,
    -- Who called the roll, closed.
    private BLOB NOT NULL
) STRICT;

-- How many are how, as JSON, where a word says more than one thing: `status` is the most urgent then, `people` all of them.
ALTER TABLE check_in ADD COLUMN by_status TEXT;
