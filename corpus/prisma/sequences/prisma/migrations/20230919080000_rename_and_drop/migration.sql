alter sequence plain rename to order_id_seq;
alter sequence order_no owned by none;
drop sequence countdown;
alter sequence if exists nothing restart;
select nextval('order_no');
