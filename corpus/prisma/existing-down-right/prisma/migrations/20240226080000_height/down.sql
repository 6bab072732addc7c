-- kept by hand
begin;
drop index "Plant_name_idx";
update "Plant" set name = 'unknown' where name is null;
alter table "Plant" alter column name set not null;
alter table "Plant" drop column height;
commit;
