-- An article must be found again when its author is renamed.
CREATE FUNCTION author_touch_articles() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  UPDATE "Article" SET "title" = "title" WHERE "authorId" = NEW."id";
  RETURN NULL;
END;
$$;

CREATE TRIGGER author_touch_articles
AFTER UPDATE OF "displayName" ON "Author"
FOR EACH ROW
WHEN (OLD."displayName" IS DISTINCT FROM NEW."displayName")
EXECUTE FUNCTION author_touch_articles();

CREATE OR REPLACE FUNCTION article_search_update() RETURNS trigger AS $body$
DECLARE
  cfg regconfig := NEW."language"::regconfig;
BEGIN
  NEW."search" :=
    setweight(to_tsvector(cfg, coalesce(NEW."title", '')), 'A') ||
    setweight(to_tsvector('simple', coalesce((SELECT a."displayName" FROM "Author" a WHERE a."id" = NEW."authorId"), '')), 'A') ||
    setweight(to_tsvector(cfg, coalesce(NEW."summary", '')), 'B') ||
    setweight(to_tsvector(cfg, coalesce(NEW."body", '')), 'C');
  RETURN NEW;
END
$body$ LANGUAGE plpgsql;

UPDATE "Article" SET "title" = "title";
