-- Where what was told holds, as JSON: a later version may leave the traveller's place out.
ALTER TABLE notice ADD COLUMN areas TEXT NOT NULL DEFAULT '[]';
