-- The register. Times are microseconds since 1970, UTC.
CREATE TABLE register (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  epoch TEXT NOT NULL,
  -- The last change number that was given.
  change INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE devices (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  token_hash TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  received_us INTEGER NOT NULL
) STRICT;

-- Whatever a device keeps here under an id of its own, of every kind. Each write takes the next change number and puts
-- its row at the end: the desk asks for what is new since one, and a write touches few pages.
CREATE TABLE records (
  change INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  device INTEGER NOT NULL REFERENCES devices (number) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  -- Of `record`, for the quota.
  bytes INTEGER NOT NULL,
  -- The JSON that was sent, its private part sealed. A deleted record stays as a tombstone without it.
  record TEXT,
  UNIQUE (id, kind)
) STRICT;
CREATE INDEX records_by_device ON records (device, kind, bytes);
CREATE INDEX records_by_age ON records (kind, received_us);

-- What is counted of a record has a row of its own under the same change number, and goes with it.

-- A trip that lives.
CREATE TABLE trips (
  change INTEGER PRIMARY KEY REFERENCES records (change) ON DELETE CASCADE,
  id TEXT NOT NULL,
  device INTEGER NOT NULL,
  people INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  -- When its last leg does.
  ended_us INTEGER NOT NULL
) STRICT;

CREATE TABLE legs (
  change INTEGER NOT NULL REFERENCES trips (change) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  country TEXT NOT NULL,
  airport TEXT,
  from_us INTEGER NOT NULL,
  until_us INTEGER NOT NULL,
  -- 1 for the last of its trip: who is past it is overdue.
  is_last INTEGER NOT NULL,
  PRIMARY KEY (change, position)
) STRICT, WITHOUT ROWID;
-- The headcount reads these and not the legs.
CREATE INDEX legs_by_country ON legs (country, until_us, from_us, is_last);
CREATE INDEX legs_by_airport ON legs (airport, until_us, from_us, is_last) WHERE airport IS NOT NULL;

-- What a check-in says.
CREATE TABLE words (
  change INTEGER PRIMARY KEY REFERENCES records (change) ON DELETE CASCADE,
  device INTEGER NOT NULL,
  -- The id of the trip it speaks of, which may come later.
  trip TEXT,
  safe INTEGER NOT NULL,
  need_help INTEGER NOT NULL,
  stranded INTEGER NOT NULL,
  left INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  -- Its own place, or its airport's country.
  country TEXT,
  airport TEXT
) STRICT;
CREATE INDEX words_by_device ON words (device);
CREATE INDEX words_by_trip ON words (trip) WHERE trip IS NOT NULL;
CREATE INDEX words_by_country ON words (country, received_us) WHERE country IS NOT NULL;
CREATE INDEX words_by_airport ON words (airport, received_us) WHERE airport IS NOT NULL;

CREATE TABLE receipts (
  device INTEGER NOT NULL REFERENCES devices (number) ON DELETE CASCADE,
  entry_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (device, entry_id, version)
) STRICT, WITHOUT ROWID;

-- What was erased. The SHA-256 of its id alone stays, so that the desk can erase it too.
CREATE TABLE erased (
  change INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  received_us INTEGER NOT NULL
) STRICT;
