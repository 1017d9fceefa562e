-- What the desk wrote to a device, in the order in which it came.
CREATE TABLE letters (
  id TEXT PRIMARY KEY NOT NULL,
  device INTEGER NOT NULL REFERENCES devices (number) ON DELETE CASCADE,
  -- Grows within the device.
  number INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  -- The JSON that was posted, its private part sealed.
  record TEXT NOT NULL,
  UNIQUE (device, number)
) STRICT;
CREATE INDEX letters_by_age ON letters (received_us);

-- The number of the last letter that came for it: none is given twice, whatever was erased since.
ALTER TABLE devices ADD COLUMN letters INTEGER NOT NULL DEFAULT 0;
