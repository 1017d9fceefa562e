-- An entry that came across a gap: its older versions may still follow in the log.
ALTER TABLE entry ADD COLUMN ahead INTEGER NOT NULL DEFAULT 0;
