update item set stamp = 'x';
