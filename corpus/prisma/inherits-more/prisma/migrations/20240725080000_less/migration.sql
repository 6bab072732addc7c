alter table thing drop column note;
alter table thing drop constraint has_label;
alter table stone no inherit thing;
