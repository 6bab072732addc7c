create table note (id serial primary key, body text, hidden boolean not null default false);
create view open_note as select id, body, hidden from note where not hidden;
create view secure_note with (security_barrier = true) as select id, body from note with check option;
