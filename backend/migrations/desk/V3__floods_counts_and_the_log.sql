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

-- What was decided, by whom and why, from the opening of an incident to its end. Only ever added to.
CREATE TABLE incident_log (
  id INTEGER PRIMARY KEY,
  incident INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  officer INTEGER NOT NULL REFERENCES officers (id),
  what TEXT NOT NULL,
  -- The name of an incident that opens, a decision, a note.
  text BLOB NOT NULL,
  reason BLOB NOT NULL
) STRICT;
CREATE INDEX incident_log_by_incident ON incident_log (incident, id);
CREATE TRIGGER incident_log_is_not_changed BEFORE UPDATE ON incident_log
  BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER incident_log_is_not_cut BEFORE DELETE ON incident_log
  BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
