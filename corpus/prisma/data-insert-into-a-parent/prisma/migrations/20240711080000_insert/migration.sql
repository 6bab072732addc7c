insert into vehicle values (1, 'V-1');
