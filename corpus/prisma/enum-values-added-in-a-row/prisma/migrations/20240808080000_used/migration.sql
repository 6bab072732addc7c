update shirt set colour = 'blue' where id = 1;
