update house set id = 5 where id = 1;
