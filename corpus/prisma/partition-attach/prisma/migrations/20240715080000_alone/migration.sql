alter table trip_2023 drop constraint trip_2023_pkey;
alter table trip_2023 drop column city;
drop index trip_city;
alter table trip drop constraint trip_city_fkey;
