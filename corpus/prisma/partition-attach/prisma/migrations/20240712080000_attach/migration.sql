alter table trip attach partition trip_rest default;
