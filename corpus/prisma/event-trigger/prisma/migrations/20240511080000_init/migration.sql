create table seen_ddl (tag text);
create function note_ddl() returns event_trigger language plpgsql as $$ begin insert into seen_ddl values (tg_tag); end $$;
