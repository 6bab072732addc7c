-- AlterTable
ALTER TABLE "Article" ADD COLUMN     "summary" TEXT;

CREATE OR REPLACE FUNCTION article_search_update() RETURNS trigger AS $body$
BEGIN
  NEW."search" :=
    setweight(to_tsvector('english', coalesce(NEW."title", '')), 'A') ||
    setweight(to_tsvector('english', coalesce(NEW."summary", '')), 'B') ||
    setweight(to_tsvector('english', coalesce(NEW."body", '')), 'D');
  RETURN NEW;
END
$body$ LANGUAGE plpgsql;

DROP TRIGGER article_search_trigger ON "Article";
CREATE TRIGGER article_search_trigger
    BEFORE INSERT OR UPDATE OF "title", "summary", "body" ON "Article"
    FOR EACH ROW EXECUTE FUNCTION article_search_update();
