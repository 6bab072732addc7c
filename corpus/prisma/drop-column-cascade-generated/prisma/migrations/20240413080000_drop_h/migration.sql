alter table rect drop column h cascade;
