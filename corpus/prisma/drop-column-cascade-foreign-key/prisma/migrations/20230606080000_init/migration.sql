create table product (id serial primary key, ean text unique, sku text, constraint product_sku unique (sku));
create table review (id serial primary key, ean text references product (ean), sku text references product (sku), stars int);
insert into product (ean, sku) values ('400', 'x');
insert into review (ean, sku, stars) values ('400', 'x', 5);
