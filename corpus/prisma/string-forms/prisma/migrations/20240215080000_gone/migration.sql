delete from phrase where t is not null;
alter table phrase drop column u;
