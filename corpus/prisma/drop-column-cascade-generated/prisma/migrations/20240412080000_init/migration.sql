create table rect (id serial primary key, w int, h int, area int generated always as (w * h) stored);
create index rect_area on rect (area);
insert into rect (w, h) values (2, 3);
