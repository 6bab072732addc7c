alter table echo drop column loud cascade;
drop table diary cascade;
