alter table poem add column tsv tsvector generated always as (to_tsvector('public.plain', coalesce(body, ''))) stored;
create index poem_tsv on poem using gin (tsv);
