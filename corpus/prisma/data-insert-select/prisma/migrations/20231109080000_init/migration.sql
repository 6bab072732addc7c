create table old_order (id int primary key, customer text, paid boolean);
create table payment (order_id int primary key, payer text not null, note text);
insert into old_order values (1, 'x', true), (2, 'y', false), (3, null, true);
insert into payment values (9, 'z', 'by hand');
