create table spend (id int not null, month date not null, cents int default 0, primary key (id, month)) partition by range (month);
create table spend_jan partition of spend for values from ('2024-01-01') to ('2024-02-01');
insert into spend values (1, '2024-01-05', 10);
