CREATE TYPE public."Mood" AS ENUM (
    'calm',
    'loud'
);
ALTER TABLE public."Room" ADD COLUMN mood public."Mood" NOT NULL;
