create or replace view all_points as select * from point;
alter table point rename column x to w;
