create table dossier (id serial primary key, title text, secret text, updated_at timestamptz default '2000-01-01');
create table dossier_log (id serial primary key, op text);
create function dossier_stamp() returns trigger language plpgsql as $$ begin new.updated_at := clock_timestamp(); return new; end $$;
create function dossier_note() returns trigger language plpgsql as $$ begin insert into dossier_log (op) values (tg_op); return null; end $$;
create function dossier_stay() returns trigger language plpgsql as $$ begin raise exception 'dossiers are never deleted'; end $$;
insert into dossier (title, secret) values ('A', 'x'), ('B', 'y');
create trigger stamp before update on dossier for each row execute function dossier_stamp();
create trigger note after insert or update or delete on dossier for each row execute function dossier_note();
create trigger stay before delete on dossier for each row execute function dossier_stay();
