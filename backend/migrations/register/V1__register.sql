-- The register. Times are microseconds since 1970, UTC; `record` is the JSON that was sent, its private part sealed.
CREATE TABLE register (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  epoch TEXT NOT NULL,
  -- The last change number that was given.
  change INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE devices (
  id TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  public_key TEXT NOT NULL,
  received_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A deleted trip stays as a tombstone: no record, no legs, people 0.
CREATE TABLE trips (
  id TEXT PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  people INTEGER NOT NULL,
  record TEXT,
  -- Each write of trips, check-ins and calls takes the next number: the desk asks for what is new since one.
  change INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX trips_by_device ON trips (device_id);
-- The headcount reads this and no record, which is larger than a page's share.
CREATE INDEX trips_counted ON trips (id, device_id, people, received_us);

CREATE TABLE legs (
  trip_id TEXT NOT NULL REFERENCES trips (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  country TEXT NOT NULL,
  airport TEXT,
  from_us INTEGER NOT NULL,
  until_us INTEGER NOT NULL,
  PRIMARY KEY (trip_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX legs_by_country ON legs (country, until_us, from_us);
CREATE INDEX legs_by_airport ON legs (airport, until_us, from_us) WHERE airport IS NOT NULL;

CREATE TABLE check_ins (
  id TEXT PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  trip_id TEXT,
  safe INTEGER NOT NULL,
  need_help INTEGER NOT NULL,
  stranded INTEGER NOT NULL,
  left INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  -- Its own place, or its airport's country.
  country TEXT,
  airport TEXT,
  record TEXT NOT NULL,
  change INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX check_ins_by_device ON check_ins (device_id);
CREATE INDEX check_ins_by_trip ON check_ins (trip_id) WHERE trip_id IS NOT NULL;
CREATE INDEX check_ins_by_country ON check_ins (country, received_us) WHERE country IS NOT NULL;
CREATE INDEX check_ins_by_airport ON check_ins (airport, received_us) WHERE airport IS NOT NULL;

CREATE TABLE calls (
  id TEXT PRIMARY KEY,
  device_id TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  record TEXT NOT NULL,
  change INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX calls_by_device ON calls (device_id);

CREATE TABLE receipts (
  device_id TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
  entry_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (device_id, entry_id, version)
) STRICT, WITHOUT ROWID;

-- What was erased. The SHA-256 of its id alone stays, so that the desk can erase it too.
CREATE TABLE erased (
  change INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  digest TEXT NOT NULL,
  received_us INTEGER NOT NULL
) STRICT;
