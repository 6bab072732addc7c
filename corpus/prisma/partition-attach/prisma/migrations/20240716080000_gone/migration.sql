drop table trip_rest;
alter table trip drop constraint trip_day_id_key;
