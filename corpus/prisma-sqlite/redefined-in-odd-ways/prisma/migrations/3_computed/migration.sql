ALTER TABLE node ADD COLUMN upper_label TEXT AS (upper(label)) VIRTUAL;
ALTER TABLE tag ADD COLUMN kind TEXT NOT NULL DEFAULT 'plain' CHECK (kind IN ('plain', 'odd'));
