insert into label values ('z', 'blue');
alter table label rename column name to title;
alter table label rename to sticker;
insert into sticker values ('y', 'green');
