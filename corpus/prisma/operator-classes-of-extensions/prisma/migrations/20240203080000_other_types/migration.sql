create table stay (day date);
create index stay_day on stay using brin (day);
alter table stay add column place int;
create index stay_place on stay using gist (place);
alter table stay alter column place type int4range using int4range(place, place + 1);
