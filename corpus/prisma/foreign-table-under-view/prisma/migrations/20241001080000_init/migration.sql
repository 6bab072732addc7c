create extension postgres_fdw;
create server depot foreign data wrapper postgres_fdw options (dbname 'a');
create user mapping for current_user server depot;
create foreign table stock (id int) server depot;
create view all_stock as select id from stock;
