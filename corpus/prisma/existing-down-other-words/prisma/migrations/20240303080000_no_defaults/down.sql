ALTER TABLE ONLY public."Room" ALTER COLUMN name SET DEFAULT 'hall'::text;
ALTER TABLE ONLY public."Room" ALTER COLUMN mood SET DEFAULT 'calm'::public."Mood";
