insert into house values (9, 'z');
