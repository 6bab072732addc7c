create table plate (country char(2) not null, number text not null, owner text);
create unique index plate_idx on plate (country, number);
create unique index plate_owner on plate (owner);
insert into plate values ('NL', '12-AB', 'Jo');
