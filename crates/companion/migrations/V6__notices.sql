-- What was notified here or read: committed before it is shown, so that it is shown once; the ministry's receipt is written
-- when it was.
CREATE TABLE notice (
    entry TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- 'warning', 'ending', 'read', or 'void': that what was shown was not the ministry's word.
    saying TEXT NOT NULL,
    headline TEXT NOT NULL,
    -- Absent where an app without this table showed it.
    loudness TEXT,
    -- Whether the ministry is told.
    report INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    -- Seconds of Unix time before which it is not tried again.
    next_try INTEGER NOT NULL DEFAULT 0,
    shown_at TEXT,
    -- When what is void now was shown.
    warned_at TEXT,
    dismissed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (entry, version, saying)
) STRICT;

INSERT INTO notice (entry, version, saying, headline, report, shown_at)
SELECT entry, version, 'warning', '', EXISTS (SELECT 1 FROM outbox WHERE kind = 'receipt' AND id = entry || '@' || receipt.version), delivered_at
FROM receipt;
