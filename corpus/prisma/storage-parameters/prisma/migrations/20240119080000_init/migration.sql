create table heap (id int primary key, body text, n int) with (fillfactor = 90);
create index heap_n on heap (n) with (fillfactor = 60);
