do $$
begin
  if to_regclass('public.here') is not null then
    alter table here add column seen boolean default true;
  end if;
  if to_regclass('public."There"') is null then
    create table "There" (id int primary key);
  end if;
  if exists (select from pg_tables where schemaname = 'public' and tablename = 'elsewhere') then
    drop table elsewhere;
  end if;
  if not exists (select 1 from pg_type where typname = 'mood') then
    create type mood as enum ('ok');
  end if;
  if not exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relname = 'here_idx' and n.nspname = 'public') then
    create index here_idx on here (seen);
  end if;
end $$;
