create index on trip (lower(city), km) include (id) where km > 2;
alter table trip add constraint trip_city_set check (city <> '');
alter table trip alter column km type bigint;
alter table trip alter column km set default 2;
