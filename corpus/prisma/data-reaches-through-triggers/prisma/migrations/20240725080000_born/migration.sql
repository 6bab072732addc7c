create table fresh (id int primary key);
create trigger note after insert on fresh for each row execute function note();
insert into fresh values (1), (2);
