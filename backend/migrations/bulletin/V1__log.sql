-- The bulletin: an append-only log, the newest signed head, the ministry's key sets, watermarks and snapshots.
-- Times are microseconds since 1970, UTC. `entry` is a JWS as it is carried: {"protected": …, "signature": …, "payload": …}.
CREATE TABLE frames (
  seq INTEGER PRIMARY KEY,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  entry TEXT NOT NULL,
  UNIQUE (entry_id, version)
) STRICT;

CREATE TABLE head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  seq INTEGER NOT NULL,
  issued_us INTEGER NOT NULL,
  jws TEXT NOT NULL
) STRICT;

CREATE TABLE key_sets (
  number INTEGER PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;

CREATE TABLE snapshots (
  hash TEXT PRIMARY KEY,
  received_us INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE watermarks (
  issued_us INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  snapshot TEXT NOT NULL REFERENCES snapshots (hash),
  snapshot_seq INTEGER NOT NULL,
  jws TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- One row after a restore: no head is signed until the desk has said where the log stands.
CREATE TABLE awaits_desk (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  since_us INTEGER NOT NULL
) STRICT;
