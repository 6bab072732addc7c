create view "v" ("a", "b") as select "a", "b" as "c" from "t" where "a" > 3 and "b" = 'it''s'
;;
create or replace view "v" as select * from "t"
;;
create materialized view "mv" as select distinct "x"."a", count(*) as n from "t" as "x" left join "u" on "u"."id" = "x"."id" group by "x"."a" order by "x"."a" desc limit 5 offset 2 with check option
;;
create view "app"."w" as select "a"."b" as "x", "c" as "y" from "app"."t" inner join "app"."z" on "z"."id" = "t"."id" and "z"."a" = "t"."a" or true and "z"."q" is not null and "z"."r" in (1, 2) and "z"."s" > 5 with local check option
;;
create view "agg" as select count("a"), count(*) as "n", count(distinct "b"), sum("c") as "s", max("d") as "m", avg("e") as "f", min("g") from "t" having "a" > 1 and count(*) > 2
;;
create view "sub" as with "w" as (select * from "a" where "x" = true) (select * from (select * from "w") as "inner" where "id" in (select "id" from "q") or exists (select * from "r" where r.id = t.id)) union (select "id" from "z") order by 1
;;
create view "more" as select * from "t" where ("a" = 1 or "b" is null) and not "c" = 2 and "d" between 1 and 2 and "e" not in ('x', 'y') and ("f", "g") in ((1, 2), (3, 4)) and "h" is null or "i" is not null and "j" like '%a' and "k" ilike 'b%' and "l" = "m" and 1 = 0 and "o" in (1) and "p" is not null and q = 'r' and "s" = 1 and "t" is null or ("u" = 1 and "v" = 2) and "w" = '{"a":1}' and "x" @> '{"b":2}' and jsonb_path_query_first("y", '$.a')::int > 5 or "z" = 1
;;
alter view "v" rename "a" to "b"
;;
alter view "v" alter "c" set default 5
;;
alter view "v" rename to "v2"
;;
refresh materialized view "mv"
;;
refresh materialized view concurrently "mv"
;;
drop view "a"
;;
drop view if exists "b"
;;
drop materialized view "c"
;;
drop materialized view if exists "d"
;;
