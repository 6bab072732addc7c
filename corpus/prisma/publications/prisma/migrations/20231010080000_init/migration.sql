create schema feed;
create table sender (id int primary key, name text, secret text);
create table feed.message (id int primary key, body text);
create table receiver (id int primary key);
