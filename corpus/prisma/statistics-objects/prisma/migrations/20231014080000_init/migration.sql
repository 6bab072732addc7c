create table flight (airline text, number int, day date);
insert into flight values ('LH', 1, '2023-10-14'), ('LH', 2, '2023-10-14');
