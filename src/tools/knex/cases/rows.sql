insert into "t" ("a", "b", "c", "d", "e", "g", "h", "i") values ('x', 1, NULL, true, '{"f":"it''s"}', '{"1","two",NULL}', '1970-01-01T00:00:00.000+00:00', DEFAULT)
;;
insert into "t" ("a", "b", "c") values (1, 2, DEFAULT), (DEFAULT, 3, 4) returning "id"
;;

;;
insert into "t" default values returning "id", "name"
;;
insert into "s"."t" ("a") values (1) on conflict ("a") do nothing
;;
insert into "t" ("a", "b") values (1, 2) on conflict ("a", "b") do update set "a" = excluded."a", "b" = excluded."b"
;;
insert into "t" ("a", "b") values (1, 2) on conflict ("a") do update set "b" = excluded."b"
;;
insert into "t" ("a", "b") values (1, 2) on conflict ("a") do update set "b" = excluded.b + 1 where "t"."b" < 5
;;
insert into "t" ("a") values (1) on conflict (a) where b do nothing
;;
insert into "t" ("a") values (1) on conflict do nothing
;;
insert into "t" select "a", "b" from "u" where "c" = 1
;;
insert into "t" ("a", "b") select "a", "b" from "u"
;;
update "t" set "a" = 2, "b" = "b" + 1, "c" = '{"d":1}', "f" = '{"1","2"}', "g" = NULL where "id" = 1
;;
update "t" set "a" = 5 where "id" = 1 and "b" = 'x' returning "a"
;;
update "t" set "a" = '{"b":1}'
;;
update "t" set "n" = "n" + 1 where "id" = 3
;;
update "t" set "a" = 1, "n" = "n" - 2
;;
update "t" set "a" = "u"."a", "b" = (select "c" from "v" limit 1) from "u" where u.id = t.id
;;
delete from "t"
;;
delete from "t" where "a" like '%x%' or "b" <> 3
;;
delete from "t" where "id" in (select "id" from "u" where "x" = false)
;;
delete from "app"."t" where "a" is not null returning *
;;
delete from "t" using "u" where t.id = u.id
;;
delete from "t" using "u" where "u"."a" = 1 and "u"."id" = "t"."id"
;;
truncate "t" restart identity
;;
with "w" as (select "id" from "a") delete from "t" where "id" in (select "id" from "w")
;;
insert into "t" ("a") values (1), (2)
;;
insert into "t" ("a") values (3)
;;
insert into "t" ("a") values (1)
;;
insert into "t" ("a") values (2)
;;
drop table "u"
;;
insert into "t" ("a") values (3)
;;
x
;;
update "t" set "z" = 1 where "a" = 1 and ("b" is null or "c" > 2)
;;
delete from "t" where "a" = 1 and "b" = 2
;;
delete from "t" where "a" = 1
;;
