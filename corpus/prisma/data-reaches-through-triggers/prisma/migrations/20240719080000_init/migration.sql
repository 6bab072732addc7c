create table item (id int primary key, name text, edits int not null default 0, stamp text);
create table history (what text);
create table total (n int);
create table guarded (id int primary key);
create function note() returns trigger language plpgsql as $$
begin
  insert into history values (tg_op || ' ' || tg_table_name);
  return null;
end $$;
create function edited() returns trigger language plpgsql as $$
begin
  new.edits := old.edits + 1;
  select 'stamped' into new.stamp;
  return new;
end $$;
create function keep() returns trigger language plpgsql as $$ begin return null; end $$;
insert into item values (1, 'a'), (2, 'b');
insert into total values (0);
