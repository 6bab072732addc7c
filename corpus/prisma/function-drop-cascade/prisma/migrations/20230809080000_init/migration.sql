create function stamp() returns trigger language plpgsql as $$ begin new.changed := now(); return new; end $$;
create function short_id() returns text language sql volatile as $$ select substr(md5(random()::text), 1, 8) $$;
create table page (id text primary key default short_id(), body text, changed timestamptz);
create trigger page_stamp before insert or update on page for each row execute function stamp();
create view next_id as select short_id() as id;
insert into page (id, body) values ('p', 'text');
