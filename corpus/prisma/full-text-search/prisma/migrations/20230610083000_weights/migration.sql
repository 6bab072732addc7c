create or replace function article_search_update() returns trigger as $$
begin
  -- a hit in the title counts for more
  new.search :=
    setweight(to_tsvector('english', coalesce(new.title, '')), 'A') ||
    setweight(to_tsvector('english', coalesce(new.body, '')), 'D');
  return new;
end
$$ language plpgsql;

-- touch every row so that the trigger runs
update "Article" set "title" = "title";
