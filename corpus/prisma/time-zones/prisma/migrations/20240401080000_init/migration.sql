create table visit (id int primary key, came timestamp not null default now(), went timestamptz(3), day date, "Seen at" timestamptz);
insert into visit values (1, '2024-07-01 12:00:00.123456', '2024-07-01 13:00:00.5+00', '2024-07-01', '2024-10-27 00:30:00+00'), (2, '2024-03-31 02:30', null, null, '2024-10-27 01:30:00+00');
