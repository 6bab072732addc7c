insert into parcel values (4, 4);
