-- What waits behind nothing: a call, or a check-in that asks for help.
ALTER TABLE outbox ADD COLUMN help INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET help = 1 WHERE kind = 'call'
    OR kind = 'check_in' AND id IN (SELECT id FROM check_in WHERE status = 'need_help');

-- What was sealed for this version, as it goes on the wire: a repeat is the same bytes.
ALTER TABLE outbox ADD COLUMN prepared TEXT;
