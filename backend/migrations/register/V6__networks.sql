-- From which network a device was made: a name under a key that lives as long as the front runs, and no address.
ALTER TABLE devices ADD COLUMN network TEXT;
