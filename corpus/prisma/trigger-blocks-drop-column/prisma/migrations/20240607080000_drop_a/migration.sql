alter table sheet drop column a cascade;
