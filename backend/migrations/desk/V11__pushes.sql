-- Browsers in which officers are told of a life that nobody has, while nobody looks at the console.
CREATE TABLE push_browsers (
  id INTEGER PRIMARY KEY,
  -- SHA-256 of its endpoint.
  browser TEXT NOT NULL UNIQUE,
  officer INTEGER NOT NULL REFERENCES officers (id),
  -- JSON: where it takes pushes, and the keys that close them to it.
  subscription BLOB NOT NULL
) STRICT;
CREATE INDEX push_browsers_by_officer ON push_browsers (officer);

-- One of theirs takes pushes no more, and they have set none since.
ALTER TABLE officers ADD COLUMN push_gone INTEGER NOT NULL DEFAULT 0;

-- Of an officer who was to be woken, one for each of their browsers.
CREATE TABLE pushes (
  id INTEGER PRIMARY KEY,
  wake INTEGER NOT NULL REFERENCES wakes (id),
  browser TEXT NOT NULL,
  -- waits, on_its_way, taken, gone, refused, over
  state TEXT NOT NULL,
  -- It is not handed out before.
  from_us INTEGER NOT NULL
) STRICT;
CREATE INDEX pushes_by_wake ON pushes (wake);
CREATE INDEX pushes_waiting ON pushes (state) WHERE state IN ('waits', 'on_its_way');
