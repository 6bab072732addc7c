insert into parcels values (3, 30);
update heavy set weight = 40;
delete from parcels where id = 1;
