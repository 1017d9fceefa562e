-- One message to all who match. Whom it is for is settled when it is written: who comes later gets none of it.
CREATE TABLE mailings (
  id INTEGER PRIMARY KEY,
  officer INTEGER NOT NULL REFERENCES officers (id),
  at_us INTEGER NOT NULL,
  -- JSON: to whom, and its words in three languages.
  private BLOB NOT NULL,
  announced TEXT NOT NULL,
  -- waits, sent, dropped
  state TEXT NOT NULL,
  -- Who agreed, where it is for many.
  second INTEGER REFERENCES officers (id),
  sent_us INTEGER
) STRICT;

CREATE TABLE mailed (
  mailing INTEGER NOT NULL REFERENCES mailings (id) ON DELETE CASCADE,
  device TEXT NOT NULL,
  language TEXT NOT NULL,
  -- Somebody beside them may see or hear what comes.
  quiet INTEGER NOT NULL,
  -- Once the key of the phone is known: the letter, and JSON as it is posted.
  id TEXT UNIQUE,
  letter TEXT,
  -- Of the letter: waiting, at_front, refused.
  state TEXT,
  PRIMARY KEY (mailing, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX mailed_waiting ON mailed (state) WHERE state = 'waiting';
CREATE INDEX mailed_by_device ON mailed (device);
