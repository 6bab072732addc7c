create type address as (street text, zip varchar(5), city text);
create type money_amount as (amount numeric(12,2), currency char(3));
create table company (id serial primary key, seat address, former address[], capital money_amount);
insert into company (seat, former, capital) values (row('Main 1', '12345', 'X'), array[row('Old 2', '54321', 'Y')::address], row(100, 'EUR'));
