-- AlterTable
ALTER TABLE "Article" ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'english';

CREATE OR REPLACE FUNCTION article_search_update() RETURNS trigger AS $body$
DECLARE
  cfg regconfig := NEW."language"::regconfig;
BEGIN
  NEW."search" :=
    setweight(to_tsvector(cfg, coalesce(NEW."title", '')), 'A') ||
    setweight(to_tsvector(cfg, coalesce(NEW."summary", '')), 'B') ||
    setweight(to_tsvector(cfg, coalesce(NEW."body", '')), 'C');
  RETURN NEW;
END
$body$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER article_search_trigger
    BEFORE INSERT OR UPDATE OF "title", "summary", "body", "language" ON "Article"
    FOR EACH ROW EXECUTE FUNCTION article_search_update();
