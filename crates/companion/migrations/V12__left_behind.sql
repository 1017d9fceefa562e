-- Whether the ministry is told of a tap: said here too, so that a file whose outbox cannot be read still knows.
ALTER TABLE call ADD COLUMN report INTEGER NOT NULL DEFAULT 0;
UPDATE call SET report = 1 WHERE country IS NOT NULL OR id IN (SELECT id FROM outbox WHERE kind = 'call');

-- The same of what was shown: where its receipt was taken back with the trip, the ministry is not told.
UPDATE notice SET report = 0 WHERE shown_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'receipt' AND id = notice.entry || '@' || notice.version);

-- What a trip was entered under, as JSON: what was agreed to, and the language.
ALTER TABLE trip ADD COLUMN under TEXT;
