-- The id that a row had when something of it was closed: a closed value is bound to that. Absent where it is today's.
ALTER TABLE check_in ADD COLUMN closed_as TEXT;
ALTER TABLE message ADD COLUMN closed_as TEXT;
