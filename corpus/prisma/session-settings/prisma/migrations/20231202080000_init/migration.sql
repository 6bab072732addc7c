SET lock_timeout = '5s';
SET statement_timeout TO 0;
SET LOCAL timezone = 'Europe/Rome';
SET standard_conforming_strings = on;
create schema app;
create table app.clock (id int primary key, at timestamptz default '2023-12-02 08:00');
insert into app.clock values (1);
