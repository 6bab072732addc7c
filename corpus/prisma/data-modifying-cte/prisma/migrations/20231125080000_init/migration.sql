create table inbox (id int primary key, body text, done boolean);
create table archive (id int primary key, body text, moved_at timestamptz default now());
create table tally (what text primary key, n bigint);
insert into inbox values (1, 'one', true), (2, 'two', false), (3, 'three', true);
