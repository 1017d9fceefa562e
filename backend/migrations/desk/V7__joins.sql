-- Cases that are one: nothing of either is moved or changed, so that they can be parted as they were.
CREATE TABLE joins (
  number INTEGER PRIMARY KEY REFERENCES cases (number) ON DELETE CASCADE,
  -- The one on the list, which speaks for both; it can be joined to another itself.
  head INTEGER NOT NULL REFERENCES cases (number) ON DELETE CASCADE,
  at_us INTEGER NOT NULL,
  -- How much of it was unread when the one that speaks for it was answered; and whether it was.
  seen INTEGER NOT NULL DEFAULT 0,
  answered INTEGER NOT NULL DEFAULT 0,
  -- 1 where it was closed with the one that speaks for it; then what it was before.
  closed INTEGER NOT NULL DEFAULT 0,
  step BLOB,
  step_due_us INTEGER,
  handed_to INTEGER,
  unread INTEGER NOT NULL DEFAULT 0,
  waiting INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX joins_by_head ON joins (head);

-- That a person was asked whether those at home may be told, and what they answered.
CREATE TABLE signs (
  -- The letter that asks.
  letter TEXT PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  number INTEGER NOT NULL REFERENCES cases (number) ON DELETE CASCADE,
  asked_us INTEGER NOT NULL,
  -- As it was tapped: yes, no.
  answer BLOB,
  answered_us INTEGER
) STRICT;
CREATE INDEX signs_by_case ON signs (number);
