create sequence order_no as integer increment by 5 minvalue 100 maxvalue 9999 start with 200 cache 10 cycle;
create sequence plain;
create sequence countdown increment -1 minvalue -50 start -1;
create sequence if not exists plain;
create table "order" (id int primary key default nextval('plain'), no int default nextval('order_no'));
insert into "order" default values;
