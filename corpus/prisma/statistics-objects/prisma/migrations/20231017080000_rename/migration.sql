alter table flight rename column airline to carrier;
create statistics flight_upper on (upper(carrier)), (number + 1) from flight;
alter table flight rename column number to num;
alter table flight rename to trip;
