create table parcel (id int primary key, weight int, lost boolean not null default false);
create table ledger (what text);
create view parcels as select id, weight from parcel where not lost;
create view heavy as select * from parcels where weight > 10;
insert into parcel values (1, 5), (2, 50);
