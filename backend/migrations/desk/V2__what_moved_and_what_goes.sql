-- 1 until its person was told how the case stands: their device, or its key, was not known yet.
ALTER TABLE cases ADD COLUMN untold INTEGER NOT NULL DEFAULT 0;

-- A case that came by a message alone rests on no cry.
UPDATE cases SET cries = 0 WHERE came_by = 'message' AND number NOT IN (SELECT number FROM sources);
