UPDATE node SET label = 'stem' WHERE id = 1;
