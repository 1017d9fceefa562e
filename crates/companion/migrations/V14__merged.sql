-- Under which number of the list somebody was noted before they were found to be one with another: where that is undone,
-- it is theirs again.
ALTER TABLE sighting ADD COLUMN noted_as INTEGER;
