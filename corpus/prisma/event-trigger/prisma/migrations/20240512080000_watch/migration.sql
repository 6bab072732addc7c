create event trigger watch_tables on ddl_command_end when tag in ('CREATE TABLE') execute function note_ddl();
create table watched (id int);
