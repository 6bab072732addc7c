drop table trip;
drop table trip_2023;
