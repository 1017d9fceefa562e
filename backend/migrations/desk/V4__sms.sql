-- Words that came by SMS, the newest version of each. What they say stands closed.
CREATE TABLE sms (
  check_in TEXT PRIMARY KEY,
  device TEXT NOT NULL,
  version INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  -- unconfirmed, confirmed, of_another: whether the device that it names wrote it.
  proof TEXT NOT NULL,
  private BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sms_by_device ON sms (device);
