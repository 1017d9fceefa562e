-- The key sets as they came, 1 and on: each is verified by the one before whenever they are read.
CREATE TABLE key_set (
    number INTEGER PRIMARY KEY NOT NULL,
    document TEXT NOT NULL
) STRICT;

-- Signed entries, verified again whenever they are read: of each id the newest, and where this app does not understand
-- that one, the newest it does.
CREATE TABLE signed_entry (
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    jws TEXT NOT NULL,
    -- Its place in the log; absent where it came without one, or across a gap.
    seq INTEGER,
    PRIMARY KEY (id, version)
) STRICT;
