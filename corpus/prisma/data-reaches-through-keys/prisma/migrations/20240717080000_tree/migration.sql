delete from plan where id = 1;
