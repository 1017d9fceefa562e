-- Words that came by SMS. What they say stands closed.
CREATE TABLE sms (
  -- The check-in's where its device is proven: the newest version stands. Else of this very word, which displaces no other.
  id TEXT PRIMARY KEY,
  device TEXT NOT NULL,
  version INTEGER NOT NULL,
  received_us INTEGER NOT NULL,
  -- unconfirmed, confirmed, of_another: whether the device that it names wrote it.
  proof TEXT NOT NULL,
  private BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sms_by_device ON sms (device);

-- What came by SMS and could not be read: pieces, what is of a newer app or another key, and what somebody wrote plainly.
CREATE TABLE sms_unread (
  id INTEGER PRIMARY KEY,
  -- Of the sender, and of the sender with the text, by the store key.
  sender TEXT NOT NULL,
  mark TEXT NOT NULL UNIQUE,
  received_us INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  private BLOB NOT NULL
) STRICT;
CREATE INDEX sms_unread_by_sender ON sms_unread (sender);

-- Digests of words that are gone, and of those that came by data before: by SMS none of them comes again.
CREATE TABLE sms_done (digest TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
