-- From which devices a trip was taken over by a code on paper. What they still say of it is said of the same people.
CREATE TABLE moved (
  trip TEXT NOT NULL,
  device INTEGER NOT NULL REFERENCES devices (number) ON DELETE CASCADE,
  PRIMARY KEY (trip, device)
) STRICT, WITHOUT ROWID;
