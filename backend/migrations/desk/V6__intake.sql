-- What is taken down while somebody talks: the console keeps nothing of it. Given up, the row is gone.
CREATE TABLE drafts (
  -- Made by the console: what is saved twice under one id is one case.
  id TEXT PRIMARY KEY,
  officer INTEGER NOT NULL REFERENCES officers (id),
  began_us INTEGER NOT NULL,
  changed_us INTEGER NOT NULL,
  -- JSON; when the case is there, as it was saved.
  private BLOB,
  -- How often the console had written it: what comes late overwrites nothing.
  counter INTEGER NOT NULL,
  number INTEGER REFERENCES cases (number) ON DELETE CASCADE
) STRICT;
CREATE INDEX drafts_by_officer ON drafts (officer);

-- That somebody asked whether a person is known: how often in an hour is told to who leads the shift.
CREATE TABLE look_ups (
  id INTEGER PRIMARY KEY,
  officer INTEGER NOT NULL REFERENCES officers (id),
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX look_ups_by_time ON look_ups (at_us);
