create table voucher (
  id int generated always as identity primary key,
  net numeric(8,2) not null,
  gross numeric(8,2) generated always as (round(net * 1.2, 2)) stored,
  parent_id int references voucher
);
insert into voucher (net, parent_id) values (10, null), (20, 1);
insert into voucher (id, net, parent_id) overriding system value values (50, 5, 50);
