create table rate (code text primary key, value numeric(10,4), note text);
create table correction (code text, factor numeric);
create table uses_rate (id int primary key, code text references rate on update cascade);
insert into rate values ('USD', 1.1, null), ('GBP', 0.87, 'old'), ('JPY', 160, '');
insert into correction values ('JPY', 1.01);
insert into uses_rate values (1, 'USD'), (2, 'GBP');
