-- What names people is closed under a key of the device; the draft holds the rest.
ALTER TABLE trip ADD COLUMN private BLOB;
ALTER TABLE form ADD COLUMN private BLOB;
CREATE TABLE closed_setting (
    name TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
) STRICT;
