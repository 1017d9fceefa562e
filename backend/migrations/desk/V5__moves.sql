-- That another phone leads the trip of a case: the case goes to it once an officer said that it is the same person's.
CREATE TABLE moves (
  device TEXT NOT NULL,
  trip TEXT NOT NULL,
  leader TEXT NOT NULL,
  seen_us INTEGER NOT NULL,
  confirmed_us INTEGER,
  confirmed_by INTEGER REFERENCES officers (id),
  PRIMARY KEY (device, trip, leader)
) STRICT, WITHOUT ROWID;

-- When the clock was looked at last, before what was kept long enough was taken.
ALTER TABLE desk ADD COLUMN looked_us INTEGER;
