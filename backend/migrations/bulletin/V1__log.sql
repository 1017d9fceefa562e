-- The bulletin: an append-only log, and the newest signed head.
CREATE TABLE frames (
  seq INTEGER PRIMARY KEY,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  entry TEXT NOT NULL,
  UNIQUE (entry_id, version)
) STRICT;

CREATE TABLE head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  seq INTEGER NOT NULL,
  issued_us INTEGER NOT NULL,
  jws TEXT NOT NULL
) STRICT;
