-- What stood closed there when it was entered anew while its key was away, until both are one again.
ALTER TABLE trip ADD COLUMN older BLOB;
ALTER TABLE form ADD COLUMN older BLOB;

-- The id that a row had when something of it was closed: a closed value is bound to that. Absent where it is today's.
ALTER TABLE trip ADD COLUMN closed_as TEXT;
ALTER TABLE form ADD COLUMN closed_as TEXT;
ALTER TABLE party ADD COLUMN closed_as TEXT;
