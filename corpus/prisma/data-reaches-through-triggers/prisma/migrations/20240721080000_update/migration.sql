update item set name = 'c' where id = 1;
