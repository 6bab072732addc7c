create table sale (id int primary key, item varchar(20) not null, price numeric(8,2));
insert into sale values (1, 'pen', 1.20), (2, 'ink', 8);
