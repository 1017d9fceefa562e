-- A word that was taken back counts for nothing; the row stays, so that the ministry is told to forget it too.
ALTER TABLE check_in ADD COLUMN taken_back INTEGER NOT NULL DEFAULT 0;
