create table account (id serial primary key, owner text, balance int not null default 0);
create table journal (id serial primary key, what text, at timestamptz default now());
create function note_it() returns trigger language plpgsql as $$
begin
  insert into journal (what) values (coalesce(tg_argv[0], tg_op));
  return coalesce(new, old);
end $$;
create function count_rows() returns trigger language plpgsql as $$
begin
  insert into journal (what) select 'touched ' || count(*) from fresh;
  return null;
end $$;
