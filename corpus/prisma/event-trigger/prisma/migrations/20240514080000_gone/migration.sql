drop event trigger watch_tables;
drop function note_ddl();
