-- Who is woken for a life that nobody has taken.

-- By which number an officer is woken: JSON, E.164.
ALTER TABLE officers ADD COLUMN number BLOB;

-- The rota: who is woken when.
CREATE TABLE duties (
  id INTEGER PRIMARY KEY,
  officer INTEGER NOT NULL REFERENCES officers (id),
  -- first, next
  place TEXT NOT NULL,
  from_us INTEGER NOT NULL,
  until_us INTEGER NOT NULL
) STRICT;

-- Lives that nobody has: since when, and who was woken for it last.
CREATE TABLE alarms (
  number INTEGER PRIMARY KEY REFERENCES cases (number),
  since_us INTEGER NOT NULL,
  -- consoles, first, next, gold
  step TEXT NOT NULL
) STRICT;

-- Each time that an officer was to be woken.
CREATE TABLE wakes (
  id INTEGER PRIMARY KEY,
  officer INTEGER NOT NULL REFERENCES officers (id),
  at_us INTEGER NOT NULL,
  -- JSON: the numbers of the cases.
  cases TEXT NOT NULL,
  -- waits, on_its_way, sent, refused, no_number, over
  state TEXT NOT NULL,
  -- When somebody who brings SMS asked for it.
  asked_us INTEGER
) STRICT;
CREATE INDEX wakes_waiting ON wakes (state) WHERE state IN ('waits', 'on_its_way');
