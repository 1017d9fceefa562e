-- 1 while nothing stands behind a case but the cry of a new device: no trip, no call, no message.
ALTER TABLE cases ADD COLUMN bare INTEGER NOT NULL DEFAULT 0;
-- As the front names it.
ALTER TABLE cases ADD COLUMN network TEXT;
