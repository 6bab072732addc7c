alter table person alter share type numeric(5,2);
drop domain percent;
drop domain if exists code cascade;
