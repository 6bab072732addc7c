update parcel set weight = 1 where id = 3;
delete from parcel where id = 3;
