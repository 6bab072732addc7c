create table offer (
  id serial primary key,
  price numeric(8,2) check (price >= 0),
  discount numeric(8,2),
  starts date,
  ends date,
  constraint dates_in_order check (starts <= ends),
  check (discount < price)
);
insert into offer (price, discount, starts, ends) values (10, 2, '2023-01-01', '2023-02-01'), (5, null, null, null);
