alter table triple drop column b;
