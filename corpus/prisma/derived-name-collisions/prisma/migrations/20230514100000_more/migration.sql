alter table item add unique (kind);
alter table item add unique (code, kind);
create unique index on item (code, kind);
alter table item add check (code <> kind);
alter table item add check (kind <> code);
alter table item add check (true);
