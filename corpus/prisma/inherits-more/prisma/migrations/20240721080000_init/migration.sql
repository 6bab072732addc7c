create table thing (id int primary key, label text not null default 'x' constraint labelled check (label <> ''));
create table stone (kg int, label text not null, id int not null, constraint labelled check (label <> ''));
create table leaf (label text default 'leaf', veins int) inherits (thing);
create table twig (constraint long check (label <> 'long') no inherit) inherits (thing);
alter table twig alter column label set default 'twig';
