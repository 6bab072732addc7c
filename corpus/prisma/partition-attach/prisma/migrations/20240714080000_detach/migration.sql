alter table trip detach partition trip_2023;
