create table x (a int)
;;
a 1 "b"."c" 'd'
;;
a = 'x' and "col"."umn" = NULL and d::text = 'x'::text and :e
;;
data ? 'key' and "data" @> '{"a":1}'
;;
any('{"1","2"}')
;;
'one'
;;
insert into t values ('really$1')
;;
select now() - '1 day'::interval from "a", "b"
;;
(select "a" from "t" where "b" = 1)
;;
(a)
;;
update t set a = '2024-02-29T12:34:56.789+00:00'
;;
do $$ begin raise notice '%', 1; end $$
;;
after
;;
x true
;;
one
;;
two
;;
