-- Who gave the link by which somebody's passkeys were made: absent where a command did. The two are not each other's second.
ALTER TABLE links ADD COLUMN made_by INTEGER REFERENCES officers (id);
ALTER TABLE officers ADD COLUMN let_in_by INTEGER REFERENCES officers (id);

-- One message to all who match. Whom it is for is settled when it is written: who comes later gets none of it.
CREATE TABLE mailings (
  id INTEGER PRIMARY KEY,
  officer INTEGER NOT NULL REFERENCES officers (id),
  at_us INTEGER NOT NULL,
  -- Made by the console: what is sent twice under one is one message.
  draft TEXT NOT NULL UNIQUE,
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
  -- Once the front has the letter, or does not know the phone: the id of the letter, and nobody's.
  device TEXT NOT NULL,
  -- JSON: their language, and whether somebody beside them may see or hear what comes; gone when it is sealed.
  private BLOB,
  -- Once the key of the phone is known: the letter, and JSON as it is posted.
  id TEXT UNIQUE,
  letter TEXT,
  -- Of the letter: waiting, at_front, refused.
  state TEXT,
  PRIMARY KEY (mailing, device)
) STRICT, WITHOUT ROWID;
CREATE INDEX mailed_waiting ON mailed (state) WHERE state = 'waiting';
CREATE INDEX mailed_by_device ON mailed (device);
