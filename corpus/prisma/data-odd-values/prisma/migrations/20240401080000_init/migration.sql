create type hue as enum ('red', 'dark "red"', 'it''s');
create type pt as (x int, label text);
create table odd (
  id int primary key,
  f float8, r real, n numeric, m numeric(10,3), ts timestamp, tz timestamptz, d date, i interval, t time, ttz timetz,
  a int[], aa int[][], ta text[], j json, jb jsonb, by bytea, c char(6), v varchar, ip inet, ci cidr, mac macaddr,
  rg int4range, mr nummultirange, p point, pg polygon, x xml, tv tsvector, tq tsquery, b bit(3), u uuid, mo money,
  h hue, hh hue[], co pt, cc pt[]
);
insert into odd (id) values (0);
insert into odd values
  (1, 'NaN', '-Infinity', 'NaN', 1.500, 'infinity', '-infinity', '0044-03-15 BC', '-1 year 2 mons -3 days 04:05:06.789', '24:00', '12:00+05:30',
   '{}', '{{1,2},{3,NULL}}', '{NULL,"NULL","","a,b","q\"q"}', '{"a" :  1, "a":2}', 'null', '\x', 'ab', '  spaces  ', '10.0.0.1/8', '10.0.0.0/8', '08:00:2b:01:02:03',
   'empty', '{[1,2),(5,]}', '(1.5,-2)', '((0,0),(1,1),(1,0))', '<a>&lt;</a>', '''it''''s'':1A fat', '''fat'' & !''rat''', '101', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', -1234.5,
   'dark "red"', '{"dark \"red\"",it''s,NULL}', row(1, 'a "b", (c)'), array[row(null, '')::pt, null]),
  (2, 0.1::float8 + 0.2::float8, 1e-40, 12345678901234567890.123456789, -0.001, '2024-02-29 23:59:59.999999', '2024-03-31 02:30:00+02', '9999-12-31', '00:00', '00:00:00.000001', '00:00-15:59',
   '[0:2]={1,2,3}', null, '{}', 'null', '{"big": 1e400, "z": "\u00e9\\", "n": null}', '\xdeadbeef', '', e'line\nline\ttab', '::1', '2001:db8::/32', 'ff:ff:ff:ff:ff:ff',
   '(,)', '{}', '(Infinity,NaN)', null, null, '', '', '000', '00000000-0000-0000-0000-000000000000', 0,
   'it''s', '{}', row(null, null), '{}');
