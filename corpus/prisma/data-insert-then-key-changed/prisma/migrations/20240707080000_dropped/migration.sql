insert into tag (id, name) values (77, 'x');
alter table tag drop column id;
