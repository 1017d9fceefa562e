-- Whether a tap was to speak or to write.
ALTER TABLE call ADD COLUMN way TEXT NOT NULL DEFAULT 'voice';
