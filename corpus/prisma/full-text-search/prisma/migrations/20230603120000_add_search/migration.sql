-- AlterTable
ALTER TABLE "Article" ADD COLUMN     "search" tsvector;

create function article_search_update() returns trigger as $$
begin
  new.search := to_tsvector('english', coalesce(new.title, '') || ' ' || coalesce(new.body, ''));
  return new;
end
$$ language plpgsql;

create trigger article_search_trigger
  before insert or update on "Article"
  for each row execute function article_search_update();

-- fill the rows that are there already
UPDATE "Article" SET "search" = to_tsvector('english', coalesce("title", '') || ' ' || coalesce("body", ''));

-- CreateIndex
CREATE INDEX "article_search_idx" ON "Article" USING GIN ("search");
