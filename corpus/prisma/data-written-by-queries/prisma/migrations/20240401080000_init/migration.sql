create table inbox (id int primary key, body text);
insert into inbox values (1, 'one'), (2, 'two'), (3, 'three'), (4, 'four');
create table wanted (id int primary key);
insert into wanted values (2);
create function taken(which int) returns setof inbox language plpgsql as $$
begin
  return query delete from inbox where id = which returning *;
end $$;
create function took(which int) returns int language sql as 'delete from inbox where id = which returning id';
