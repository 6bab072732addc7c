DO $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'profile' AND column_name = 'nick'
  ) THEN
    ALTER TABLE profile RENAME COLUMN nick TO nickname;
  ELSE
    ALTER TABLE profile ADD COLUMN nickname text;
  END IF;

  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'profile' AND column_name = 'bio') THEN
    ALTER TABLE profile DROP COLUMN bio;
  ELSIF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'profile' AND column_name = 'Bio') THEN
    ALTER TABLE profile RENAME COLUMN "Bio" TO bio;
  ELSE
    RAISE EXCEPTION 'no biography at all';
  END IF;

  IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'profile' AND column_name = 'avatar') THEN
    ALTER TABLE profile ADD COLUMN avatar text;
  END IF;
END
$$;
