create table spend_feb partition of spend for values from ('2024-02-01') to ('2024-03-01');
create index spend_cents on spend (cents);
insert into spend values (2, '2024-02-05', 20);
