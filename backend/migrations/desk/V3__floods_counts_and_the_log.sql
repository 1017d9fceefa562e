-- 1 while nothing stands behind a case but the cry of a new device: no trip, no call, no message.
ALTER TABLE cases ADD COLUMN bare INTEGER NOT NULL DEFAULT 0;
-- As the front names it.
ALTER TABLE cases ADD COLUMN network TEXT;

-- How many were where, as it was known then: figures alone, nobody's. Only ever added to.
CREATE TABLE counts (
  at_us INTEGER PRIMARY KEY,
  -- JSON: by place.
  counted TEXT NOT NULL,
  -- Who printed it, or took it along.
  printed_by INTEGER REFERENCES officers (id)
) STRICT;

-- Dead, injured, missing, as an officer said it: the newest of a kind stands. Only ever added to.
CREATE TABLE casualties (
  id INTEGER PRIMARY KEY,
  at_us INTEGER NOT NULL,
  officer INTEGER NOT NULL REFERENCES officers (id),
  kind TEXT NOT NULL,
  -- Absent where nobody knows: never a nought of a machine's.
  confirmed INTEGER,
  checking INTEGER,
  source BLOB NOT NULL
) STRICT;
