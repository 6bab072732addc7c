module.exports = {
  up: (queryInterface) => queryInterface.sequelize.query(`
    create table a (c text, d text);
    alter table a alter c set storage external, alter d set compression pglz;
    create table users (id integer primary key, name text);
    create table pairs (a integer, b integer, primary key (a, b));
    create table numbered (id integer generated always as identity, n integer);
    create table read (s integer default 1, twice integer generated always as (s * 2) stored);
    create table base (x integer, y varchar(10));
    create table child () inherits (base);
    alter table child alter x set not null, alter y set default 'q';
    create table parted (k integer, v integer default 3) partition by range (k);
    create table part partition of parted for values from (1) to (10);
    alter table part alter v set default 8;
  `),
};
