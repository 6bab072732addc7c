alter sequence order_no increment 10 no maxvalue no cycle;
alter sequence order_no owned by "order".no;
alter sequence plain restart with 500;
alter sequence countdown as smallint;
select setval('order_no', 1000);
select setval('countdown', -10, false);
