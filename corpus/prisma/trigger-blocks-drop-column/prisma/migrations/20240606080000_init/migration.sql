create table sheet (id int primary key, a int, b int);
create function sheet_note() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger on_a before update of a on sheet for each row execute function sheet_note();
create trigger when_a before update on sheet for each row when (new.a > 5) execute function sheet_note();
create trigger on_b before update of b on sheet for each row execute function sheet_note();
create policy see_a on sheet using (a > 0);
create policy see_all on sheet using (true);
insert into sheet values (1, 2, 3);
