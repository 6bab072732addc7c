alter table person drop column last cascade;
