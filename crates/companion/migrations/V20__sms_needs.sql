-- What an SMS says that they need, as JSON: it is sealed to the ministry, and the word that it was written of may change.
ALTER TABLE sent ADD COLUMN needs TEXT;
