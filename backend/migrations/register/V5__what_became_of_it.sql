-- When a trip was taken over: what its former device had said until then was the same person's.
ALTER TABLE moved ADD COLUMN at_us INTEGER NOT NULL DEFAULT 0;

-- 1 where its person erased everything, a device itself among it; 0 where it was kept long enough, or went with its trip.
ALTER TABLE erased ADD COLUMN by_person INTEGER NOT NULL DEFAULT 0;
