ALTER TABLE "Key" ALTER COLUMN "id" SET DEFAULT gen_random_uuid();

-- DropExtension
DROP EXTENSION "uuid-ossp";

drop extension pg_trgm, unaccent;
