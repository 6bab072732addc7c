alter view visible_note alter column text drop default;
create schema reading;
alter view secure_note set schema reading;
