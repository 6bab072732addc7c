drop table medal cascade;
