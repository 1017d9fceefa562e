-- The desk's own: cases, what was said about them, officers. Times are microseconds since 1970, UTC.
-- A column BLOB is closed under the desk's store key: what a traveller sealed, and what officers wrote about people.
CREATE TABLE desk (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  -- Grows with every change: which list an officer has before him.
  list INTEGER NOT NULL,
  -- Of the lease under which the desk that writes was started.
  fence INTEGER NOT NULL,
  -- Says whether a key is the one that closed the rest.
  proof BLOB NOT NULL
) STRICT;

CREATE TABLE officers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  made_us INTEGER NOT NULL,
  seen_us INTEGER,
  ended_us INTEGER
) STRICT;
-- One name, one officer who works; those who ended keep theirs.
CREATE UNIQUE INDEX officers_at_work ON officers (name) WHERE ended_us IS NULL;

CREATE TABLE passkeys (
  id INTEGER PRIMARY KEY,
  officer INTEGER NOT NULL REFERENCES officers (id),
  passkey TEXT NOT NULL
) STRICT;
CREATE INDEX passkeys_by_officer ON passkeys (officer);

-- A way to a first passkey, or another; of its token the SHA-256 only.
CREATE TABLE links (
  token_hash TEXT PRIMARY KEY,
  officer INTEGER NOT NULL REFERENCES officers (id),
  until_us INTEGER NOT NULL
) STRICT;

-- Of its token the SHA-256 only; each request is signed by the key beside it.
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  officer INTEGER NOT NULL REFERENCES officers (id),
  public_key BLOB NOT NULL,
  address TEXT NOT NULL,
  until_us INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_officer ON sessions (officer);

CREATE TABLE cases (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL,
  device TEXT NOT NULL,
  -- Of whom: a trip, or whoever is in a place.
  whose TEXT NOT NULL,
  kind TEXT NOT NULL,
  proposed TEXT NOT NULL,
  -- JSON: why that rank is proposed.
  because BLOB,
  accepted TEXT,
  ranked_by INTEGER REFERENCES officers (id),
  ranked_us INTEGER,
  rank_reason BLOB,
  owner INTEGER REFERENCES officers (id),
  handed_to INTEGER REFERENCES officers (id),
  step BLOB,
  step_due_us INTEGER,
  -- JSON: name, language, words and what else a list shows.
  private BLOB,
  people INTEGER,
  country TEXT,
  airport TEXT,
  place_by TEXT,
  came_by TEXT NOT NULL,
  since_us INTEGER NOT NULL,
  said_us INTEGER NOT NULL,
  arrived_us INTEGER NOT NULL,
  again INTEGER NOT NULL,
  -- Whether what opened it still stands in the register, unanswered by its person.
  cries INTEGER NOT NULL,
  well_us INTEGER,
  unread INTEGER NOT NULL DEFAULT 0,
  waiting INTEGER NOT NULL DEFAULT 0,
  objection INTEGER NOT NULL DEFAULT 0,
  closed_us INTEGER,
  closed_by INTEGER REFERENCES officers (id),
  outcome TEXT,
  own_word BLOB,
  erased_us INTEGER
) STRICT;
CREATE UNIQUE INDEX cases_open ON cases (device, whose) WHERE closed_us IS NULL;
CREATE INDEX cases_by_device ON cases (device);
CREATE INDEX cases_closed ON cases (closed_us) WHERE closed_us IS NOT NULL;

-- The records that a case was made of, each once.
CREATE TABLE sources (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  received_us INTEGER NOT NULL,
  number INTEGER NOT NULL REFERENCES cases (number),
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sources_by_case ON sources (number);

-- Only ever added to; what is in `private` goes with its person.
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL REFERENCES cases (number),
  at_us INTEGER NOT NULL,
  what TEXT NOT NULL,
  officer INTEGER REFERENCES officers (id),
  private BLOB
) STRICT;
CREATE INDEX events_by_case ON events (number, id);

CREATE TABLE promises (
  id INTEGER PRIMARY KEY,
  number INTEGER NOT NULL REFERENCES cases (number),
  what BLOB,
  by_us INTEGER NOT NULL,
  kept_us INTEGER
) STRICT;
CREATE INDEX promises_by_case ON promises (number);

-- Words both ways. A letter waits here until the front has it.
CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL REFERENCES cases (number),
  version INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  -- Absent for the person's own.
  officer INTEGER REFERENCES officers (id),
  private BLOB,
  -- Of a letter: JSON as it is posted, sealed to its device.
  letter TEXT,
  -- Of a letter: waiting, at_front, refused.
  state TEXT
) STRICT;
CREATE INDEX messages_by_case ON messages (number, at_us);
CREATE INDEX messages_waiting ON messages (state) WHERE state = 'waiting';

-- The public key of a device, as it was seen first: letters are sealed to it.
CREATE TABLE devices (
  id TEXT PRIMARY KEY,
  public_key TEXT NOT NULL
) STRICT, WITHOUT ROWID;
