create table score (player text, points int);
insert into score values ('a', 1), ('a', 2), ('b', 5);
create materialized view ranking as
  select player, sum(points) as points from score group by player
with no data;
