alter table walk alter s set default 'two';
insert into walk values (2);
