drop table trip;
